// InspectionText.swift: what an inspection tells of the data files leaves as text or as JSON
// (console.md 11.8).

import Catalog
import Columns
import Loading
import Rendering
import Syntax
import Workspace

extension DataOpening {
  /// Reads DATA as a load would, prints what was read, keeps nothing.
  ///
  /// - Returns: 3 where a file would be refused.
  func inspectData() -> Int32 {
    let catalog: Catalog
    do throws(WorkspaceFault) {
      guard let found = try rules(of: nil) else { return 3 }
      catalog = found.0
    } catch {
      writer.tell(error.fault(of: ""), in: language)
      return 3
    }
    guard !options.data.isEmpty else {
      writer.report(
        Bilingual("--inspect needs a file or folder\n", "--inspect 要写明文件或文件夹\n")[language])
      return 2
    }
    var isRefused = false
    for path in options.data {
      for file in inspect(paths: [path], with: catalog, options: loadOptions) {
        isRefused = isRefused || file.isRefused
        switch options.mode {
        case .json, .jsonl: writer.write(json(file))
        default: writer.write(Array(text(file, catalog).utf8))
        }
      }
    }
    return isRefused ? 3 : 0
  }

  // MARK: - Text

  private func text(_ file: InspectedFile, _ catalog: Catalog) -> String {
    var lines: [String] = []
    let state = file.isRefused ? Bilingual("refused", "拒绝载入") : Bilingual("readable", "可以载入")
    lines.append("\(file.file)  \(file.encoding ?? "-")  \(state[language])")
    for table in file.tables { lines += tableLines(table, catalog) }
    if !file.findings.isEmpty { lines.append(Bilingual("  findings", "  发现")[language]) }
    for finding in file.findings {
      let place = finding.line.map { Bilingual(", line \($0)", "，第 \($0) 行")[language] } ?? ""
      lines.append("    \(finding.code)\(place)  \(finding.text[language])")
      lines += finding.cures.map { "      = " + $0[language] }
    }
    return lines.map { terminalSafe($0) + "\n" }.joined()
  }

  private func tableLines(_ table: InspectedTable, _ catalog: Catalog) -> [String] {
    let fitting = table.dataset.map { catalog.dataset(named: $0)?.spoken[language] ?? $0 }
    let dataset = fitting ?? Bilingual("fits no data set", "不属于已有数据集")[language]
    let parted = table.delimiter.map { mark in
      let shown = mark == "\t" ? "TAB" : mark
      return Bilingual("  parted by \(shown)", "  分隔符 \(shown)")[language]
    }
    var lines = [
      "  \(table.name)  \(dataset)\(parted ?? "")  "
        + Bilingual(counted(table.rows.count, "row"), "\(table.rows.count) 行")[language]
    ]
    if !table.header.isEmpty { lines.append("    " + table.header.joined(separator: " | ")) }
    lines += table.rows.map { "    " + $0.joined(separator: " | ") }
    for skipped in table.skipped {
      let place =
        skipped.line > 0
        ? Bilingual("line \(skipped.line): ", "第 \(skipped.line) 行：")[language] : ""
      lines.append(
        Bilingual("    skipped ", "    跳过 ")[language]
          + "\(place)\(skipped.why[language]): \(skipped.text)")
    }
    return lines
  }

  // MARK: - JSON

  private func json(_ file: InspectedFile) -> [UInt8] {
    var json = JSONWriter(isTerminal: false)
    json.append(raw: "{")
    json.append(key: "file")
    json.append(text: file.file)
    json.append(raw: ",")
    json.append(key: "encoding")
    json.append(optional: file.encoding)
    json.append(raw: ",")
    json.append(key: "tables")
    json.append(list: file.tables) { json, table in write(table, to: &json) }
    json.append(raw: ",")
    json.append(key: "findings")
    json.append(list: file.findings) { json, finding in
      json.append(raw: "{")
      json.append(key: "code")
      json.append(text: finding.code)
      json.append(raw: ",")
      json.append(key: "severity")
      json.append(text: finding.severity.rawValue)
      json.append(raw: ",")
      json.append(key: "line")
      json.append(raw: finding.line.map { "\($0)," } ?? "null,")
      json.append(key: "column")
      json.append(optional: finding.column)
      json.append(raw: ",")
      json.append(key: "text")
      let mark = Bilingual("; ", "；")[language]
      json.append(
        text: ([finding.text] + finding.cures).map { $0[language] }.joined(separator: mark))
      json.append(raw: "}")
    }
    json.append(raw: "}\n")
    return json.bytes
  }

  private func write(_ table: InspectedTable, to json: inout JSONWriter) {
    json.append(raw: "{")
    json.append(key: "name")
    json.append(text: table.name)
    json.append(raw: ",")
    json.append(key: "dataset")
    json.append(optional: table.dataset)
    json.append(raw: ",")
    json.append(key: "delimiter")
    json.append(optional: table.delimiter)
    json.append(raw: ",")
    json.append(key: "header")
    json.append(list: table.header) { json, cell in json.append(text: cell) }
    json.append(raw: ",")
    json.append(key: "rows")
    json.append(list: table.rows) { json, row in
      json.append(list: row) { json, cell in json.append(text: cell) }
    }
    json.append(raw: ",")
    json.append(key: "skipped")
    json.append(list: table.skipped) { json, skipped in
      json.append(raw: "{")
      json.append(key: "line")
      json.append(raw: "\(skipped.line),")
      json.append(key: "text")
      json.append(text: skipped.text)
      json.append(raw: ",")
      json.append(key: "why")
      json.append(text: skipped.why[language])
      json.append(raw: "}")
    }
    json.append(raw: "}")
  }
}

extension JSONWriter {
  fileprivate mutating func append(optional text: String?) {
    if let text { append(text: text) } else { append(raw: "null") }
  }
}
