// BoxMode.swift: the mode `box`: a table in box-drawing lines.

import Syntax

extension OutputMode {
  package static let box = OutputMode(
    name: "box", help: Bilingual("table in box lines", "线框表"), isPeopleMode: true,
    hasBlankLineBetween: true
  ) { answer, options in
    renderGrid(answer, options.drawsASCII ? .ascii : .box, options)
  }
}
