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
    var differing = DifferingCells(heading: heading(of: definition))
    var blocks = formulas.blocks(formula, as: definition.type)
    if let printed {
      var start = 0
      for index in blocks.indices {
        hold(printed, against: &blocks[index], from: start, &differing)
        start += blocks[index].values.count
      }
    }
    if differing.count > 0 { differingCells.append(differing) }
    return MergedColumn(definition, blocks, rowCount: rowCount)
  }

  /// The printed cells stand where the formula knows nothing; others that differ are counted.
  private func hold(
    _ printed: MergedColumn, against block: inout FormulaBlock, from first: Int,
    _ differing: inout DifferingCells
  ) {
    let cells = printed.block(first..<first + block.values.count)
    for index in block.values.indices
    where block.known[index] && cells.known[index] && block.values[index] != cells.values[index] {
      if dropped.contains(first + index) { continue }
      differing.count += 1
      if differing.lines.count < 5 { differing.lines.append(Int(lines[first + index])) }
    }
    block.fill(from: cells)
  }

  private func heading(of definition: DatasetColumn) -> String {
    plan.fields.first { plan.stored[$0.target].name == definition.name }?.heading
      ?? definition.name
  }
}

extension MergedColumn {
  /// Whether any row has a value.
  fileprivate var isFilled: Bool {
    if type == .text { return form != nil || texts.count > 1 }
    guard let missing else { return rowCount > 0 }
    return (0..<rowCount).contains { !missing[$0] }
  }
}
