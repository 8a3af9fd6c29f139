// MarkdownTests.swift: Markdown arrives, the HTML and the plain text it becomes are compared.

import Testing

@testable import Rendering

private func html(_ text: String) -> String {
  var html = MarkdownHTML()
  html.append(markdownBlocks(of: text))
  return html.lines.joined(separator: "\n")
}

private func plain(_ text: String) -> String {
  var plain = MarkdownPlain()
  plain.append(markdownBlocks(of: text))
  return plain.lines.joined(separator: "\n")
}

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("# 题\n正文\n续\n\n二段", "<h1>题</h1>\n<p>正文续</p>\n<p>二段</p>"),
    ("## A ##\n###### f\n####### g", "<h2>A</h2>\n<h6>f</h6>\n<p>####### g</p>"),
    ("a\nb  \nc\\\nd", "<p>a\nb<br>c<br>d</p>"),
    ("***\n- - -\n___", "<hr>\n<hr>\n<hr>"),
    (
      "> a\n> > b\n\nc",
      "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n<p>c</p>"
    ),
    (
      "- a\n- b\n  1. x\n  2. y",
      "<ul>\n<li>\na\n</li>\n<li>\nb\n<ol>\n<li>\nx\n</li>\n<li>\ny\n</li>\n</ol>\n</li>\n</ul>"
    ),
    ("3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>"),
    ("2024. no\nlist", "<ol start=\"2024\">\n<li>\nno\nlist\n</li>\n</ol>"),
    ("```swift\n<a> & *b*\n```", "<pre><code>&lt;a&gt; &amp; *b*</code></pre>"),
    ("~~~\n```\n~~~", "<pre><code>```</code></pre>"),
    ("    code\n\n    more", "<pre><code>code\n\nmore</code></pre>"),
    (
      "| 单位 | n |\n|:--|--:|\n| a\\|b | 1 |\n| *c* |",
      "<table>\n<thead>\n<tr><th scope=\"col\" class=\"left\">单位</th>"
        + "<th scope=\"col\" class=\"num\">n</th></tr>\n"
        + "</thead>\n<tbody>\n<tr><td class=\"left\">a|b</td><td class=\"num\">1</td></tr>\n"
        + "<tr><td class=\"left\"><em>c</em></td><td class=\"num\"></td></tr>\n</tbody>\n</table>"
    ),
    ("a | b\nc | d", "<p>a | b\nc | d</p>"),
  ])
  func `Blocks become elements`(text: String, wanted: String) {
    #expect(html(text) == wanted)
  }

  @Test(arguments: [
    (
      "**注意：**后文 *斜* ***both*** ~~x~~",
      "<strong>注意：</strong>后文 <em>斜</em> <em><strong>both</strong></em> <del>x</del>"
    ),
    ("a*b*c snake_case_name 2 * 3 * 4", "a<em>b</em>c snake_case_name 2 * 3 * 4"),
    ("*a **b** c* **d", "<em>a <strong>b</strong> c</em> **d"),
    ("`a*b*` ``c`d`` `open", "<code>a*b*</code> <code>c`d</code> `open"),
    ("\\*a\\* \\| &lt;b&gt; &amp; &#39; &copy;", "*a* | &lt;b&gt; &amp; &#39; &amp;copy;"),
    (
      "[t *e*](http://x.cn/?a=1&b=2) <https://y.cn>",
      "<a href=\"http://x.cn/?a=1&amp;b=2\">t <em>e</em></a> "
        + "<a href=\"https://y.cn\">https://y.cn</a>"
    ),
    ("![图](a.png) [x](javascript:alert(1))", "<a href=\"a.png\">图</a> x"),
    (
      "<script>alert(1)</script> <b onclick='x'>",
      "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=&#39;x&#39;&gt;"
    ),
    ("a<br>b", "a<br>b"),
  ])
  func `Marks inside a line become elements, all else is text`(text: String, wanted: String) {
    #expect(html(text) == "<p>\(wanted)</p>")
  }

  @Test func `Any nesting ends, and nothing of the text is lost`() {
    let deep = String(repeating: "> ", count: 5000) + "end"
    #expect(html(deep).contains("end"))
    let marks = String(repeating: "*a _b ", count: 5000)
    #expect(html(marks).filter { $0 == "a" }.count == 5000)
    for mark in ["[", "<", "` `` ", "![a](", "&", "**_"] {
      #expect(html(String(repeating: mark, count: 5000) + "end").hasSuffix("end</p>"))
    }
  }

  @Test func `What a cell of a table escapes reads back as it was`() {
    for text in ["a|b", "<b>&amp;", "*x*", "`c`", "[a](b)", "a\\b", "行\n二", "_a_ ~~b~~"] {
      let escaped = markdownText(text, RenderOptions(mode: .md))
      let read = plainText(markdownInline(of: cells(of: "| \(escaped) |")[0]))
      #expect(read == text)
    }
  }

  @Test func `Plain text has no marks and tables by tabs`() {
    #expect(
      plain("# 题\n\n**a** [b](http://c)\n\n- x\n- y\n\n| p | q |\n|---|---|\n| 1 | 2 |\n")
        == "题\n\na b (http://c)\n\n- x\n- y\n\np\tq\n1\t2\n")
  }
}
