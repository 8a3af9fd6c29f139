// ComputedColumns.swift: the columns of an export arrive as read; those that the data set computes
// leave, and where a file prints such a column otherwise.

import Catalog
import Columns
import Syntax

/// Rows in which a file says otherwise than a formula.
struct DifferingCells: Hashable {
  var heading: String
  var count = 0
  /// The lines of the first ones.
  var lines: [Int] = []
}

extension ExportReading {
  /// Formulas see the columns above them as computed, and their own as the file has it. What a file
  /// prints of a figure is held against its formula: the formula decides, and the cell stands where
  /// the formula knows nothing.
  mutating func computeColumns() {
    let definitions = plan.columns.dataset.columns.filter { $0.formula != nil }
    guard !definitions.isEmpty, rowCount > 0 else { return }
    var formulas = RowFormulas(rowCount: rowCount, threads: plan.options.threads)
    for column in columns { formulas.columns[column.name] = column }
    for definition in definitions {
      guard let formula = definition.formula else { continue }
      let target = plan.index(of: definition.name)
      let isRead = plan.fields.contains { $0.target == target }
      guard let made = computed(definition, formula, &formulas, isRead: isRead) else { continue }
      formulas.columns[definition.name] = made
      if let target { columns[target] = made }
    }
  }

  /// nil where the column stays as it was read.
  private mutating func computed(
    _ definition: DatasetColumn, _ formula: ColumnFormula, _ formulas: inout RowFormulas,
    isRead: Bool
  ) -> MergedColumn? {
    let names = formula.columns
    let isOwn = names.contains(definition.name)
    let present = names.filter { formulas.columns[$0]?.isFilled == true }
    // The file has nothing that would change the cells.
    if isOwn, present.allSatisfy({ $0 == definition.name }), formula.isChoice { return nil }
    if definition.type == .text {
      return MergedColumn(
        definition, firstTextOf: names.compactMap { formulas.columns[$0] }, rowCount: rowCount)
    }
    // Another moment than the printed one is what such a formula is for.
    let isFigure = definition.type == .whole || definition.type == .flag
    let printed = isRead && isFigure ? formulas.columns[definition.name] : nil
    if printed == nil, names.allSatisfy({ formulas.columns[$0]?.isUniform ?? true }) {
      return MergedColumn(
        definition, repeating: formulas.firstValue(formula, as: definition.type),
        rowCount: rowCount)
    }
    let blocks = formulas.blocks(formula, as: definition.type)
    let dropped = dropped
    let parts = sideBySide(blocks.count, threads: plan.options.threads) { place in
      var (block, differing) = (blocks[place], [Int]())
      if let printed {
        let first = place * RowFormulas.blockRows
        differing = block.hold(against: printed, from: first, without: dropped)
      }
      return (block.packed(), differing)
    }
    let differing = parts.flatMap(\.1)
    if !differing.isEmpty {
      differingCells.append(
        DifferingCells(
          heading: heading(of: definition), count: differing.count,
          lines: differing.prefix(5).map { Int(lines[$0]) }))
    }
    return MergedColumn(definition, joining: parts.map(\.0), rowCount: rowCount)
  }

  private func heading(of definition: DatasetColumn) -> String {
    plan.fields.first { plan.stored[$0.target].name == definition.name }?.heading
      ?? definition.name
  }
}

extension FormulaBlock {
  /// The printed cells stand where the formula knows nothing.
  ///
  /// - Returns: the rows in which the two differ.
  fileprivate mutating func hold(
    against printed: MergedColumn, from first: Int, without dropped: Set<Int>
  ) -> [Int] {
    let cells = printed.block(first..<first + count)
    let differing = values.indices.filter { row in
      values[row] != cells.values[row] && isKnown(row) && cells.isKnown(row)
        && !dropped.contains(first + row)
    }
    fill(from: cells)
    return differing.map { first + $0 }
  }
}

extension MergedColumn {
  /// Whether any row has a value.
  fileprivate var isFilled: Bool {
    if type == .text { return form != nil || texts.count > 1 }
    guard let missing else { return rowCount > 0 }
    return (0..<rowCount).contains { !missing[$0] }
  }

  /// Whether all rows are alike, as in a column that the file lacks.
  fileprivate var isUniform: Bool {
    guard let bounds = numbers.bounds, bounds.lowerBound == bounds.upperBound else { return false }
    return missing == nil || missing == MissingRows(all: rowCount)
  }
}
