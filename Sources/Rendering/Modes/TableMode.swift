// TableMode.swift: the mode `table`: the box in ASCII.

import Syntax

extension OutputMode {
  package static let table = OutputMode(
    name: "table", help: Bilingual("table in + - |", "用 + - | 画的表"), isPeopleMode: true,
    hasBlankLineBetween: true
  ) { answer, options in
    renderGrid(answer, .ascii, options)
  }
}
