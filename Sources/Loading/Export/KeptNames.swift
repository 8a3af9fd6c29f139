// KeptNames.swift: an export that was read with names of no member arrives; the names leave as
// findings and as members of their own, with the count of their rows (`--keep-unknown`).

import Catalog
import Columns
import Syntax

extension ExportReading {
  /// Names of no member that were kept, in the order in which they first stand.
  func tellKeptNames(in loaded: inout Loaded) {
    for field in plan.fields {
      guard let dimension = field.dimension else { continue }
      let column = columns[field.target]
      for code in unknownCodes(of: column, in: dimension) {
        let name = column.texts.string(code)
        loaded.findings.append(
          Finding(
            "R32", .warning,
            subject: Bilingual("a name that the catalogue lacks", "目录中没有的名称"),
            stated: name,
            places: [
              SourcePlace(file: plan.source.path, line: Int(lines[column.firstRows[code]]))
            ],
            concerns: ["\(dimension.name)=\(name)"]))
        loaded.newMembers.append(NewMember(dimension: dimension.name, issuer: "", name: name))
      }
    }
  }

  /// Rows with such a name in any column.
  ///
  /// - Complexity: O(rows × columns of members)
  func unknownNameRows() -> Int {
    var isUnknown: [Bool] = []
    for field in plan.fields {
      guard let dimension = field.dimension else { continue }
      let column = columns[field.target]
      let codes = unknownCodes(of: column, in: dimension)
      if codes.isEmpty { continue }
      if isUnknown.isEmpty { isUnknown = Array(repeating: false, count: rowCount) }
      var hasNoMember = Array(repeating: false, count: column.texts.count)
      for code in codes { hasNoMember[code] = true }
      for (row, code) in column.numbers.values.enumerated() where hasNoMember[Int(code)] {
        isUnknown[row] = true
      }
    }
    if isUnknown.isEmpty { return 0 }
    for row in dropped { isUnknown[row] = false }
    return isUnknown.count { $0 }
  }

  /// In the order in which they first stand.
  private func unknownCodes(of column: MergedColumn, in dimension: Dimension) -> [Int] {
    let members = Set(dimension.members.map { Array($0.name.utf8) })
    return (1..<max(1, column.texts.count)).filter { !members.contains(column.texts.bytes($0)) }
  }
}
