// SQLDialect.swift: names, literals and functions arrive; the text of one database leaves.

/// The databases that SQL is written for.
package enum SQLDialect: String, Sendable, Hashable, CaseIterable {
  case sqlite, clickhouse

  /// Words that would be read as SQL where a name is meant.
  private static let reserved: Set<String> = [
    "add", "all", "alter", "and", "as", "asc", "between", "by", "case", "cast", "check", "collate",
    "column", "commit", "create", "cross", "default", "delete", "desc", "distinct", "drop", "else",
    "end", "except", "exists", "final", "format", "from", "full", "global", "group", "having", "if",
    "in", "index", "inner", "insert", "intersect", "into", "is", "join", "left", "like", "limit",
    "not", "null", "on", "or", "order", "outer", "prewhere", "primary", "references", "right",
    "sample", "select", "set", "settings", "table", "then", "to", "union", "unique", "update",
    "using", "values", "when", "where", "with",
  ]

  /// A table or column by its id in the definition; quoted unless it is a plain lower-case word.
  package func name(_ id: String) -> String {
    let isPlain =
      id.utf8.enumerated().allSatisfy { index, byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
          || (index > 0 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte))
      } && !id.isEmpty && !Self.reserved.contains(id)
    if isPlain { return id }
    return quoted(id, "\"")
  }

  /// A text literal. No character of `text` can end it.
  package func literal(_ text: String) -> String { quoted(text, "'") }

  private func quoted(_ text: String, _ mark: Unicode.Scalar) -> String {
    var result = String(mark)
    for scalar in text.unicodeScalars {
      switch (self, scalar) {
      case (.sqlite, "\0"): result += "\(mark)||char(0)||\(mark)"
      case (.sqlite, mark): result += "\(mark)\(mark)"
      case (.clickhouse, mark): result += "\\\(mark)"
      case (.clickhouse, "\\"): result += "\\\\"
      case (.clickhouse, "\n"): result += "\\n"
      case (.clickhouse, "\t"): result += "\\t"
      case (.clickhouse, "\r"): result += "\\r"
      case (.clickhouse, "\0"): result += "\\0"
      default: result.unicodeScalars.append(scalar)
      }
    }
    result.unicodeScalars.append(mark)
    return result
  }

  var countRows: String { self == .sqlite ? "count(*)" : "count()" }

  /// The number of different values that are not NULL, exactly.
  func distinct(_ value: String) -> String {
    self == .sqlite ? "count(DISTINCT \(value))" : "uniqExact(\(value))"
  }

  /// NULL where the text is blank.
  func nullIfBlank(_ column: String) -> String {
    self == .sqlite ? "nullif(\(column), '')" : "nullIf(\(column), '')"
  }

  /// The quotient of whole numbers cut toward zero; NULL where the divisor is 0.
  func quotient(_ dividend: String, _ divisor: String) -> String {
    self == .sqlite
      ? "\(dividend) / \(divisor)" : "intDivOrZero(\(dividend), nullIf(\(divisor), 0))"
  }
}
