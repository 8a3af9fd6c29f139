// CSVMode.swift: the mode `csv`: RFC 4180, raw values.

import Syntax

extension OutputMode {
  package static let csv = OutputMode(
    name: "csv", help: Bilingual("comma-separated raw values", "逗号分隔的原值"),
    isPeopleMode: false, hasBlankLineBetween: true
  ) { answer, options in
    // The mark itself stands once, before the first result: whoever begins the file writes it.
    let format = SeparatedFormat(
      separator: UInt8(ascii: ","), lineEnd: options.endsWithCRLF ? [0x0D, 0x0A] : [0x0A],
      loneEmptyField: "\"\"", quote: csvField)
    return renderSeparated(answer, format, options)
  }
}

/// One record of fields that are no answer's, as the mode writes them.
package func csvRecord(_ fields: [String]) -> [UInt8] {
  let options = RenderOptions(mode: .csv)
  var record: [UInt8] = []
  for (index, field) in fields.enumerated() {
    if index > 0 { record.append(UInt8(ascii: ",")) }
    record.append(contentsOf: csvField(field, options).utf8)
  }
  record.append(0x0A)
  return record
}

/// Quoted only when needed, quotes doubled. On a terminal a line break inside is shown, not obeyed.
@Sendable private func csvField(_ text: String, _ options: RenderOptions) -> String {
  let safe = options.safeOnTerminal(text)
  let needsQuotes = safe.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
  guard needsQuotes else { return safe }
  var field = "\""
  for scalar in safe.unicodeScalars {
    if scalar == "\"" { field += "\"" }
    field.unicodeScalars.append(scalar)
  }
  return field + "\""
}
