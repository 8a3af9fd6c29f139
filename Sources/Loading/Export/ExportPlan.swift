// ExportPlan.swift: the columns of an export arrive; what is known of each before its rows are read
// leaves.

import Catalog
import Columns
import Syntax

/// How the cells of a field are looked at first.
enum FieldKind: Sendable {
  case text, number, whole, date, time, flag, other

  init(_ field: ExportPlan.Field) {
    switch field.type {
    case .text: self = field.isNumbered ? .number : .text
    case .whole: self = .whole
    case .date: self = .date
    case .time: self = .time
    case .flag: self = .flag
    case .decimal, .percent, .period: self = .other
    }
  }
}

/// What every part of an export is read by.
struct ExportPlan: Sendable {
  /// A column of the file that is read.
  struct Field: Sendable {
    var fileColumn: Int
    /// Index into the data set's stored columns.
    var target: Int
    var type: ColumnType
    var heading: String
    /// Of a column whose members are a closed list.
    var dimension: Dimension?
    var members: MemberIndex?
    /// Never blank; a row whose time may be blank and is so belongs to no period.
    var isRequired: Bool
    var acceptsMonth: Bool
    /// Names that are dates: stored in one form, however they are written.
    var moment: ColumnType?
    /// An identifier whose digits must be whole.
    var isIdentifier: Bool
    /// Hardly two rows share a text: it is kept as the number that it ends with where all are so.
    var isNumbered: Bool
    /// Stored as a salted hash only.
    var isHashed: Bool
  }
  let columns: ExportColumns
  let options: LoadOptions
  let source: SourceFile
  /// Rows of a sheet end with their last filled cell.
  let isGrid: Bool
  let merges: [MergedCells]
  let fields: [Field]
  /// Of each field, so that a cell costs no look at all that is known of it.
  let kinds: [FieldKind]
  let fileColumns: [Int]
  /// Stored columns of the data set, in its order.
  let stored: [DatasetColumn]
  /// Indices of fields.
  let acceptedAt: Int?
  let closedAt: Int?
  let asides: RowAsides

  init(_ columns: ExportColumns, of raw: RawTable, catalog: Catalog, options: LoadOptions) {
    self.columns = columns
    self.options = options
    source = raw.source
    isGrid = raw.isGrid
    merges = raw.merges
    asides = RowAsides(columns.headings, TableWords(catalog.phrases), of: raw)
    let dataset = columns.dataset
    stored = dataset.columns.filter { !$0.isDropped }
    func field(_ source: ExportColumns.Source) -> Field {
      let name = source.definition.name
      let dimension = dataset.dimensions.first { $0.source == .column(name) }
        .flatMap { catalog.dimension(named: $0.dimension) }
      let closed = dimension.flatMap { $0.memberSource == .closed ? $0 : nil }
      let isTime = dataset.time?.column == name
      let isNamed = source.definition.type == .text && closed == nil && source.moment == nil
      let isKey = dimension == nil && dataset.grain.contains(name)
      return Field(
        fileColumn: source.fileColumn, target: source.target, type: source.definition.type,
        heading: source.heading, dimension: closed, members: closed.map { MemberIndex($0) },
        isRequired: !source.definition.isOptional || (isTime && columns.isOwn)
          || dataset.grain.contains(name),
        acceptsMonth: isTime && dataset.time?.unit == .month && source.definition.type == .date,
        moment: source.moment,
        isIdentifier: source.definition.type == .text && (columns.isOwn || isKey),
        isNumbered: isNamed && isKey && !source.definition.isHashed,
        isHashed: source.definition.isHashed)
    }
    fields = columns.sources.map(field)
    kinds = fields.map { FieldKind($0) }
    fileColumns = fields.map(\.fileColumn)
    acceptedAt = columns.sources.firstIndex { $0.definition.name == "accepted_at" }
    closedAt = columns.sources.firstIndex { $0.definition.name == "closed_at" }
  }

  func spot(_ line: Int, _ field: Int) -> Spot {
    Spot(source, line, column: fields[field].fileColumn)
  }

  /// Index into the stored columns; nil where the data set has no such column.
  func index(of name: String) -> Int? { stored.firstIndex { $0.name == name } }
}
