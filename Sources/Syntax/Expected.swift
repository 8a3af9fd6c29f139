// Expected.swift: what the parser asks for at a place is gathered; messages and completion read it.

/// A set of keywords, as bits.
struct KeywordSet: Sendable, Hashable {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ keyword: Keyword) {
    let bit: UInt64 = 1 << UInt64(keyword.rawValue & 63)
    switch keyword.rawValue >> 6 {
    case 0: low |= bit
    case 1: middle |= bit
    default: high |= bit
    }
  }

  func contains(_ keyword: Keyword) -> Bool {
    let bit: UInt64 = 1 << UInt64(keyword.rawValue & 63)
    switch keyword.rawValue >> 6 {
    case 0: return low & bit != 0
    case 1: return middle & bit != 0
    default: return high & bit != 0
    }
  }

  var isEmpty: Bool { low | middle | high == 0 }

  /// Clause words in canonical order, then the others in the order of the table.
  var members: [Keyword] {
    Keywords.clauses.filter(contains)
      + Keyword.allCases.filter { contains($0) && !Keywords.isClause($0) }
  }
}

/// What may be written at one place besides keywords.
struct Slots: OptionSet, Sendable, Hashable {
  let rawValue: UInt32

  static let metric = Slots(rawValue: 1 << 0)
  static let dimension = Slots(rawValue: 1 << 1)
  static let value = Slots(rawValue: 1 << 2)
  static let period = Slots(rawValue: 1 << 3)
  static let number = Slots(rawValue: 1 << 4)
  static let text = Slots(rawValue: 1 << 5)
  static let savedFilter = Slots(rawValue: 1 << 6)
  static let savedQuery = Slots(rawValue: 1 << 7)
  static let parameter = Slots(rawValue: 1 << 8)
  static let path = Slots(rawValue: 1 << 9)
  static let newName = Slots(rawValue: 1 << 10)
  static let dataset = Slots(rawValue: 1 << 11)
  static let scheme = Slots(rawValue: 1 << 12)
  static let column = Slots(rawValue: 1 << 13)

  /// The places that take a bare word.
  static let names: Slots = [
    .metric, .dimension, .value, .savedFilter, .savedQuery, .newName, .dataset, .scheme, .column,
  ]
}

/// Everything that would be taken at the present token.
struct Expected: Sendable {
  var keywords = KeywordSet()
  var marks = MarkSet()
  var slots: Slots = []
  /// The dimension whose values stand here.
  var valueDimension: Name?

  mutating func clear() {
    keywords = KeywordSet()
    marks = MarkSet()
    slots = []
    valueDimension = nil
  }
}
