// Mark.swift: a mark of the grammar as one small number, so that looking for it costs nothing.

/// `,` or `..`; a mark of one character is written as a literal.
struct Mark: ExpressibleByUnicodeScalarLiteral, Sendable, Hashable {
  /// The ASCII character; marks of two characters have numbers below all printed ones.
  fileprivate let code: UInt8

  static let range = Mark(code: 1)
  static let notEqual = Mark(code: 2)
  static let lessOrEqual = Mark(code: 3)
  static let greaterOrEqual = Mark(code: 4)
  /// Comparisons of other languages, which no rule takes.
  static let doubleEqual = Mark(code: 5)
  static let arrow = Mark(code: 6)
  static let equalOrLess = Mark(code: 7)
  static let unequal = Mark(code: 8)

  private init(code: UInt8) { self.code = code }

  init(unicodeScalarLiteral scalar: Unicode.Scalar) {
    code = UInt8(truncatingIfNeeded: scalar.value) & 0x7F
  }

  var spelling: String {
    switch self {
    case .range: ".."
    case .notEqual: "!="
    case .lessOrEqual: "<="
    case .greaterOrEqual: ">="
    case .doubleEqual: "=="
    case .arrow: "=>"
    case .equalOrLess: "=<"
    case .unequal: "<>"
    default: String(Character(Unicode.Scalar(code)))
    }
  }

  /// All marks of the grammar, in the order in which a message lists them.
  static let all: [Mark] = [
    ",", "=", .notEqual, "<", .lessOrEqual, ">", .greaterOrEqual, .range, "(", ")", "{", "}", "+",
    "-", "*", "/", "@",
  ]

  /// The comparison that the mark is.
  var comparison: Comparison? {
    switch self {
    case "=": .equal
    case .notEqual: .notEqual
    case "<": .less
    case .lessOrEqual: .lessOrEqual
    case ">": .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}

/// A set of marks, as bits.
struct MarkSet: Sendable, Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ mark: Mark) {
    if mark.code < 64 { low |= 1 << UInt64(mark.code) } else { high |= 1 << UInt64(mark.code - 64) }
  }

  func contains(_ mark: Mark) -> Bool {
    mark.code < 64
      ? low & 1 << UInt64(mark.code) != 0 : high & 1 << UInt64(mark.code - 64) != 0
  }

  var members: [Mark] { Mark.all.filter(contains) }
}
