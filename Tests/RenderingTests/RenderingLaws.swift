// RenderingLaws.swift: random hostile answers arrive; what must hold for every text is checked.

import Columns
import Syntax
import Testing

@testable import Rendering

private let gridModes: [OutputMode] = [.box, .table, .plain, .vertical, .chart]

@Suite struct RenderingLaws {
  @Test func `Every line of a box or table has the same width`() {
    var generator = SeededGenerator(state: 11)
    for _ in 0..<300 {
      var answer = generator.answer()
      answer.headline = nil
      answer.foot = []
      answer.basis = "hotline"
      answer.notes = []
      for mode in [OutputMode.box, .table] {
        for ambiguous in [1, 2] {
          let options = RenderOptions(
            mode: mode, isTerminal: true, width: Bool.random(using: &generator) ? 60 : nil,
            ambiguousWidth: ambiguous)
          let lines = render(answer, options).split(separator: "\n")
          let rules = lines.indices.filter { lines[$0].hasPrefix("┌") || lines[$0].hasPrefix("+-") }
          guard let top = rules.first,
            let bottom = lines.lastIndex(where: { $0.hasPrefix("└") || $0.hasPrefix("+-") })
          else { continue }
          let widths = Set(
            lines[top...bottom].map { displayWidth(String($0), ambiguous: ambiguous) })
          #expect(widths.count == 1, "\(answer)")
        }
      }
    }
  }

  @Test func `A terminal gets no control and no invisible character, and no line too wide`() {
    var generator = SeededGenerator(state: 12)
    for round in 0..<400 {
      var answer = generator.answer()
      answer.form = [nil, .bar, .spark].randomElement(using: &generator) ?? nil
      let width = 20 + round % 101
      for mode in OutputMode.all {
        let options = RenderOptions(mode: mode, isTerminal: true, width: width)
        let text = render(answer, options)
        for scalar in text.unicodeScalars where WidthClass(of: scalar) == .hidden {
          #expect(
            scalar == "\n" || scalar == "\t" && mode.name == "tsv", "\(mode.name) \(scalar.value)")
        }
        guard gridModes.contains(where: { $0.name == mode.name }) else { continue }
        for line in text.split(separator: "\n") {
          #expect(displayWidth(String(line)) <= width, "\(mode.name) \(width): \(line)")
        }
      }
    }
  }

  @Test func `A number is never cut`() {
    var generator = SeededGenerator(state: 13)
    for round in 0..<300 {
      let answer = generator.answer()
      let options = RenderOptions(mode: .box, isTerminal: true, width: 20 + round % 101)
      let text = render(answer, options)
      let isVertical = text.contains("*** 1 ***")
      let hidden = text.contains("vertical")
      for row in answer.rows {
        let shown = row.cells.dropFirst(answer.dimensionCount).map(\.shown)
        let found = shown.filter { text.contains($0) }
        // All are there, or the foot says that columns are not.
        #expect(found.count == shown.count || hidden && !isVertical)
      }
    }
  }

  @Test func `csv read back gives the cells, protected ones with their mark`() {
    var generator = SeededGenerator(state: 14)
    for _ in 0..<300 {
      let answer = generator.answer()
      let options = RenderOptions(mode: .csv, keepsRawCells: Bool.random(using: &generator))
      let text = render(answer, options)
      let expected =
        [answer.columns.map { protected($0.label, options) }]
        + (answer.rows + (answer.totals.map { [$0] } ?? [])).map { row in
          zip(answer.columns, row.cells).map { column, cell in
            let raw = rawText(of: cell) ?? ""
            return column.isNumeric ? raw : protected(raw, options)
          }
        }
      let records = readCSV(text)
      #expect(
        records.map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } })
    }
  }

  @Test func `tsv has one line a row and one field a column`() {
    var generator = SeededGenerator(state: 15)
    for _ in 0..<300 {
      let answer = generator.answer()
      let bytes = render(answer, with: RenderOptions(mode: .tsv))
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
      #expect(lines.count == 1 + answer.rows.count + (answer.totals == nil ? 0 : 1))
      #expect(lines.allSatisfy { $0.count { $0 == 0x09 } == answer.columns.count - 1 })
    }
  }

  @Test func `json is read by another reader, with the same texts and order of keys`() {
    guard hasPython else { return }
    var generator = SeededGenerator(state: 16)
    var inputs: [String] = []
    for round in 0..<60 {
      let answer = generator.answer()
      inputs.append(
        render(answer, RenderOptions(mode: .json, isTerminal: round % 2 == 0)))
      inputs.append(answer.sentence)
      inputs.append(answer.rows.map { $0.cells[0].shown }.joined(separator: "\u{1}"))
    }
    #expect(
      pythonAccepts(
        inputs, by: 15,
        """
        keys = 'query columns rows shown totals basis notes refusal elapsed_ms'.split()
        for text, sentence, firsts in zip(inputs[0::3], inputs[1::3], inputs[2::3]):
          assert text.endswith('}\\n') and text.count('\\n') == 1
          value = json.loads(text)
          assert list(value) == keys
          assert value['query'] == sentence
          assert '\\x01'.join(row[0] for row in value['shown']) == firsts
          assert [len(row) for row in value['rows']] == [len(value['columns'])] * len(value['rows'])
        """))
  }

  @Test func `jsonl is read line by line, csv by another reader`() {
    guard hasPython else { return }
    var generator = SeededGenerator(state: 17)
    var inputs: [String] = []
    for _ in 0..<40 {
      let answer = generator.answer()
      inputs.append(render(answer, .jsonl))
      inputs.append(
        render(answer, RenderOptions(mode: .csv, headerStyle: .none, keepsRawCells: true)))
    }
    #expect(
      pythonAccepts(
        inputs, by: 20,
        """
        for lines, table in zip(inputs[0::2], inputs[1::2]):
          objects = [json.loads(line) for line in lines.split('\\n')[:-1]]
          records = list(csv.reader(io.StringIO(table.replace('\\0', '\\x01'), newline='')))
          assert len(objects) == len(records)
          for object, record in zip(objects, records):
            assert object['c0'].replace('\\0', '\\x01') == record[0], (object, record)
        """))
  }

  @Test func `Markdown rows have equal width and as many bars as columns`() {
    var generator = SeededGenerator(state: 18)
    for _ in 0..<200 {
      let answer = generator.answer()
      let options = RenderOptions(mode: .md, isTerminal: true, showsHeadline: false)
      let lines = render(answer, options).split(separator: "\n").prefix {
        $0.hasPrefix("| ") || $0.hasPrefix("|-")
      }
      #expect(Set(lines.map { displayWidth(String($0)) }).count == 1)
      let barCounts = lines.map { $0.replacing("\\|", with: "").count { $0 == "|" } }
      #expect(barCounts.allSatisfy { $0 == answer.columns.count + 1 })
    }
  }

  @Test func `The same answer gives the same bytes twice`() {
    var generator = SeededGenerator(state: 19)
    for _ in 0..<50 {
      let answer = generator.answer()
      for mode in OutputMode.all { #expect(render(answer, mode) == render(answer, mode)) }
    }
  }
}

/// A small reader of RFC 4180, written without a look at the writer.
private func readCSV(_ text: String) -> [[String]] {
  var records: [[String]] = []
  var record: [String] = []
  var field = String.UnicodeScalarView()
  var isQuoted = false
  let scalars = Array(text.unicodeScalars)
  var index = 0
  while index < scalars.count {
    let scalar = scalars[index]
    if isQuoted {
      if scalar != "\"" {
        field.append(scalar)
      } else if index + 1 < scalars.count, scalars[index + 1] == "\"" {
        field.append("\"")
        index += 1
      } else {
        isQuoted = false
      }
    } else if scalar == "\"" {
      isQuoted = true
    } else if scalar == "," || scalar == "\n" {
      record.append(String(field))
      field = String.UnicodeScalarView()
      if scalar == "\n" {
        records.append(record)
        record = []
      }
    } else {
      field.append(scalar)
    }
    index += 1
  }
  return records
}
