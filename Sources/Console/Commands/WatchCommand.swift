// WatchCommand.swift: `.watch SECONDS [statement]`: an answer drawn again and again in its place.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let watch = DotCommand(
    "watch", "监视", [.seconds, .statement.optional],
    help: Bilingual(
      "draws a statement, else the last question, every SECONDS and on new data; q ends",
      "每隔几秒、数据变化时重画语句（默认上一问）；q 结束"),
    instead: Bilingual("the option --watch", "选项 --watch"), action: watchStatement)

  @Sendable private static func watchStatement(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let word = call.words.first else { throw .wrong(.wrongArgument(call, of: watch)) }
    let seconds = try watch.number(word, in: 1...86_400, of: call)
    var source = call.rest(from: 1)
    if source.isEmpty {
      guard let question = batch.session.lastQuestion else {
        throw .wrong(.nothingAnswered(call))
      }
      let language = batch.lastAnswer?.language ?? call.language
      source = sentence(
        of: question, in: language, naming: batch.session.pipeline.canonicalNames(language))
    }
    batch.watch(source, every: seconds, call.language)
    return .done
  }
}

extension Batch {
  /// Draws until `q` or Ctrl-C. A fault is told below the last good picture, which stays.
  fileprivate mutating func watch(_ source: String, every seconds: Int, _ language: Language) {
    SystemCalls.clearInterruption()
    SystemCalls.readKeys(true)
    defer { SystemCalls.readKeys(false) }
    var files = DataWatch(data.readPaths)
    let times = options.showsTiming
    options.showsTiming = false
    defer { options.showsTiming = times }
    while true {
      var isGood = false
      let bytes = captured { isGood = $0.runEntry(source) }
      if isGood {
        if !drawsPlainly { writer.write("\u{1B}[H\u{1B}[2J") }
        writer.write(bytes)
        let ending = Bilingual("every \(seconds) s, q ends", "每 \(seconds) 秒，q 结束")[language]
        writer.write("\(watchLine)  \(ending)\n")
      }
      writer.flush()
      guard waitForRound(seconds, &files) else { return }
    }
  }

  /// False when the person has had enough.
  private mutating func waitForRound(_ seconds: Int, _ files: inout DataWatch) -> Bool {
    let end = SystemCalls.monotonicNanoseconds + Int64(seconds) * 1_000_000_000
    while SystemCalls.monotonicNanoseconds < end {
      switch SystemCalls.key(within: DataWatch.intervalMilliseconds) {
      case .pressed(let byte) where byte == UInt8(ascii: "q"): return false
      case .interrupted, .lost: return false
      case .pressed, .nothing: break
      }
      if files.hasChanged() {
        if readAgain() { return true }
        writer.flush()
      }
    }
    return true
  }
}
