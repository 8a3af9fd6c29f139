// TotalsOfRows.swift: the total rows of a table that nobody modelled arrive, printed; those leave
// that are not what their rows add up to.

import Columns
import Syntax

/// A printed total that is not the sum of the rows above it.
struct WrongTotal: Hashable {
  var line: Int
  var label: String
  var heading: String
  var stated: String
  var computed: String
}

extension ExportReading {
  /// A total is that of all rows above it, or of those behind the total before it. Rates have none.
  ///
  /// - Complexity: O(rows × columns of numbers); nothing where there are no totals
  func wrongTotals() -> [WrongTotal] {
    let totals = asides.asides.filter { $0.kind == .total }
    guard plan.columns.isOwn, !totals.isEmpty else { return [] }
    var wrong: [WrongTotal] = []
    for field in plan.fields where field.type == .whole || field.type == .decimal {
      let column = columns[field.target].finished()
      guard case .integers(let numbers, let meaning) = column.storage else { continue }
      var scale = 0
      if case .decimal(let places) = meaning { scale = places }
      // Of at most 2⁶³ numbers of 64 bits: no sum passes 127.
      var (all, own, row): (Int128, Int128, Int) = (0, 0, 0)
      for total in totals {
        while row < rowCount, lines[row] < total.line {
          if column.missing?[row] != true, !dropped.contains(row) {
            all += Int128(numbers[row])
            own += Int128(numbers[row])
          }
          row += 1
        }
        defer { own = 0 }
        guard field.fileColumn < total.cells.count,
          let stated = exact(total.cells[field.fileColumn]),
          let sum = exact(all, scale), let part = exact(own, scale),
          stated != sum, stated != part, let computed = try? sum.text(places: scale)
        else { continue }
        wrong.append(
          WrongTotal(
            line: total.line, label: total.text, heading: field.heading,
            stated: total.cells[field.fileColumn], computed: computed))
      }
    }
    return wrong
  }

  private func exact(_ digits: Int128, _ scale: Int) -> Exact? {
    guard scale <= 18 else { return nil }
    return Exact(digits, over: (0..<scale).reduce(Int128(1)) { power, _ in power * 10 })
  }

  private func exact(_ cell: String) -> Exact? {
    let bytes = Array(cell.utf8)
    guard case .number(let number) = readNumber(0..<bytes.count, of: bytes), !number.isPercent,
      !number.isApproximate
    else { return nil }
    return exact(Int128(number.digits), number.places)
  }

  /// R04 for each, and a note that says so at once.
  func tellWrongTotals(in loaded: inout Loaded) {
    for total in wrongTotals() {
      loaded.findings.append(
        Finding(
          "R04", .error,
          subject: Bilingual(
            "total row \(total.label): \(total.heading)", "\(total.label)行：\(total.heading)"),
          stated: total.stated, computed: total.computed,
          places: [SourcePlace(file: plan.source.path, line: total.line)]))
      loaded.notes.append(
        Note(
          "LOAD",
          Bilingual(
            "\(plan.source.path): line \(total.line), \(total.label): \(total.heading) is "
              + "\(total.stated), its rows add up to \(total.computed)",
            "\(plan.source.path)：第 \(total.line) 行“\(total.label)”的"
              + "“\(total.heading)”为 \(total.stated)，各行之和为 \(total.computed)")))
    }
  }
}
