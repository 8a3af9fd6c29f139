// Describe.swift: columns arrive; their values leave as text, so that tests compare whole rows.

import Catalog
import Columns
import Glibc
import Syntax

@testable import Loading

func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

func describe(_ column: Column, _ row: Int) -> String {
  switch column.storage {
  case .text, .numbered: return column.text(row) ?? ""
  case .integers(let values, let meaning):
    if column.missing?[row] == true { return "-" }
    switch meaning {
    case .whole, .minute: return "\(values[row])"
    case .decimal(let scale): return scale == 0 ? "\(values[row])" : "\(values[row])e-\(scale)"
    case .flag: return values[row] == 1 ? "yes" : "no"
    case .day: return Day(index: Int(values[row])).text
    case .quarter: return Quarter(index: Int(values[row])).text
    }
  }
}

/// Rows without their lines and files.
func rows(_ partition: Partition) -> [String] {
  (0..<partition.rowCount).map { row in
    partition.columns.map { describe($0, row) }.joined(separator: "|")
  }
}

func grid(ofDelimited bytes: [UInt8], delimiter: UInt8) throws -> Grid {
  let source = SourceFile(path: "table.csv", encoding: "UTF-8", hash: "")
  let text = TableText(bytes)
  return try RawTable(source: source, name: "table.csv", text: text, delimiter: delimiter).grid()
}
