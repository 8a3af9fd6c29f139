// HelpGuide.swift: the session arrives; the pages of `.help` leave, with sentences that can be run
// on the loaded data.

import Catalog
import Planning
import Rendering
import Syntax

struct HelpGuide {
  let session: Session
  let language: Language

  private var catalog: Catalog { session.ground.vocabulary.catalog }

  /// The lines of the first page.
  var contents: [String] {
    var lines = [Bilingual("Questions to begin with:", "可以先问：")[language]]
    lines += openingQuestions.map { "  " + $0 }
    lines += ["", Bilingual("Commands:", "命令：")[language]]
    lines += aligned(DotCommand.all.map { (Self.call(of: $0, language), $0.help[language]) })
    lines += [
      "",
      Bilingual(
        "Tab completes, F1 says what may come here, .help WORD tells more",
        "Tab 补全，F1 提示此处可写什么，.帮助 词 看说明")[language],
    ]
    return lines
  }

  /// nil where nothing has that name.
  func page(about text: String) -> [String]? {
    let bare = text.hasPrefix(".") || text.hasPrefix("。") ? String(text.dropFirst()) : text
    if case .command(let command) = DotCommand.named(bare) { return page(of: command) }
    return nil
  }

  func nearest(to text: String) -> String? {
    let names = DotCommand.all.flatMap { [$0.english, $0.chinese] }
    return nearestName(to: text, among: names).flatMap { name in
      editDistance(foldedName(text), name, limit: 2) == nil ? nil : name
    }
  }

  // MARK: - Commands

  static func call(of command: DotCommand, _ language: Language) -> String {
    let usage = command.usage(in: language)
    return ".\(command.name(in: language))" + (usage.isEmpty ? "" : " \(usage)")
  }

  private func page(of command: DotCommand) -> [String] {
    let other: Language = language == .chinese ? .english : .chinese
    var lines = [
      Self.call(of: command, language) + "  (.\(command.name(in: other)))",
      "  " + command.help[language],
    ]
    if !command.isForBatch {
      lines.append("  " + Bilingual("at the prompt only", "只在提示符下可用")[language])
    }
    for case .choice(let choices) in command.arguments.map(\.kind) {
      lines.append("  " + choices.map(\.word).joined(separator: ", "))
    }
    return lines
  }

  // MARK: - Questions

  /// Sentences on the loaded data, made of the catalogue's first words.
  private var openingQuestions: [String] {
    guard let metric = catalog.metrics.first,
      let dimension = catalog.dimensions.first(where: { $0.parent != nil })
    else { return [] }
    let parent = dimension.parent.flatMap { catalog.dimension(named: $0) }
    return [
      "\(metric.name) by \(parent?.name ?? dimension.name) with totals",
      "\(metric.name) by \(dimension.name) top 5 with share",
    ].compactMap(canonical)
  }

  /// A sentence in the language of the page.
  private func canonical(_ source: String) -> String? {
    let parsed = parse(source, knowing: session.knownWords).statements.first
    guard case .query(let question)? = parsed?.statement?.kind else { return nil }
    return sentence(of: question, in: language, naming: session.pipeline.canonicalNames(language))
  }

  /// Two columns, the second one aligned by cells.
  private func aligned(_ rows: [(String, String)]) -> [String] {
    let widest = min(30, rows.map { displayWidth($0.0) }.max() ?? 0)
    return rows.map { first, second in
      "  " + first + String(repeating: " ", count: max(1, widest + 2 - displayWidth(first)))
        + second
    }
  }
}
