// DatasetBuilding.swift: the syntax of data sets arrives; data sets leave.

import Syntax

extension CatalogBuilder {
  mutating func add(_ syntax: DatasetSyntax) {
    var dataset = Dataset(
      name: syntax.name.text, label: Bilingual(same: syntax.name.text), help: nil,
      isFromBulletin: false, filePatterns: [], grain: [], columns: [], time: nil, dimensions: [],
      keep: nil, total: nil, covers: [])
    for part in syntax.parts {
      switch part {
      case .label(let pair): dataset.label = pair.bilingual
      case .help(let pair): dataset.help = pair.bilingual
      case .bulletin: dataset.isFromBulletin = true
      case .files(let patterns): dataset.filePatterns += patterns.map(\.text)
      case .grain(let names): dataset.grain += names.map(\.text)
      case .column(let column):
        dataset.columns.append(datasetColumn(column))
        let isHashed = dataset.columns.last?.isHashed ?? false
        if isHashed, column.type != .text { report(.hashOfNumber(column.name)) }
      case .time(let unit, let column):
        dataset.time = Dataset.TimeColumn(unit: unit, column: column.text)
      case .dimension(let name, .column(let column)):
        dataset.dimensions.append(
          Dataset.DimensionColumn(dimension: name.text, source: .column(column.text)))
      case .dimension(let name, .constant(let text)):
        dataset.dimensions.append(
          Dataset.DimensionColumn(dimension: name.text, source: .constant(text.text)))
      case .keep(let condition): dataset.keep = condition
      case .total(let condition): dataset.total = condition
      case .covers(let names): dataset.covers += names.map(\.text)
      }
    }
    guard !dataset.grain.isEmpty else { return report(.datasetWithoutGrain(syntax.name)) }
    checkFormulas(of: dataset)
    catalog.datasets.append(dataset)
  }

  private func datasetColumn(_ syntax: DatasetColumnSyntax) -> DatasetColumn {
    var column = DatasetColumn(
      name: syntax.name.text, type: syntax.type, headers: [], format: nil, separator: nil,
      lookUp: nil, isOptional: false, isDropped: false)
    for part in syntax.parts {
      switch part {
      case .header(let texts): column.headers += texts.map(\.text)
      case .format(let text): column.format = text.text
      case .split(let text): column.separator = text.text
      case .lookUp(let dataset, let key):
        column.lookUp = DatasetColumn.LookUp(dataset: dataset.text, key: key.text)
      case .optional: column.isOptional = true
      case .drop: column.isDropped = true
      case .hash: column.isHashed = true
      case .formula(let formula): column.formula = formula
      }
    }
    return column
  }
}
