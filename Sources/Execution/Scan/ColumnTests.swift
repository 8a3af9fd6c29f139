// ColumnTests.swift: conditions on columns (`from D … where`) arrive; tests over the codes of one
// partition leave. Each dictionary entry is looked at once, and no row.

import Catalog
import Columns
import Syntax

extension PartitionRows {
  /// A condition on columns as a test of rows.
  func test(_ condition: ConditionSyntax) -> RowTest {
    switch condition.kind {
    case .all(let parts): .all(parts.map { test($0) })
    case .any(let parts): .any(parts.map { test($0) })
    case .not(let inner): .not(test(inner))
    case .saved: .always(false)
    case .test(let name, let own): test(own, of: name.text) ?? each(condition)
    }
  }

  private func each(_ condition: ConditionSyntax) -> RowTest {
    .each { (row) throws(ExactOverflow) in try holds(condition, row) }
  }

  /// nil where the test looks at two columns, or at more values than a table holds.
  private func test(_ test: DimensionTest, of name: String) -> RowTest? {
    guard let column = partition.column(named: name) else {
      return .always(test.holdsForBlank)
    }
    func truth(_ cell: ColumnCell) -> UInt8 { test.holds(cell) { _ in nil } ? 1 : 0 }
    switch column.storage {
    case .text(let packed, let dictionary):
      guard let count = packed.entryCount else { return nil }
      return .coded(
        packed,
        truths: (0..<count).map { entry in
          let code = Int(truncatingIfNeeded: packed.value(ofEntry: entry))
          return truth(.text(dictionary.indices.contains(code) ? dictionary[code] : ""))
        })
    case .numbered:
      guard test.isAboutPresence else { return nil }
      let isKept = truth(.text("x")) == 1
      guard let missing = column.missing else { return .always(isKept) }
      return isKept == (truth(.text("")) == 1)
        ? .always(isKept) : .bits(missing.words, isInverted: isKept)
    case .integers(let packed, _):
      if test.isAboutPresence {
        let isKept = truth(.number(.one)) == 1
        guard let missing = column.missing else { return .always(isKept) }
        return .bits(missing.words, isInverted: isKept)
      }
      guard !test.namesColumn, let count = packed.entryCount, count <= 1 << 16 else { return nil }
      let truths = (0..<count).map { entry in
        truth(.number(exact(packed.value(ofEntry: entry), of: column)))
      }
      return .coded(packed, truths, missing: column.missing, truth(.number(nil)) == 1)
    }
  }
}

extension DimensionTest {
  /// `is null` and `is blank`, which look at no value.
  fileprivate var isAboutPresence: Bool {
    switch self {
    case .isNull, .isBlank: true
    default: false
    }
  }

  /// Whether a value is compared with that of another column in the row.
  fileprivate var namesColumn: Bool {
    let scalars: [ScalarSyntax] =
      switch self {
      case .isNull, .isBlank, .text: []
      case .isIn(let spans, _): spans.map(\.lower)
      case .compare(_, let span): [span.lower]
      case .between(let lower, let upper, _): [lower, upper]
      }
    return scalars.contains { scalar in
      guard case .name(let name) = scalar.kind else { return false }
      return FlagWord.value(of: name.text) == nil
    }
  }
}
