// RunReport.swift: a document with questions arrives; the finished document leaves, or none, and
// the place of the question that failed (console.md 11.9).

import Columns
import Rendering
import Syntax

extension Batch {
  /// Answers the questions of a report in one session and writes the document.
  mutating func runReport(_ path: String) {
    let text: String
    do { text = try scriptText(ofFile: path) } catch {
      report(error, naming: path)
      status = max(status, 3)
      return
    }
    let report: ReportSource
    do { report = try ReportSource(text) } catch {
      fail(error, text, path)
      return
    }
    var pieces: [ReportPiece] = []
    for segment in report.segments {
      guard let piece = piece(of: segment, report, text, path) else {
        if let output = options.output {
          let name = terminalSafe(output.path)
          writer.report(
            Bilingual("\(name) was not written\n", "未写入 \(name)\n")[session.language])
        }
        return
      }
      // Markdown is read as one text as far as no table stands between.
      if case .markdown(let more) = piece, case .markdown(let before)? = pieces.last {
        pieces[pieces.count - 1] = .markdown(before + more)
      } else {
        pieces.append(piece)
      }
    }
    guard !options.onlyChecks else { return }
    finish(
      pieces.map(\.withoutLastLineEnd), hasHanzi: text.unicodeScalars.contains { $0.value > 0x2E7F }
    )
  }

  private mutating func finish(_ pieces: [ReportPiece], hasHanzi: Bool) {
    let name = options.mode?.rawValue ?? options.output?.formName ?? "md"
    let form = ReportForm(rawValue: name) ?? (name == "table" ? .txt : .md)
    var rendering = renderOptions
    rendering.width = options.widthCells
    let bytes = renderReport(
      pieces, as: form, language: hasHanzi ? .chinese : .english, with: rendering)
    guard let output = options.output else {
      writer.write(bytes)
      return
    }
    do throws(ResultFileProblem) {
      try fileWriter.write(bytes, to: output.path, existing: output.existing)
    } catch {
      tell(error, path: output.path)
    }
  }

  // MARK: - Pieces

  /// nil after a fault, which has been told.
  private mutating func piece(
    of segment: ReportSource.Segment, _ report: ReportSource, _ text: String, _ path: String
  ) -> ReportPiece? {
    switch segment {
    case .text(let markdown): return .markdown(markdown)
    case .figure(let range):
      return figure(at: range, report, text, path).map {
        .markdown(markdownText($0, RenderOptions(mode: .md)))
      }
    case .block(let words, let statements, let opening):
      var info = ""
      for word in words {
        switch word {
        case .text(let text): info += text
        case .figure(let range):
          guard let figure = figure(at: range, report, text, path) else { return nil }
          info += figure
        case .block: break
        }
      }
      guard let answers = answers(at: statements, report, text, path) else { return nil }
      guard !options.onlyChecks else { return .markdown("") }
      do throws(ReportFault) {
        let block = try ReportBlock(words: info)
        if block.isBare || block.isChartOnly || block.sentence != nil { tellNotes(of: answers) }
        let shaped = try block.shaped(answers)
        guard block.sentence != nil else { return .results(shaped, block) }
        // The end of the block's last line is the block's.
        let prose = markdownText(try block.prose(of: shaped), RenderOptions(mode: .md))
        return .markdown(prose + "\n")
      } catch {
        fail(error.diagnostic(at: opening), text, path)
        return nil
      }
    }
  }

  private mutating func answers(
    at range: SourceRange, _ report: ReportSource, _ text: String, _ path: String
  ) -> [Answer]? {
    collected = []
    let isDone = run(text, named: path, only: report.statements(at: range))
    defer { collected = nil }
    return isDone ? collected : nil
  }

  /// What a question for one figure comes to, as a table prints it; `as list`: the first column.
  private mutating func figure(
    at range: SourceRange, _ report: ReportSource, _ text: String, _ path: String
  ) -> String? {
    if let value = parameterText(at: range, report) { return value }
    guard let answers = answers(at: range, report, text, path) else { return nil }
    if options.onlyChecks { return "" }
    let rows = answers.first?.rows ?? []
    let columnCount = answers.first?.columns.count ?? 0
    guard answers.count == 1, let answer = answers.first else {
      fail(.noFigure(at: range, answers.count, 0, 0), text, path)
      return nil
    }
    tellNotes(of: answers)
    let isChinese = text.unicodeScalars.contains { $0.value > 0x2E7F }
    if answer.form == .list {
      let names = rows.map { $0.cells.first?.shown ?? "" }
      return names.isEmpty
        ? isChinese ? "无" : "none" : names.joined(separator: isChinese ? "、" : ", ")
    }
    guard rows.count == 1, columnCount == 1, let cell = rows[0].cells.first else {
      fail(.noFigure(at: range, 1, rows.count, columnCount), text, path)
      return nil
    }
    return renderOptions.shown(cell)
  }

  /// `{{ $name }}`: a parameter of the report that is a text, as it is.
  private func parameterText(at range: SourceRange, _ report: ReportSource) -> String? {
    let words = report.words(at: range)
    guard words.hasPrefix("$"), !words.contains(" "),
      let spans = session.pipeline.scope.values[String(words.dropFirst())], spans.count == 1,
      spans[0].upper == nil, case .text(let value) = spans[0].lower.kind
    else { return nil }
    return value
  }

  /// What the document does not show is said beside it, once.
  private mutating func tellNotes(of answers: [Answer]) {
    guard !options.isQuiet else { return }
    for line in answers.flatMap({ noteLines($0, with: renderOptions) })
    where toldNotes.insert(line).inserted {
      writer.report(line + "\n")
    }
  }

  private mutating func fail(_ fault: Diagnostic, _ text: String, _ path: String) {
    status = max(status, 1)
    report(fault, text, path, nil)
  }
}

extension ReportPiece {
  /// The line end before a block belongs to the block.
  fileprivate var withoutLastLineEnd: ReportPiece {
    guard case .markdown(let text) = self, text.hasSuffix("\n") else { return self }
    return .markdown(String(text.dropLast()))
  }
}

extension Diagnostic {
  fileprivate static func noFigure(
    at range: SourceRange, _ answerCount: Int, _ rowCount: Int, _ columnCount: Int
  ) -> Diagnostic {
    let found =
      answerCount == 1
      ? Bilingual("\(rowCount) rows and \(columnCount) columns", "\(rowCount) 行 \(columnCount) 列")
      : Bilingual("\(answerCount) results", "\(answerCount) 个结果")
    return Diagnostic(
      "O05", at: range,
      Bilingual(
        "`{{ }}` takes one figure, and this gives \(found.english)",
        "“{{ }}”只放一个数，而这里有 \(found.chinese)"),
      hints: [
        Bilingual(
          "for the names of a column add `as list`; for a table write a block",
          "要列出一列名称，请加“输出 list”；要表格，请写语句块")
      ])
  }
}

extension ReportFault {
  func diagnostic(at range: SourceRange) -> Diagnostic {
    let message =
      switch self {
      case .unknownWord(let word):
        Bilingual(
          "`\(terminalSafe(word))` means nothing behind ```tongbao",
          "“\(terminalSafe(word))”在 ```tongbao 后没有意义")
      case .unknownLabel(let label):
        Bilingual(
          "no column of the result is labelled `\(terminalSafe(label))`",
          "结果中没有名为“\(terminalSafe(label))”的列")
      case .nothingToJoin:
        Bilingual(
          "`join` needs two results or more by the same dimensions",
          "join 需要两个以上维度相同的结果")
      }
    return Diagnostic(
      "O05", at: range, message,
      hints: [
        Bilingual(
          "words: table, chart, join, number, hide, rename, add, fold, as, between, empty, "
            + "sentence",
          "可用：table、chart、join、number、hide、rename、add、fold、as、between、empty、sentence")
      ])
  }
}

/// All statements of the blocks of a report, for a look at its parameters.
func statements(ofReport text: String) -> String {
  guard let report = try? ReportSource(text) else { return "" }
  return report.segments.map { segment in
    guard case .block(_, let range, _) = segment else { return "" }
    return trimmedBlank(report.statements(at: range))
  }.joined(separator: "\n\n")
}

private func trimmedBlank(_ text: String) -> String {
  String(decoding: text.utf8.drop { $0 == 0x20 || $0 == 0x0A }, as: UTF8.self)
}
