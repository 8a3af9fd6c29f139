// TourCommand.swift: `.tour`: eight sentences on the loaded data, each run when Enter is pressed.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let tour = DotCommand(
    "tour", "导览",
    help: Bilingual(
      "two minutes on the loaded data: eight sentences, Enter runs each, q leaves",
      "两分钟走一遍：八句话，回车执行，q 离开"), action: goAround)

  private static let stops: [(pattern: String, says: Bilingual)] = [
    (
      "{monthly}",
      Bilingual(
        "A metric alone is one figure, with the basis it was counted on.", "只写指标，就是一个数，下面注明口径。")
    ),
    (
      "{count} by {parent} with totals",
      Bilingual("`by` splits it; totals come from the rows, not the cells.", "“按”把它分开；合计由明细算出。")
    ),
    (
      "{monthly} by {leaf} top 3 with share",
      Bilingual("The first three, ties kept, with their share of all.", "前三名，并列保留，附占全部的比例。")
    ),
    (
      "{monthly} by {leaf} where month = {month}",
      Bilingual("`where` says which rows count.", "“其中”限定哪些行计入。")
    ),
    (
      "{ratio} by {leaf} bottom 3",
      Bilingual(
        "A rate is divided last: never added up, never averaged.", "比率最后才相除：不相加，不平均。")
    ),
    (
      "{monthly} by month as bar",
      Bilingual("A chart: one scale, bars from zero.", "图：同一标尺，从零起。")
    ),
    (
      "explain {score} where {leaf} = {member}",
      Bilingual("Every figure explains itself.", "每个数都能说明来历。")
    ),
    (
      "check",
      Bilingual(
        "And the published figures are held against each other.", "公布的数字还可以相互核对。")
    ),
  ]

  @Sendable private static func goAround(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let language = call.language
    let examples = ExampleQuestions(session: batch.session, language: language)
    let stops = stops.compactMap { stop in
      examples.sentence(stop.pattern).map { (sentence: $0, says: stop.says[language]) }
    }
    SystemCalls.clearInterruption()
    for (index, stop) in stops.enumerated() {
      // Before the sentence is seen: a key pressed at once is then a key.
      SystemCalls.readKeys(true)
      defer { SystemCalls.readKeys(false) }
      let head = "\(index + 1)/\(stops.count)  \(stop.says)"
      let keys = Bilingual("(Enter runs it, q leaves)", "（回车执行，q 离开）")[language]
      batch.writer.write("\n\(head)\n  \(stop.sentence)   \(keys)\n")
      batch.writer.flush()
      guard waitForEnter() else { return .done }
      SystemCalls.readKeys(false)
      // A fault here is told and does not end the tour.
      _ = batch.runEntry(stop.sentence)
    }
    batch.writer.write(
      Bilingual(
        "\nThat was all. `.help WORD` tells of a word, Tab completes, `.why` explains a figure.\n",
        "\n走完了。“.帮助 词”看任何一个词，Tab 补全，“.为什么”解释一个数。\n")[language])
    return .done
  }

  /// False for `q`, Ctrl-C, Ctrl-D and a terminal that has gone.
  private static func waitForEnter() -> Bool {
    while true {
      switch SystemCalls.key(within: 60_000) {
      case .pressed(0x0A), .pressed(0x0D): return true
      case .pressed(UInt8(ascii: "q")), .pressed(0x04), .interrupted, .lost: return false
      case .pressed, .nothing: continue
      }
    }
  }
}
