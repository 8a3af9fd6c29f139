// OwnDefinitions.swift: the columns of a table that nobody modelled arrive; the rulebook text that
// models it leaves: one data set, its dimensions, its metrics.
//
// As text, because a person can then read it, keep it beside the rulebook and mend it.

import Catalog
import Syntax

/// One column of the table and what it is to be.
struct OwnColumn {
  /// The heading.
  var heading: String
  var fileColumn: Int
  var type: ColumnType
  /// The name it is asked by.
  var name: String
  /// A dimension that the catalogue has already.
  var isKnownDimension = false

  var isMetric: Bool { type == .whole || type == .decimal || type == .percent }
}

struct OwnDefinitions {
  var dataset: String
  var columns: [OwnColumn]
  /// Headings that had to take another name.
  var renamed: [OwnColumn] = []
  var rowsMetric: String
  private let file: String

  /// - Parameters:
  ///   - dataset: the name of the table, which no data set has.
  ///   - taken: names, folded, that metrics and dimensions have.
  init(dataset: String, file: String, columns: [OwnColumn], catalog: Catalog) {
    self.dataset = dataset
    self.file = file
    var taken = takenNames(of: catalog)
    self.columns = []
    for var column in columns {
      if !column.isKnownDimension {
        let short = column.isMetric ? withoutUnit(column.heading).name : column.heading
        let wanted = [short, column.heading, "\(dataset).\(short)"]
        let isMetric = column.isMetric
        column.name =
          wanted.first { isFree($0, taken, isMetric: isMetric) }
          ?? "\(dataset).\(column.fileColumn + 1)"
        taken.insert(foldedName(column.name))
        if column.name != short { renamed.append(column) }
      }
      self.columns.append(column)
    }
    rowsMetric = "\(dataset).rows"
  }

  /// The text of a rulebook file.
  var text: String {
    var lines = ["tongbao 1"]
    var parts = [
      "define dataset \(name(dataset))  label \(string(dataset)) \(string(dataset))",
      "  source file \(string(file))  grain row",
    ]
    for column in columns {
      // Days are names here: they are grouped by and never counted.
      let type = column.isMetric ? column.type.rawValue : ColumnType.text.rawValue
      parts.append(
        "  column \(name(column.heading)) \(type) optional header \(string(column.heading))")
    }
    for column in columns where !column.isMetric {
      parts.append("  dimension \(name(column.name)) = \(name(column.heading))")
      if column.isKnownDimension { continue }
      lines.append(
        "define dimension \(name(column.name))  label \(string(column.name)) "
          + "\(string(column.name))  members open")
    }
    lines.append(parts.joined(separator: "\n"))
    for column in columns where column.isMetric {
      let unit = withoutUnit(column.heading).unit.map {
        "  quantity \(name($0)) \(string($0))"
      }
      // Percentages are not added up: the printed one answers where there is just one.
      let aggregate = column.type == .percent ? "same" : "sum"
      lines.append(
        "define metric \(name(column.name))  label \(string(column.name)) \(string(column.name))"
          + (column.type == .percent ? "  class score" : "") + (unit ?? "")
          + "  from \(name(dataset)) \(aggregate)(\(name(column.heading)))")
    }
    lines.append(
      "define metric \(name(rowsMetric))  label \(string(rowsMetric)) "
        + "\(string(dataset + ".行数"))  from \(name(dataset)) rows")
    return lines.joined(separator: "\n") + "\n"
  }
}

private func name(_ text: String) -> String {
  "[" + text.split(separator: "]", omittingEmptySubsequences: false).joined(separator: "]]") + "]"
}

private func string(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// `金额（万元）` as 金额 and 万元: a bracket at the end is the unit it is measured in.
private func withoutUnit(_ heading: String) -> (name: String, unit: String?) {
  let pairs: [(Character, Character)] = [("(", ")"), ("（", "）"), ("/", "/")]
  for (open, close) in pairs where heading.hasSuffix(String(close)) && open != close {
    guard let start = heading.lastIndex(of: open), start > heading.startIndex else { continue }
    let name = String(heading[..<start])
    let unit = String(heading[heading.index(after: start)...].dropLast())
    let trimmedName = trimmedText(name)
    if !trimmedName.isEmpty, !unit.isEmpty { return (trimmedName, trimmedText(unit)) }
  }
  return (heading, nil)
}

private func trimmedText(_ text: String) -> String {
  let bytes = Array(text.utf8)
  return Loading.text(trimmed(0..<bytes.count, of: bytes), of: bytes)
}

/// A metric may stand where functions do, so it cannot be called as any keyword is.
private func isFree(_ text: String, _ taken: Set<String>, isMetric: Bool) -> Bool {
  let folded = foldedName(text)
  if isMetric, Keywords.keyword(spelled: text) != nil { return false }
  return !folded.isEmpty && !taken.contains(folded) && !Keywords.mustBeBracketed(text)
}

/// Every spelling that finds a metric or a dimension, folded.
private func takenNames(of catalog: Catalog) -> Set<String> {
  var names: Set<String> = []
  func add(_ name: String, _ label: Bilingual, _ aliases: [String]) {
    for spelling in [name, label.english, label.chinese] + aliases {
      names.insert(foldedName(spelling))
    }
  }
  for metric in catalog.metrics { add(metric.name, metric.label, metric.aliases) }
  for dimension in catalog.dimensions { add(dimension.name, dimension.label, dimension.aliases) }
  return names
}

extension Dataset {
  /// Whether it was defined as above, for a table that fits none.
  var isOwnTable: Bool {
    grain == ["row"] && time == nil && !filePatterns.isEmpty && columns.allSatisfy(\.isOptional)
  }
}
