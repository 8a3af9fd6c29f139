// PlainMode.swift: the mode `plain`: columns without lines.

import Syntax

extension OutputMode {
  package static let plain = OutputMode(
    name: "plain", help: Bilingual("columns without lines", "没有线的表"), isPeopleMode: true,
    hasBlankLineBetween: true
  ) { answer, options in
    renderGrid(answer, .plain, options)
  }
}
