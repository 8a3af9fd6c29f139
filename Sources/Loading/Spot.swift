// Spot.swift: where in a file something stands, as people name it: line 7 of a text, B7 of a sheet,
// row 7 of a table.

import Columns
import Syntax

struct Spot {
  var source: SourceFile
  /// The line, or the number of the row in a sheet or table, from 1.
  var line: Int
  /// The column in the file, from 0, where one is meant.
  var column: Int?

  init(_ source: SourceFile, _ line: Int, column: Int? = nil) {
    self.source = source
    self.line = line
    self.column = column
  }

  var row: Bilingual {
    switch source.part {
    case nil: Bilingual("line \(line)", "第 \(line) 行")
    case .sheet(let name):
      Bilingual(same: "\(name)!\(column.map { columnLetters($0) } ?? "")\(line)")
    case .table(let name): Bilingual("\(name), row \(line)", "\(name) 第 \(line) 行")
    }
  }

  /// With the heading of the column.
  func cell(_ heading: String) -> Bilingual {
    if case .sheet = source.part, column != nil {
      return Bilingual("\(row.english) (\(heading))", "\(row.chinese)“\(heading)”列")
    }
    return Bilingual("\(row.english), column \(heading)", "\(row.chinese)“\(heading)”列")
  }
}
