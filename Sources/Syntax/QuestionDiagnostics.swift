// QuestionDiagnostics.swift: codes that a whole question breaks: T09, T10, T13, O03 and V03.

extension Diagnostic {
  static func othersNeedTop(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "T09", at: range, Bilingual("`others` needs `top` or `bottom`", "“其余”须与“前”或“末”同用"),
      hints: [
        Bilingual("write `top 5 with others`", "请写“前 5 附 其余”")
      ])
  }

  static func subtotalsNeedTwoDimensions(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "T10", at: range,
      Bilingual("`subtotals` needs two dimensions after `by`", "“小计”须有两个分组维度"),
      hints: [
        Bilingual("for one line under all rows write `with totals`", "所有行之下的一行写作“附 合计”")
      ])
  }

  static func standsInByAndAcross(_ dimension: String, at range: SourceRange) -> Diagnostic {
    let dimension = shortened(dimension)
    return Diagnostic(
      "T13", at: range,
      Bilingual(
        "`\(dimension)` stands in both `by` and `across`", "“\(dimension)”同时在“按”和“横列”中"),
      hints: [Bilingual("keep one of them", "请保留其中一个")])
  }

  static func onlyToAFile(_ form: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "O03", at: range,
      Bilingual("`\(form)` can only be written to a file", "“\(form)”只能写入文件"),
      hints: [Bilingual("add `into FILE.\(form)`", "请加上“存为 文件.\(form)”")])
  }

  package static func rangeRunsBackwards(
    at range: SourceRange, turned: String?
  ) -> Diagnostic {
    Diagnostic(
      "V03", at: range, Bilingual("the range runs backwards", "范围的起止颠倒"),
      hints: turned.map { [Bilingual("did you mean `\($0)`?", "是否要写“\($0)”？")] } ?? [])
  }
}
