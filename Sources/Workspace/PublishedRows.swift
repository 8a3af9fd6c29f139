// PublishedRows.swift: an edition arrives; plain tables leave that anybody can read with sqlite3.
//
// The program itself never reads them: its own columns have checksums, these are a copy for people.

import Columns
import Syntax

/// The rows of the tables `figure`, `notice` and `finding` of one edition.
struct PublishedRows: Hashable {
  var figures: [[SQLValue]] = []
  var notices: [[SQLValue]] = []
  var findings: [[SQLValue]] = []

  /// Data sets with more rows than a notice has are for questions, not for reading.
  static let mostRows = 10_000

  /// - Complexity: O(cells of small partitions)
  init(_ edition: Edition, as id: Int64) {
    let loaded = edition.loaded
    for partition in loaded.store.partitions where partition.rowCount <= Self.mostRows {
      add(partition, as: id)
    }
    notices = loaded.notices.map { notice in
      [
        .whole(id), .text(notice.county), .text(notice.title), .text(notice.number),
        SQLValue(notice.cutoff), SQLValue(notice.signed), SQLValue(notice.issued),
      ]
    }
    findings = loaded.findings.map { finding in
      let place = finding.places.first.map { "\($0.file):\($0.line)" }
      return [
        .whole(id), .text(finding.code), .text(finding.severity.rawValue),
        .text(finding.subject.english), .text(finding.subject.chinese), .text(finding.stated),
        .text(finding.computed), .text(finding.difference), place.map { .text($0) } ?? .null,
      ]
    }
  }

  private init() {}

  static func read(
    _ id: Int64, _ database: Database
  ) throws(WorkspaceFault) -> PublishedRows {
    func rows(_ table: String) throws(WorkspaceFault) -> [[SQLValue]] {
      try database.rows("SELECT * FROM \(table) WHERE edition = ?1 ORDER BY rowid", [.whole(id)])
    }
    var result = PublishedRows()
    result.figures = try rows("figure")
    result.notices = try rows("notice")
    result.findings = try rows("finding")
    return result
  }

  private mutating func add(_ partition: Partition, as id: Int64) {
    let columns = partition.columns
    let (lines, files) = (partition.lineOfRow, partition.fileOfRow)
    for row in 0..<partition.rowCount {
      let file = Int(files[row])
      let path = partition.files.indices.contains(file) ? partition.files[file].path : ""
      for column in columns where column.hasValue(row) {
        figures.append([
          .whole(id), .text(partition.dataset), .whole(Int64(row + 1)),
          .text("\(path):\(lines[row])"), .text(column.name), column.published(row),
        ])
      }
    }
  }
}

extension SQLValue {
  fileprivate init(_ day: Day?) {
    self = day.map { .text($0.text) } ?? .null
  }
}

extension Column {
  /// Whole numbers as such, decimals and dates as they are printed.
  fileprivate func published(_ row: Int) -> SQLValue {
    if let text = text(row) { return .text(text) }
    guard case .integers(let numbers, let meaning) = storage else { return .null }
    let number = numbers[row]
    switch meaning {
    case .whole, .flag: return .whole(number)
    case .decimal(let scale): return .text(decimalText(number, scale: scale))
    case .day: return .text(Day(index: Int(number)).text)
    case .minute:
      let day = Int(number).flooredDividing(by: 1440)
      let minute = Int(number) - day * 1440
      return .text("\(Day(index: day).text) \(twoDigits(minute / 60)):\(twoDigits(minute % 60))")
    case .quarter: return .text(Quarter(index: Int(number)).text)
    }
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

private func decimalText(_ number: Int64, scale: Int) -> String {
  var digits = String(number.magnitude)
  guard scale > 0 else { return (number < 0 ? "-" : "") + digits }
  while digits.utf8.count <= scale { digits = "0" + digits }
  return (number < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
}

// MARK: - Tables and views

extension Database {
  func publish(_ edition: Edition, as id: Int64) throws(WorkspaceFault) {
    let published = PublishedRows(edition, as: id)
    let tables = [
      ("figure", published.figures), ("notice", published.notices),
      ("finding", published.findings),
    ]
    for (table, rows) in tables {
      guard let width = rows.first?.count else { continue }
      let marks = (1...width).map { "?\($0)" }.joined(separator: ", ")
      let insert = try statement("INSERT INTO \(table) VALUES (\(marks))")
      for row in rows { try insert.run(row) }
    }
    for dataset in edition.publishedDatasets { try renewView(of: dataset) }
  }

  func published(_ id: Int64) throws(WorkspaceFault) -> PublishedRows {
    try PublishedRows.read(id, self)
  }

  func withdraw(_ id: Int64) throws(WorkspaceFault) {
    for table in ["figure", "notice", "finding"] {
      try rows("DELETE FROM \(table) WHERE edition = ?1", [.whole(id)])
    }
  }

  /// One view for each data set: a row of the notice is a row again.
  private func renewView(of dataset: String) throws(WorkspaceFault) {
    let sql = try viewText(of: dataset)
    let known = try rows(
      "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1", [.text(viewName(dataset))])
    if known == [[.text(sql)]] { return }
    try rows("DROP VIEW IF EXISTS \(quoted(viewName(dataset)))")
    try rows(sql)
  }

  func hasViews(of edition: Edition) throws(WorkspaceFault) -> Bool {
    for dataset in edition.publishedDatasets {
      let known = try rows(
        "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1",
        [.text(viewName(dataset))])
      guard known == [[.text(try viewText(of: dataset))]] else { return false }
    }
    return true
  }

  private func viewText(of dataset: String) throws(WorkspaceFault) -> String {
    // In order of first appearance: the order of the data set.
    let names = try rows(
      "SELECT name FROM figure WHERE dataset = ?1 GROUP BY name ORDER BY min(rowid)",
      [.text(dataset)])
    let columns = names.compactMap { row -> String? in
      guard case .text(let name) = row[0] else { return nil }
      return ", max(CASE f.name WHEN \(literal(name)) THEN f.value END) AS \(quoted(name))"
    }
    return "CREATE VIEW \(quoted(viewName(dataset))) AS SELECT p.issuer AS \"_issuer\", "
      + "p.period AS \"_period\", p.version AS \"_version\", p.is_latest AS \"_is_latest\", "
      + "f.place AS \"_place\"" + columns.joined()
      + " FROM figure AS f JOIN period AS p ON p.edition = f.edition WHERE f.dataset = "
      + literal(dataset) + " GROUP BY f.edition, f.row ORDER BY f.edition, f.row"
  }

  private func viewName(_ dataset: String) -> String {
    let own = ["edition", "block", "rulebook", "state", "figure", "notice", "finding", "period"]
    let isTaken = own.contains(dataset) || dataset.hasPrefix("sqlite_")
    return isTaken ? "rows_of_" + dataset : dataset
  }

  private func quoted(_ name: String) -> String { "\"" + doubling("\"", in: name) + "\"" }
  private func literal(_ text: String) -> String { "'" + doubling("'", in: text) + "'" }

  private func doubling(_ mark: Character, in text: String) -> String {
    text.split(separator: mark, omittingEmptySubsequences: false)
      .joined(separator: "\(mark)\(mark)")
  }
}

extension Edition {
  fileprivate var publishedDatasets: [String] {
    var names: [String] = []
    for partition in loaded.store.partitions
    where partition.rowCount > 0 && partition.rowCount <= PublishedRows.mostRows
      && !names.contains(partition.dataset)
    {
      names.append(partition.dataset)
    }
    return names
  }
}
