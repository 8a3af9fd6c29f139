// ClusterTable.swift: the definition of a data set arrives; the tables that hold its rows on a
// cluster leave.
//
// Every node has a table of its own, `NAME_local`; `NAME` stands for those of all nodes. What is
// never pushed is text that no dimension and no metric reads; numbers of orders, which are only
// ever counted, leave as 64-bit codes.

import Catalog
import SQLGeneration
import Syntax

struct ClusterTable: Sendable {
  /// What a column holds there.
  enum Kind: Sendable, Hashable {
    /// A member, or another word that a definition compares with.
    case word
    /// The code of a text that is only told from others.
    case code
    case flag
    /// A whole number of 32 bits.
    case number
    /// In ten-thousandths, below 2^40.
    case decimal

    var type: String {
      switch self {
      case .word: "LowCardinality(String)"
      case .code: "String"
      case .flag: "Nullable(UInt8)"
      case .number: "Nullable(Int32)"
      case .decimal: "Nullable(Int64)"
      }
    }

    var isNumber: Bool { self == .flag || self == .number || self == .decimal }
  }

  struct StoredColumn: Sendable, Hashable {
    var id: String
    var kind: Kind
  }

  let dataset: Dataset
  let table: SQLTable
  /// Of the definition, in its order.
  let columns: [StoredColumn]

  /// The key that spreads rows over the shards: all rows of an order lie on one.
  static let rowKey = "row_key"

  init(_ dataset: Dataset, _ catalog: Catalog) {
    self.dataset = dataset
    table = SQLTable(dataset, .clickhouse)
    let words = catalog.comparedTexts(of: dataset)
    let counted = catalog.countedTexts(of: dataset)
    columns = table.stored.compactMap { column in
      switch column.type {
      case .text:
        if words.contains(column.name) { return StoredColumn(id: column.name, kind: .word) }
        if counted.contains(column.name) { return StoredColumn(id: column.name, kind: .code) }
        return nil
      case .flag: return StoredColumn(id: column.name, kind: .flag)
      case .decimal, .percent: return StoredColumn(id: column.name, kind: .decimal)
      case .whole, .date, .time, .period: return StoredColumn(id: column.name, kind: .number)
      }
    }
  }

  var name: String { table.name }
  var localName: String { SQLDialect.clickhouse.name(dataset.name + "_local") }

  /// Name and type of every column, in the order in which rows are sent.
  var fields: [(name: String, type: String)] {
    let own = columns.map { (table.column($0.id), $0.kind.type) }
    return own + [
      (table.column(.year), "UInt16"), (table.column(.quarter), "UInt8"),
      (table.column(.month), "UInt8"), (table.column(.issuer), "LowCardinality(String)"),
      (Self.rowKey, "UInt64"), (table.column(.load), "UInt64"),
    ]
  }

  /// Where partitions are cut: a load can be taken away as a whole.
  private var partition: String {
    [table.column(.year), table.column(.month), table.column(.load)].joined(separator: ", ")
  }

  /// Questions name members and periods: rows of one lie together.
  private var order: String {
    let dimensions = dataset.dimensions.compactMap { dimension -> String? in
      guard case .column(let id) = dimension.source,
        columns.contains(StoredColumn(id: id, kind: .word))
      else { return nil }
      return table.column(id)
    }
    var seen: Set<String> = []
    let first = dimensions.filter { seen.insert($0).inserted }.prefix(3)
    return (first + [table.column(.year), table.column(.quarter), table.column(.month)])
      .joined(separator: ", ")
  }

  /// Statements for one node, in order.
  var creation: [String] {
    let list = fields.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    return [
      "CREATE TABLE IF NOT EXISTS \(localName) (\(list)) ENGINE = MergeTree() "
        + "PARTITION BY (\(partition)) ORDER BY (\(order))",
      "CREATE TABLE IF NOT EXISTS \(name) AS \(localName) ENGINE = "
        + "Distributed(\(clusterName), \(clusterName), \(localName), intHash64(\(Self.rowKey)))",
    ]
  }

  var insertion: String {
    "INSERT INTO \(name) (\(fields.map(\.name).joined(separator: ", "))) FORMAT TabSeparated"
  }

  /// A code of the columns and their kinds: rows pushed by other definitions are not asked.
  var definition: UInt64 {
    let text = fields.map { "\($0.name) \($0.type)" }.joined(separator: ",")
    return StableHash.of(dataset.name + ":" + text)
  }
}

/// FNV-1a over 64 bits (Fowler, Noll, Vo), then mixed (the finalizer of SplitMix64): the same on
/// every machine and in every run.
enum StableHash {
  static func of(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mixed(hash)
  }

  static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Catalog {
  /// Text columns that a dimension, a metric's condition or a test of rows reads.
  fileprivate func comparedTexts(of dataset: Dataset) -> Set<String> {
    var names: Set<String> = []
    for dimension in dataset.dimensions {
      if case .column(let id) = dimension.source { names.insert(id) }
    }
    for test in dataset.rowTests {
      names.formUnion(test.comparedNames.union(test.blankNames))
    }
    for source in metrics.flatMap(\.sources) where source.dataset == dataset.name {
      names.formUnion(source.condition?.comparedNames ?? [])
    }
    return names
  }

  /// Text columns whose different values are counted, or that are only asked whether they are
  /// blank.
  fileprivate func countedTexts(of dataset: Dataset) -> Set<String> {
    var names: Set<String> = []
    for source in metrics.flatMap(\.sources) where source.dataset == dataset.name {
      names.formUnion(source.condition?.blankNames ?? [])
      if case .apply(.distinct, let expression) = source.aggregate,
        case .measure(let name, _) = expression.kind
      {
        names.insert(name.text)
      }
    }
    return names
  }
}

extension ConditionSyntax {
  /// The names whose texts it looks at, and those it compares them with.
  fileprivate var comparedNames: Set<String> {
    names { name, test in
      switch test {
      case .isNull, .isBlank: []
      case .compare(_, let span):
        if case .name(let other) = span.lower.kind { [name, other.text] } else { [name] }
      default: [name]
      }
    }
  }

  /// The names that it asks whether they are blank.
  fileprivate var blankNames: Set<String> {
    names { name, test in
      switch test {
      case .isNull, .isBlank: [name]
      default: []
      }
    }
  }

  private func names(_ own: (String, DimensionTest) -> Set<String>) -> Set<String> {
    switch kind {
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.names(own)) }
    case .not(let inner): inner.names(own)
    case .saved: []
    case .test(let name, let test): own(name.text, test)
    }
  }
}
