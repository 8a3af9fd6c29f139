// TSVMode.swift: the mode `tsv`: one line a row, TAB between raw values.

import Syntax

extension OutputMode {
  package static let tsv = OutputMode(
    name: "tsv", help: Bilingual("tab-separated raw values", "制表符分隔的原值"),
    isPeopleMode: false, hasBlankLineBetween: true
  ) { answer, options in
    let format = SeparatedFormat(
      separator: 0x09, lineEnd: [0x0A], loneEmptyField: "", quote: tsvField)
    return renderSeparated(answer, format, options)
  }
}

/// TAB, newline, CR and backslash are written `\t \n \r \\`, so a field never breaks its line.
@Sendable private func tsvField(_ text: String, _ options: RenderOptions) -> String {
  var field = ""
  field.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\t": field += "\\t"
    case "\n": field += "\\n"
    case "\r": field += "\\r"
    case "\\": field += "\\\\"
    default: field.unicodeScalars.append(scalar)
    }
  }
  return options.safeOnTerminal(field)
}
