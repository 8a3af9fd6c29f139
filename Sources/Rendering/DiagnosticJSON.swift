// DiagnosticJSON.swift: a diagnostic, refusal or note arrives, its line for `--errors json` leaves.

import Columns
import Syntax

/// `{"file","line","column","width","code","severity","text","help"}` and a newline. Column and
/// width count characters; a refusal or note covers no characters and has width 0.
package func diagnosticJSON(
  _ diagnostic: Diagnostic, source: String?, place: DiagnosticPlace, language: Language
) -> String {
  let position = excerpt(of: diagnostic, source, ambiguous: 1)?.position
  return problemJSON(
    place, position, code: diagnostic.code, severity: "error",
    text: diagnostic.message[language], help: diagnostic.hints.prefix(2).map { $0[language] })
}

package func refusalJSON(code: String, text: String, place: DiagnosticPlace) -> String {
  problemJSON(place, nil, code: code, severity: "refusal", text: text, help: [])
}

/// A statement that was passed over, because the one it goes on from has failed.
package func skipJSON(text: String, place: DiagnosticPlace) -> String {
  problemJSON(place, nil, code: "SKIP", severity: "note", text: text, help: [])
}

func noteJSON(_ note: AnswerNote, place: DiagnosticPlace) -> String {
  problemJSON(place, nil, code: note.code, severity: "note", text: note.text, help: [])
}

private func problemJSON(
  _ place: DiagnosticPlace, _ position: SourcePosition?, code: String, severity: String,
  text: String, help: [String]
) -> String {
  // Stderr may be a terminal; the escapes change no value, so they are always used.
  var writer = JSONWriter(isTerminal: true)
  writer.append(raw: "{\"file\":")
  switch place {
  case .prompt:
    writer.append(raw: "null,\"line\":\(position?.line ?? 1)")
  case .batch(let name, let firstLine):
    writer.append(text: name)
    writer.append(raw: ",\"line\":\(lineNumber(firstLine: firstLine, position))")
  }
  writer.append(raw: ",\"column\":\(position?.column ?? 1),\"width\":\(position?.width ?? 0)")
  for (key, value) in [("code", code), ("severity", severity), ("text", text)] {
    writer.append(raw: ",")
    writer.append(key: key)
    writer.append(text: value)
  }
  writer.append(raw: ",\"help\":")
  writer.append(list: help) { $0.append(text: $1) }
  writer.append(raw: "}\n")
  return String(decoding: writer.bytes, as: UTF8.self)
}
