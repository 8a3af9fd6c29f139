// WrittenForms.swift: a keyword arrives; the rules of the grammar that it stands in leave, as a
// person writes them and in their language.

import Catalog
import Syntax

/// `top = ( "top" | "bottom" ) count [ "on" expr ] …` as `前|末 数 [依 算式] …`.
struct WrittenForms {
  private let language: Language
  private let rules: [(name: String, words: [Substring])]

  init(_ language: Language) {
    self.language = language
    var joined: [String] = []
    for line in grammarText.split(separator: "\n") where !line.hasPrefix("(*") {
      if line.hasPrefix("  "), !joined.isEmpty {
        joined[joined.count - 1] += line
      } else {
        joined.append(String(line))
      }
    }
    rules = joined.compactMap { rule in
      let words = Self.words(of: rule)
      guard words.count > 3, words[1] == "=", words.last == ";" else { return nil }
      return (String(words[0]), Array(words[2..<(words.count - 1)]))
    }
  }

  /// Parted at blanks, those of a quoted keyword apart.
  private static func words(of rule: String) -> [Substring] {
    var isQuoted = false
    return rule.split { character in
      if character == "\"" { isQuoted.toggle() }
      return character == " " && !isQuoted
    }
  }

  /// The rule that is about the word, else those that list it among others.
  func lines(holding word: String) -> [String] {
    let holding = rules.filter { $0.words.contains("\"\(word)\"") }
    let own = holding.filter { $0.name == word }
    return (own.isEmpty ? holding : own).map { written($0.words, depth: 0) }
  }

  /// - Parameter depth: rules inside a rule are written out once, and named further in.
  private func written(_ words: [Substring], depth: Int) -> String {
    var text = ""
    var index = 0
    var last = ""
    while index < words.count {
      // `x { "," x }` is a list.
      if words[index] == "{", index + 3 < words.count, words[index + 1] == "\",\"",
        words[index + 3] == "}"
      {
        text += Bilingual(", …", "，…")[language]
        index += 4
        continue
      }
      let part = part(words[index], depth: depth)
      let isTight = ["[", "(", "{", "|"].contains(last) || ["]", ")", "}", "|"].contains(part)
      text += (text.isEmpty || isTight ? "" : " ") + part
      last = part
      index += 1
    }
    return text
  }

  private func part(_ word: Substring, depth: Int) -> String {
    if word.hasPrefix("\"") {
      let bare = String(word.dropFirst().dropLast())
      guard let keyword = Keywords.keyword(spelled: bare) else { return bare }
      return Keywords.spelling(of: keyword, in: language)
    }
    if let name = Self.names[String(word)] { return name[language] }
    guard depth == 0, let rule = rules.first(where: { $0.name == word }) else {
      return String(word)
    }
    let inside = written(rule.words, depth: 1)
    return rule.words.contains("|") ? "(\(inside))" : inside
  }

  /// What a person puts in the place of a rule or of a token.
  private static let names: [String: Bilingual] = [
    "query": Bilingual("QUESTION", "问句"), "column": Bilingual("METRIC", "指标"),
    "clause": Bilingual("CLAUSE", "子句"), "expr": Bilingual("EXPRESSION", "算式"),
    "measure": Bilingual("METRIC", "指标"), "ref": Bilingual("NAME", "名称"),
    "hexpr": Bilingual("EXPRESSION", "算式"), "hterm": Bilingual("EXPRESSION", "算式"),
    "term": Bilingual("EXPRESSION", "算式"), "factor": Bilingual("EXPRESSION", "算式"),
    "cond": Bilingual("CONDITION", "条件"), "conj": Bilingual("CONDITION", "条件"),
    "hcond": Bilingual("CONDITION", "条件"), "hconj": Bilingual("CONDITION", "条件"),
    "hneg": Bilingual("CONDITION", "条件"), "negation": Bilingual("CONDITION", "条件"),
    "dim": Bilingual("DIMENSION", "维度"), "dimList": Bilingual("DIMENSION, …", "维度，…"),
    "dimGroup": Bilingual("DIMENSION", "维度"), "periodSpan": Bilingual("PERIOD", "时期"),
    "period": Bilingual("PERIOD", "时期"), "timeUnit": Bilingual("month|quarter|year", "月|季度|年"),
    "count": Bilingual("N", "数"), "number": Bilingual("N", "数"), "INT": Bilingual("N", "数"),
    "DECIMAL": Bilingual("N", "数"), "PERCENT": Bilingual("N%", "数%"),
    "scalar": Bilingual("VALUE", "值"), "span": Bilingual("VALUE", "值"),
    "name": Bilingual("NAME", "名称"), "names": Bilingual("NAME, …", "名称，…"),
    "NAME": Bilingual("NAME", "名称"), "QNAME": Bilingual("[NAME]", "[名称]"),
    "naming": Bilingual("NAME", "名称"), "argument": Bilingual("$NAME = VALUE", "$名称 = 值"),
    "STRING": Bilingual("'TEXT'", "'文字'"), "PATH": Bilingual("FILE", "文件"),
    "PARAM": Bilingual("$NAME", "$名称"), "PERIOD": Bilingual("PERIOD", "时期"),
    "refinement": Bilingual("CLAUSE", "子句"), "verdict": Bilingual("= N …", "= 数 …"),
  ]
}
