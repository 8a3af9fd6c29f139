// ReportBlock.swift: the words behind ```tongbao arrive, how the answers of the block are shown
// leaves.

import Columns
import Syntax

/// A block of questions in a report: `table`, `chart`, `join` and values like `number="No."`.
package struct ReportBlock: Sendable, Hashable {
  /// The table alone: headline, foot, basis and notes are for whoever writes the report.
  package var isBare = false
  /// The drawing alone.
  package var isChartOnly = false
  /// The figures of all answers side by side, by their common dimensions.
  package var joins = false
  /// The label of a first column that counts the rows.
  package var number: String?
  /// The labels of dimensions that stay out of sight.
  package var hidden: [String] = []
  package var renamed: [Pair] = []
  /// Columns with one and the same value.
  package var added: [Pair] = []
  package var fold: ReportFold?
  /// Prose in the place of a table: a clause for each row, `{label}` its cell of that column.
  package var sentence: String?

  package struct Pair: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package init() {}

  /// - Parameter words: the text after `tongbao`, with its inline questions answered.
  /// - Throws: O05 for a word that means nothing here.
  package init(words: String) throws(ReportFault) {
    for (key, value) in try Self.options(in: words) {
      switch (key, value) {
      case ("table", nil): isBare = true
      case ("chart", nil): isChartOnly = true
      case ("join", nil): joins = true
      case ("number", let label?): number = label
      case ("hide", let labels?): hidden = Self.list(labels)
      case ("rename", let pairs?): renamed = try Self.pairs(pairs, key)
      case ("add", let pairs?): added += try Self.pairs(pairs, key)
      case ("sentence", let form?): sentence = form
      case ("fold", let label?): fold = ReportFold(label: label, form: fold?.form, fold)
      case ("as", let form?): fold = ReportFold(label: fold?.label ?? "", form: form, fold)
      case ("between", let text?): fold = ReportFold(fold, between: text)
      case ("empty", let text?): fold = ReportFold(fold, empty: text)
      default: throw .unknownWord(key)
      }
    }
    if let fold, fold.label.isEmpty { throw .unknownWord("as") }
  }

  /// `word` and `key="value"`, with blanks between.
  private static func options(in words: String) throws(ReportFault) -> [(String, String?)] {
    var found: [(String, String?)] = []
    var rest = words[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      guard !rest.isEmpty else { return found }
      let key = rest.prefix { $0 != " " && $0 != "=" && $0 != "\t" }
      rest = rest.dropFirst(key.count)
      guard rest.first == "=" else {
        found.append((String(key), nil))
        continue
      }
      rest = rest.dropFirst()
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
        throw .unknownWord(String(key))
      }
      found.append((String(key), String(rest.dropFirst().prefix(upTo: end))))
      rest = rest[end...].dropFirst()
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == "," || $0 == "，" || $0 == "、" }).map { trimmed($0) }
  }

  private static func pairs(_ text: String, _ key: String) throws(ReportFault) -> [Pair] {
    var pairs: [Pair] = []
    for part in list(text) {
      guard let equals = part.firstIndex(of: "=") else { throw .unknownWord("\(key)=\"\(part)\"") }
      pairs.append(
        Pair(
          name: trimmed(part[..<equals]), value: trimmed(part[part.index(after: equals)...])))
    }
    return pairs
  }
}

/// What cannot be done with the answers of a block.
package enum ReportFault: Error, Sendable, Hashable {
  case unknownWord(String)
  case unknownLabel(String)
  case nothingToJoin
}

/// Columns made by `across` become one column of text: `10: 5, 11: 45`.
package struct ReportFold: Sendable, Hashable {
  package var label: String
  /// `{metric}`, `{member}`, `{month}` and `{n}` stand for the parts of a cell.
  package var form: String?
  package var between: String
  package var empty: String

  package init(label: String, form: String?, _ before: ReportFold?) {
    self.label = label
    self.form = form
    between = before?.between ?? ", "
    empty = before?.empty ?? ""
  }

  package init(_ before: ReportFold?, between: String? = nil, empty: String? = nil) {
    self.init(label: before?.label ?? "", form: before?.form, before)
    if let between { self.between = between }
    if let empty { self.empty = empty }
  }
}
