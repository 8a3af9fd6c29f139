// JSONLinesMode.swift: the mode `jsonl`: one object a row.

import Columns
import Syntax

extension OutputMode {
  package static let jsonl = OutputMode(
    name: "jsonl", help: Bilingual("one JSON object a row", "每行一个 JSON 对象"),
    isPeopleMode: false, hasBlankLineBetween: false
  ) { answer, options in
    if answer.refusal != nil || answer.columns.isEmpty { return [] }
    var writer = JSONWriter(isTerminal: options.isTerminal)
    let keys = distinctKeys(answer.columns.map(\.name))
    for row in answer.rows + (answer.totals.map { [$0] } ?? []) {
      writer.append(raw: "{")
      for (index, key) in keys.enumerated() {
        if index > 0 { writer.append(raw: ",") }
        writer.append(key: key)
        let cell = index < row.cells.count ? row.cells[index] : .undefined
        if options.isPrinted, cell.raw != .none {
          writer.append(text: cell.shown)
        } else {
          writer.append(cell)
        }
      }
      writer.append(raw: "}\n")
    }
    return writer.bytes
  }
}

/// A repeated name gets `_2`, `_3` …; a name made so is not taken twice either.
func distinctKeys(_ names: [String]) -> [String] {
  var taken: Set<String> = []
  return names.map { name in
    var key = name
    var number = 2
    while !taken.insert(key).inserted {
      key = "\(name)_\(number)"
      number += 1
    }
    return key
  }
}
