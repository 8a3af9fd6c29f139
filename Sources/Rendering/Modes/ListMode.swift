// ListMode.swift: the mode `list`: the first column, one value a line.

import Columns
import Syntax

extension OutputMode {
  package static let list = OutputMode(
    name: "list", help: Bilingual("first column, one value a line", "只列第一栏，每值一行"),
    isPeopleMode: false, hasBlankLineBetween: true
  ) { answer, options in
    if answer.refusal != nil || answer.columns.isEmpty { return [] }
    var bytes: [UInt8] = []
    for row in answer.rows {
      let text = row.cells.first.flatMap { rawText(of: $0) } ?? ""
      for scalar in options.safeOnTerminal(text).unicodeScalars {
        bytes.append(contentsOf: (scalar == "\n" ? "\\n" : String(scalar)).utf8)
      }
      bytes.append(0x0A)
    }
    return bytes
  }
}
