// MarkupModeTests.swift: answers made by hand arrive, whole md, html and latex texts are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private let hostile = Answer(
  sentence: "problems by problem", language: .english,
  columns: [dimension("problem", "a_b"), measure("problems", "Problems & more")],
  dimensionCount: 1,
  rows: [AnswerRow([.text("a|b\n<c>*d* [e](f) \"g\" 50%\\ {h}~^$#"), count(1897)])])

@Suite struct MarkupModeTests {
  @Test func `Markdown pads by cells and ends every result with an empty line`() {
    #expect(
      render(overdueByUnit, .md) == """
        县住建局 52 件，占全部 64 件的 81.25%

        | 单位         | 逾期 |   占比 |
        | ------------ | ---: | -----: |
        | 县住建局     |   52 | 81.25% |
        | 县教体局     |    4 |  6.25% |
        | 县公安局     |    3 |  4.69% |
        | 县城管执法局 |    3 |  4.69% |

        4 行，第 3 名并列

        口径：热线，2024Q4，附件1、2

        - 注 R02：正文为63件，附件合计64件，相差1件；可能有合办工单在两个单位各计1次


        """)
  }

  @Test func `Markdown escapes what would be markup`() {
    #expect(
      render(hostile, .md) == #"""
        | a_b                                               | Problems &amp; more |
        | ------------------------------------------------- | ------------------: |
        | a\|b<br>&lt;c&gt;\*d\* \[e\](f) "g" 50%\\ {h}~^$# |               1,897 |


        """#)
  }

  @Test func `HTML is one table with caption, scopes and number cells`() {
    var answer = ordersWithTotals
    answer.rows = [answer.rows[0]]
    answer.notes = [AnswerNote(code: "R02", text: "63 & 64", isInformational: false)]
    #expect(
      render(answer, .html) == """
        <table>
          <caption>lowest 县电信公司 80.00% (4 of 5), all 97.51%</caption>
          <thead>
            <tr>
              <th scope="col">Unit</th>
              <th scope="col" class="num">Orders</th>
              <th scope="col" class="num">On-time rate</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">县住建局</th>
              <td class="num">526</td>
              <td class="num">90.11%</td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total (48 units; 3 shown)</th>
              <td class="num">2,575</td>
              <td class="num">97.51%</td>
            </tr>
          </tfoot>
        </table>
        <p>3 rows</p>
        <p>basis: hotline, 2024Q4, annexes 1-2</p>
        <ul>
          <li>note R02: 63 &amp; 64</li>
        </ul>

        """)
  }

  @Test func `HTML escapes all text`() {
    #expect(
      render(hostile, .html).contains(
        "<th scope=\"row\">a|b\n&lt;c&gt;*d* [e](f) &quot;g&quot; 50%\\ {h}~^$#</th>"))
    #expect(htmlText("it's\u{0}", RenderOptions(mode: .html)) == "it&#39;s\\x00")
  }

  @Test func `LaTeX is a tabular with booktabs rules`() {
    #expect(
      render(ordersWithTotals, .latex) == #"""
        lowest 县电信公司 80.00\% (4 of 5), all 97.51\%\par
        \begin{tabular}{lrr}
        \toprule
        Unit & Orders & On-time rate \\
        \midrule
        县住建局 & 526 & 90.11\% \\
        县电信公司 & 5 & 80.00\% \\
        县气象局 & 0 & - \\
        \midrule
        Total (48 units; 3 shown) & 2,575 & 97.51\% \\
        \bottomrule
        \end{tabular}\par
        {\footnotesize 3 rows\par}
        {\footnotesize basis: hotline, 2024Q4, annexes 1-2\par}

        """#)
  }

  @Test func `LaTeX escapes its ten characters`() {
    #expect(
      render(hostile, .latex).contains(
        #"a|b <c>*d* {[}e{]}(f) "g" 50\%\textbackslash{} \{h\}\textasciitilde{}"#
          + ##"\textasciicircum{}\$\# & 1,897 \\"##))
    #expect(render(hostile, .latex).contains(#"a\_b & Problems \& more \\"#))
  }
}
