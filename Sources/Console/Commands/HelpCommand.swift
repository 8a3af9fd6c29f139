// HelpCommand.swift: `.help [word]`: the contents, or one page with sentences that can be run.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let help = DotCommand(
    "help", "帮助", [.topic.optional],
    help: Bilingual(
      "the commands and questions to begin with; or one page about a word", "命令和可以先问的问题；或某个词的一页说明"),
    isForBatch: true, instead: Bilingual("`tongbao --help`", "“tongbao --help”"), action: showHelp)

  @Sendable private static func showHelp(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let guide = HelpGuide(session: batch.session, language: call.language)
    guard let word = call.words.first else {
      batch.tell(guide.contents(to: batch.pageWidth))
      return .done
    }
    guard let page = guide.page(about: call.rest(from: 0)) else {
      throw .wrong(.noHelp(about: word.text, at: word.range, nearest: guide.nearest(to: word.text)))
    }
    batch.tell(page)
    return .done
  }
}

extension Diagnostic {
  fileprivate static func noHelp(about word: String, at range: SourceRange, nearest: String?)
    -> Diagnostic
  {
    let shown = terminalSafe(word)
    let offer = nearest.map { Bilingual(", did you mean `\($0)`?", "，是不是“\($0)”？") }
    return Diagnostic(
      "C03", at: range,
      Bilingual(
        "nothing is known about `\(shown)`" + (offer?.english ?? ""),
        "没有关于“\(shown)”的说明" + (offer?.chinese ?? "")),
      hints: [Bilingual(".help lists what there is", ".帮助 列出全部")])
  }
}
