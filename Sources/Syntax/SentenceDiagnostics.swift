// SentenceDiagnostics.swift: codes P01–P15, N07 and T04: words in places that no rule gives them.

extension Diagnostic {
  static func unexpectedWord(
    _ word: String, at range: SourceRange, hints: [Bilingual], correction: String? = nil
  ) -> Diagnostic {
    let word = shortened(word)
    return Diagnostic(
      "P01", at: range, Bilingual("unexpected word `\(word)`", "此处不应有“\(word)”"), hints: hints,
      correction: correction)
  }

  static func nothingBetween(
    at range: SourceRange, hints: [Bilingual], correction: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      "P02", at: range, Bilingual("two names with nothing between them", "两个名称之间缺少连接"),
      hints: hints, correction: correction)
  }

  /// A sentence that begins with a clause. In the console such a line refines the last question, so
  /// this code also stands for "there is none yet".
  static func startsWithClause(
    _ word: String, at range: SourceRange, reordered: String?
  ) -> Diagnostic {
    let first =
      reordered.map { Bilingual("write `\(excerpt($0))`", "请写“\(excerpt($0))”") }
      ?? Bilingual(
        "write the metric first, then `\(word)` and what belongs to it", "先写指标，再写“\(word)”及其内容")
    return Diagnostic(
      "P03", at: range, Bilingual("a query starts with what is measured", "查询应以指标开头"),
      hints: [
        first,
        Bilingual(
          "(console: a line that starts with `\(word)` refines the last query, "
            + "and there is none yet)",
          "（控制台中以“\(word)”开头的一行用于修改上一查询，目前还没有上一查询）"),
      ],
      correction: reordered)
  }

  /// P04, or P09 for `by` after `top`.
  static func writtenTwice(
    _ code: String, _ word: String, firstColumn: Int, at range: SourceRange, hint: Bilingual?,
    correction: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      code, at: range,
      Bilingual(
        "`\(word)` is written twice (first at column \(firstColumn))",
        "“\(word)”写了两次（第一次在第\(firstColumn)列）"),
      hints: hint.map { [$0] } ?? [], correction: correction)
  }

  static func notAComparison(
    _ mark: String, meant: String?, at range: SourceRange, correction: String?
  ) -> Diagnostic {
    let question = meant.map { Bilingual("did you mean `\($0)`? ", "是否要写“\($0)”？") }
    return Diagnostic(
      "P05", at: range, Bilingual("`\(mark)` is not a comparison", "“\(mark)”不是比较符号"),
      hints: [
        Bilingual(
          (question?.english ?? "") + "comparisons: = != < <= > >=",
          (question?.chinese ?? "") + "比较符号：= != < <= > >=")
      ],
      correction: correction)
  }

  static func stopsAfter(_ word: String, at range: SourceRange, expected: Bilingual?) -> Diagnostic
  {
    let word = shortened(word)
    return Diagnostic(
      "P06", at: range, Bilingual("the query stops after `\(word)`", "语句在“\(word)”之后中断"),
      hints: expected.map { [$0] } ?? [])
  }

  static func neverClosed(
    _ mark: String, column: Int, at range: SourceRange, expected: Bilingual? = nil
  ) -> Diagnostic {
    Diagnostic(
      "P07", at: range,
      Bilingual("`\(mark)` at column \(column) is never closed", "第\(column)列的“\(mark)”没有结束"),
      hints: expected.map { [$0] } ?? [])
  }

  static func nestedTooDeeply(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "P07", at: range,
      Bilingual("more than \(limit) levels are open here", "此处嵌套超过\(limit)层"),
      hints: [
        Bilingual("define the inner parts by themselves", "请把内层另行定义")
      ])
  }

  static func needsWholeNumber(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "P08", at: range, Bilingual("`\(word)` needs a whole number", "“\(word)”之后应为整数"),
      hints: [Bilingual("write `\(word) 5`", "请写“\(word) 5”")])
  }

  static func notAForm(
    _ word: String, naming: String?, at range: SourceRange
  ) -> Diagnostic {
    let word = shortened(word)
    func list(_ language: Language, _ separator: String) -> String {
      OutputForm.allCases.compactMap { Keywords.keyword(english: $0.rawValue) }
        .map { Keywords.spelling(of: $0, in: language) }.joined(separator: separator)
    }
    let forms = Bilingual(
      "forms: \(list(.english, ", "))", "输出形式：\(list(.chinese, "、"))")
    let named = naming.map {
      Bilingual("to name a column write `\(excerpt($0))`", "给一列命名请写“\(excerpt($0))”")
    }
    return Diagnostic(
      "P10", at: range,
      Bilingual(
        "`as` chooses the output form, and `\(word)` is not one", "“输出”之后应为输出形式，“\(word)”不是"),
      hints: (named.map { [$0] } ?? []) + [forms])
  }

  /// Used by the lexer's runs and by the planner, which adds near names of its own.
  package static func unknownWord(
    _ word: String, at range: SourceRange, hints: [Bilingual], correction: String? = nil
  ) -> Diagnostic {
    let word = shortened(word)
    return Diagnostic(
      "P11", at: range, Bilingual("unknown word `\(word)`", "不认识的词“\(word)”"), hints: hints,
      correction: correction)
  }

  static func comesAfterGrouping(
    _ word: String, at range: SourceRange, reordered: String
  ) -> Diagnostic {
    Diagnostic(
      "P12", at: range,
      Bilingual("`\(word)` comes after the grouping", "“\(word)”应写在分组之后"),
      hints: [Bilingual("write `\(excerpt(reordered))`", "请写“\(excerpt(reordered))”")],
      correction: reordered)
  }

  static func looksLikeSQL(
    at range: SourceRange, hints: [Bilingual], correction: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      "P13", at: range, Bilingual("this looks like SQL", "这像是 SQL 语句"), hints: hints,
      correction: correction)
  }

  static func isAKeyword(
    _ word: String, at range: SourceRange, expected: Bilingual?, correction: String? = nil
  ) -> Diagnostic {
    let brackets = Bilingual("as a name it is written `[\(word)]`", "作名称时写作 [\(word)]")
    return Diagnostic(
      "P14", at: range, Bilingual("`\(word)` is a keyword", "“\(word)”是关键词"),
      hints: (expected.map { [$0] } ?? []) + [brackets], correction: correction)
  }

  static func noPipes(at range: SourceRange, without: String?) -> Diagnostic {
    let example = without.map {
      Bilingual(
        "clauses simply follow each other: `\(excerpt($0))`", "子句依次写出即可：“\(excerpt($0))”")
    }
    return Diagnostic(
      "P15", at: range, Bilingual("there are no pipes", "没有管道写法"),
      hints: [example ?? Bilingual("clauses simply follow each other", "子句依次写出即可")],
      correction: without)
  }

  package static func nameIsTaken(_ word: String, at range: SourceRange) -> Diagnostic {
    let word = shortened(word)
    return Diagnostic(
      "N07", at: range,
      Bilingual("`\(word)` is already defined or is a keyword", "“\(word)”已有定义或是关键词"),
      hints: [Bilingual("choose another name", "请换一个名称")])
  }

  static func needsScope(
    _ function: String, kind: Bilingual, at range: SourceRange, hints: [Bilingual]
  ) -> Diagnostic {
    Diagnostic(
      "T04", at: range,
      Bilingual(
        "`\(function)` of a \(kind.english) needs to know over what", "“\(function)”须写明按什么平均"),
      hints: hints)
  }
}
