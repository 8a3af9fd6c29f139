// JSONMode.swift: the mode `json`: one object a statement (console.md 2.6).

import Columns
import Syntax

extension OutputMode {
  package static let json = OutputMode(
    name: "json", help: Bilingual("one JSON object a statement", "每句一个 JSON 对象"),
    isPeopleMode: false, hasBlankLineBetween: false
  ) { answer, options in
    var writer = JSONWriter(isTerminal: options.isTerminal)
    writer.append(answer, elapsedMilliseconds: options.elapsedMilliseconds)
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func append(_ answer: Answer, elapsedMilliseconds: Double) {
    append(raw: "{\"query\":")
    append(text: answer.sentence)
    append(raw: ",\"columns\":")
    append(list: answer.columns) { writer, column in
      writer.append(raw: "{\"name\":")
      writer.append(text: column.name)
      writer.append(raw: ",\"label\":")
      writer.append(text: column.label)
      writer.append(raw: ",\"kind\":")
      writer.append(text: column.kind.rawValue)
      writer.append(raw: "}")
    }
    append(raw: ",\"rows\":")
    append(list: answer.rows) { writer, row in
      writer.append(list: row.cells) { $0.append($1) }
    }
    append(raw: ",\"shown\":")
    append(list: answer.rows) { writer, row in
      writer.append(list: row.cells) { $0.append(text: $1.shown) }
    }
    append(raw: ",\"totals\":")
    if let totals = answer.totals {
      append(list: totals.cells) { $0.append($1) }
    } else {
      append(raw: "null")
    }
    appendRemarks(of: answer)
    append(raw: ",\"elapsed_ms\":" + threeDecimals(elapsedMilliseconds) + "}\n")
  }

  private mutating func appendRemarks(of answer: Answer) {
    append(raw: ",\"basis\":")
    append(text: answer.basis)
    append(raw: ",\"notes\":")
    append(list: answer.notes) { $0.append(code: $1.code, text: $1.text) }
    append(raw: ",\"refusal\":")
    if let refusal = answer.refusal {
      append(code: refusal.code, text: refusal.text)
    } else {
      append(raw: "null")
    }
  }

  private mutating func append(code: String, text: String) {
    append(raw: "{\"code\":")
    append(text: code)
    append(raw: ",\"text\":")
    append(text: text)
    append(raw: "}")
  }
}
