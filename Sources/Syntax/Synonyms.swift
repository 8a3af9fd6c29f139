// Synonyms.swift: a word that people write for a keyword arrives; the keywords that may be meant
// leave, for messages alone.

/// Words near in meaning to a keyword, which are none themselves, or another one.
enum Synonyms {
  private static let words: [(Keyword, [String])] = [
    (.explain, ["说明", "描述", "定义", "讲解", "阐述", "释义", "describe", "definition", "define"]),
    (.show, ["显示", "展示", "查看", "列举", "罗列", "list", "display", "view", "print"]),
    (.check, ["检查", "校验", "核查", "比对", "verify", "validate", "reconcile"]),
    (.rows, ["明细行", "原始行", "来源", "details", "records"]),
    (.by, ["分组", "分", "per", "each", "group", "grouped"]),
    (.across, ["横排", "列", "透视", "pivot", "columns"]),
    (.where, ["条件", "筛选", "过滤", "如果", "当", "in", "for", "filter", "if", "when", "only"]),
    (.during, ["时期", "在", "within", "from"]),
    (.having, ["满足条件", "且满足", "having"]),
    (.order, ["排列", "按序", "sort", "sorted", "ordered", "orderby"]),
    (.top, ["最高", "最多", "最大", "首", "first", "highest", "most", "max"]),
    (.bottom, ["最低", "最少", "最小", "倒数", "lowest", "least", "min", "last"]),
    (.with, ["附加", "加", "加上", "包括", "含", "including", "plus", "include", "and"]),
    (.vs, ["比较", "相比", "比", "较", "对照", "versus", "against", "compared", "compare"]),
    (.assume, ["如果", "假如", "若", "if", "suppose", "assuming"]),
    (.into, ["保存", "导出", "写入", "save", "export", "to"]),
    (.as, ["格式", "形式", "format"]),
  ]

  private static let keywords: [String: [Keyword]] = {
    var table: [String: [Keyword]] = [:]
    for (keyword, own) in words {
      for word in own { table[word, default: []].append(keyword) }
    }
    return table
  }()

  /// - Parameter word: as typed.
  static func keywords(meantBy word: String) -> [Keyword] { keywords[foldedName(word)] ?? [] }
}

extension Parser {
  /// The keywords that a word may have been written for, each with the statement that it makes:
  /// only those with which the statement is right.
  func meant(by range: SourceRange) -> [(spelling: String, sentence: String)] {
    guard explains else { return [] }
    let word = source.slice(range)
    let language: Language = word.utf8.allSatisfy { $0 < 0x80 } ? .english : .chinese
    return Synonyms.keywords(meantBy: word).compactMap { keyword in
      let spelling = Keywords.spelling(of: keyword, in: language)
      return corrected(range, spelling).map { (spelling, $0) }
    }
  }
}
