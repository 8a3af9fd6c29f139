// Main.swift: the line editor alone, for tests: it reads entries and prints them, and knows a dozen
// words instead of a language.

import Console
import Rendering
import Syntax

/// Words of a small language: enough for every key of the editor to have something to do.
final class DemoSource: CompletionSource {
  private let metrics = CandidateSet([
    Candidate("overdue", twin: "逾期"), Candidate("orders", twin: "应办"),
    Candidate("ontime", twin: "按期"),
  ])
  private let words = CandidateSet([Candidate("by"), Candidate("bottom"), Candidate("where")])
  private let units = CandidateSet(
    [
      Candidate("县住建局", aliases: ["住建"]), Candidate("县教体局"), Candidate("县交管大队"),
      Candidate("县交通运输局"), Candidate("县商信局"), Candidate("县公安局"),
    ], counts: [52, 111, 107, 101, 11, nil], total: 2575)

  func completion(in text: String, at cursor: Int) -> CompletionReply {
    let before = String(decoding: Array(text.utf8).prefix(cursor), as: UTF8.self)
    if before.hasSuffix("?") {
      return .panel(
        [PanelLine("a metric, then by and a dimension")], text: String(before.dropLast()),
        cursor: cursor - 1)
    }
    let start =
      before.utf8.lastIndex { $0 == 0x20 || $0 == UInt8(ascii: "=") }
      .map { before.utf8.index(after: $0) } ?? before.startIndex
    let typed = String(before[start...])
    let offset = before.utf8.distance(from: before.startIndex, to: start)
    let set = before[..<start].hasSuffix("=") ? units : offset == 0 ? metrics : words
    var request = CompletionRequest(range: offset..<cursor, typed: typed, candidates: set)
    // Names that are never all there.
    request.isUnfinished = before[..<start].hasSuffix("slow=")
    return .candidates(request)
  }
}

@main
struct EditorDemo {
  static func main() {
    runProcess(language: .english) { writer in
      do { try SystemCalls.handlePromptSignals() } catch { return 3 }
      let environment = ConsoleEnvironment()
      let history = History(file: HistoryFile(in: environment))
      try? history.load()
      let usesColor = environment.usesColor(.auto, isTerminal: SystemCalls.isTerminal(1))
      let style = EditorStyle(
        palette: Palette(theme: usesColor ? .dark : nil), language: environment.language)
      let arguments = CommandLine.arguments
      let prompt = arguments.count > 1 ? arguments[1] : "P> "
      let reader = EntryReader(
        writer: writer, style: style, hooks: hooks(history), history: history,
        environment: environment)
      return run(reader, Prompt(prompt), writer, history)
    }
  }

  static func hooks(_ history: History) -> EditorHooks {
    var hooks = EditorHooks()
    hooks.isIncomplete = { text in
      let trimmed = text.split(whereSeparator: \.isWhitespace).last ?? ""
      return trimmed == "where" || text.filter { $0 == "'" }.count % 2 == 1
    }
    hooks.inks = { text, _ in
      text.hasPrefix("overdue") ? [StyledRange(SourceRange(0, 7), .metric)] : []
    }
    hooks.hint = { beginning in
      let hit = history.continuation(of: beginning, dataName: "demo") ?? ""
      return String(decoding: Array(hit.utf8).dropFirst(beginning.utf8.count), as: UTF8.self)
    }
    hooks.completion = DemoSource()
    hooks.help = { _, _ in
      [PanelLine("one row of help"), PanelLine("", remark: "and another")]
    }
    hooks.editExternally = { $0 + "!" }
    hooks.knownWords = KnownWords(["县住建局", "超期"])
    return hooks
  }

  static func run(
    _ reader: EntryReader, _ prompt: Prompt, _ writer: CheckedWriter, _ history: History
  ) -> Int32 {
    while true {
      switch reader.read(prompt) {
      case .entry(let text):
        let escaped = text.split(separator: "\n", omittingEmptySubsequences: false)
        writer.write("ran [" + escaped.joined(separator: "|") + "]\n")
        writer.flush()
        try? history.add(text, dataName: "demo", microseconds: 1, hasSucceeded: true)
      case .end: return 0
      case .lost: return 3
      }
    }
  }
}
