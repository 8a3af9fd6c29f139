// ExpectedPhrase.swift: what the parser would take arrives; "expected a, b or c" leaves.

enum Phrase {
  static func join(_ words: [String], by comma: String = ", ", last: String) -> String {
    guard let final = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: comma) + last + final
  }
}

extension Parser {
  private static let longestList = 12

  /// One help line on what may stand at the present token (11.1, rule 4).
  func expectedPhrase() -> Bilingual? {
    if expected.slots.contains(.value) {
      return Bilingual(
        "expected a value: a number, a month such as 2024-11, a name, a list after `in`, "
          + "or a $parameter",
        "应为一个值：数字、月份（如 2024-11）、名称、“属于”之后的列表，或 $参数")
    }
    let clauses = Keywords.clauses.filter(expected.keywords.contains)
    if clauses.count > 2, openMarks.isEmpty { return clausePhrase(clauses) }
    let words = slotWords() + markWords() + keywordWords()
    guard !words.isEmpty else { return nil }
    let shown = words.prefix(Self.longestList)
    return Bilingual(
      "expected " + Phrase.join(shown.map(\.english), last: " or "),
      "此处可写" + Phrase.join(shown.map(\.chinese), by: "、", last: "或"))
  }

  private func clausePhrase(_ clauses: [Keyword]) -> Bilingual {
    let shown = clauses.prefix(Self.longestList)
    let english = shown.map { Keywords.spelling(of: $0, in: .english) }.joined(separator: ", ")
    let chinese = shown.map { Keywords.spelling(of: $0, in: .chinese) }.joined(separator: "、")
    let after = wordsBefore()
    return Bilingual(
      "after \(after.english) a clause may follow: \(english)", "\(after.chinese)之后可接：\(chinese)")
  }

  /// The clause that ends here, or "the metric".
  private func wordsBefore() -> Bilingual {
    guard let clauseStart, clauseStart < index, index > 0 else {
      return Bilingual("the metric", "指标")
    }
    let range = SourceRange(tokens[clauseStart].range.lower, tokens[index - 1].range.upper)
    var text = Diagnostic.excerpt(source.slice(range))
    if text.count > 40 { text = typed(clauseStart) }
    return Bilingual("`\(text)`", "“\(text)”")
  }

  private func slotWords() -> [Bilingual] {
    var words: [Bilingual] = []
    func add(_ slot: Slots, _ english: String, _ chinese: String) {
      if expected.slots.contains(slot) { words.append(Bilingual(english, chinese)) }
    }
    add(.metric, "a metric", "指标")
    add(.dimension, "a dimension", "维度")
    add(.newName, "a name", "名称")
    add(.dataset, "a data set", "数据集")
    add(.scheme, "a scheme", "方案")
    add(.column, "a column", "列名")
    add(.savedFilter, "a saved filter `@name`", "已存筛选 @名称")
    add(.savedQuery, "a saved query `@name`", "已存查询 @名称")
    add(.period, "a period such as 2024Q4", "时期（如 2024Q4）")
    add(.path, "a file name", "文件名")
    if !expected.slots.contains(.metric) {
      if !expected.slots.contains(.period) { add(.number, "a number", "数字") }
      add(.parameter, "a $parameter", "$参数")
    }
    add(.text, "a text in quotes", "引号中的文字")
    return words
  }

  /// Operators that may always go on are not worth listing.
  private func markWords() -> [Bilingual] {
    let skipped: [Mark] = ["+", "-", "*", "/", "{", "}", ")", .range, "@"]
    return expected.marks.members.filter { mark in
      !skipped.contains(mark) && !(mark == "(" && expected.slots.contains(.metric))
    }.map { Bilingual("`\($0.spelling)`", $0.spelling) }
  }

  /// Keywords, and behind them the mark that closes what is open.
  private func keywordWords() -> [Bilingual] {
    var words: [Bilingual] = []
    for keyword in expected.keywords.members
    where !expected.slots.contains(.metric) || !Self.beginsExpression(keyword) {
      words.append(
        Bilingual(
          "`\(Keywords.spelling(of: keyword, in: .english))`",
          "“\(Keywords.spelling(of: keyword, in: .chinese))”"))
    }
    let closing: [Mark] = [")", "}"]
    for mark in closing where expected.marks.contains(mark) {
      words.append(Bilingual("`\(mark.spelling)`", mark.spelling))
    }
    return words
  }

  private static func beginsExpression(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .share, .rank, .running, .previous, .delta, .growth, .avg, .max, .min, .median, .round,
      .abs, .coalesce, .floor, .least, .greatest, .days, .count, .month, .quarter, .year:
      true
    default: false
    }
  }
}
