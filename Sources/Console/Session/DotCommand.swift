// DotCommand.swift: a line that begins with a dot arrives; what it sets or prints leaves.
//
// A command is one value: name, arguments, help and action; the help page and the messages come
// from the list (console.md 7).

import Rendering
import Syntax

struct DotCommand: Sendable {
  enum Outcome { case done, failed, leave }

  var english: String
  var chinese: String
  var arguments: String
  var help: Bilingual
  var action: @Sendable (_ words: [String], _ batch: inout Batch) -> Outcome

  static let all: [DotCommand] = [
    DotCommand(
      english: "help", chinese: "帮助", arguments: "",
      help: Bilingual("the commands, and questions to begin with", "命令和可以先问的问题"),
      action: showHelp),
    DotCommand(
      english: "mode", chinese: "格式", arguments: "[MODE]",
      help: Bilingual(
        "the form of results: box, csv, md, vertical …", "结果的格式：box、csv、md、vertical 等"),
      action: setMode),
    DotCommand(
      english: "data", chinese: "数据", arguments: "",
      help: Bilingual("what is loaded: files, periods, rows", "已载入的文件、时期和行数"),
      action: showData),
    DotCommand(
      english: "notes", chinese: "注", arguments: "on|off|all",
      help: Bilingual("note lines; all: also informational ones", "注行；all 连同提示性注"),
      action: setNotes),
    DotCommand(
      english: "timer", chinese: "计时", arguments: "on|off",
      help: Bilingual("the time of each answer", "每次回答的用时"), action: setTimer),
    DotCommand(
      english: "quit", chinese: "退出", arguments: "",
      help: Bilingual("leave", "离开"), action: { _, _ in .leave }),
  ]

  /// The words behind the dot; nil for any other line.
  static func line(of text: String) -> [String]? {
    let trimmed = text.drop { $0.isWhitespace }
    guard let first = trimmed.first, [".", "。", "．"].contains(first) else { return nil }
    let words = trimmed.dropFirst().split(whereSeparator: \.isWhitespace).map(String.init)
    return words.isEmpty ? nil : words
  }

  static func run(_ words: [String], _ batch: inout Batch) -> Outcome {
    guard let name = words.first else { return .failed }
    let typed = foldedName(name)
    let exact = all.filter { $0.english == typed || $0.chinese == typed }
    let found = exact.isEmpty ? all.filter { $0.english.hasPrefix(typed) } : exact
    guard found.count == 1, let command = found.first else {
      let language = batch.session.language
      let near = all.first { editDistance($0.english, typed, limit: 2) != nil }
      let shown = terminalSafe(name)
      let offer = Bilingual(
        near.map { "did you mean .\($0.english)?" } ?? ".help lists all",
        near.map { "是不是 .\($0.english)？" } ?? ".帮助 可列出全部")
      batch.writer.report(
        Bilingual(
          "error C01: there is no command .\(shown); \(offer.english)\n",
          "错误 C01：没有命令 .\(shown)，\(offer.chinese)\n")[language])
      return .failed
    }
    return command.action(Array(words.dropFirst()), &batch)
  }

  // MARK: - Actions

  @Sendable private static func showHelp(_ words: [String], _ batch: inout Batch) -> Outcome {
    let language = batch.session.language
    var lines: [String] = []
    for command in all {
      let name = language == .chinese ? command.chinese : command.english
      let head = ".\(name) \(command.arguments)"
      lines.append("  " + padded(head, to: 22) + command.help[language])
    }
    lines.append("")
    for example in examples(batch.session, language) { lines.append("  " + example) }
    batch.writer.write(lines.joined(separator: "\n") + "\n")
    return .done
  }

  /// Sentences on the loaded data, made of the catalogue's first words.
  private static func examples(_ session: Session, _ language: Language) -> [String] {
    let catalog = session.ground.vocabulary.catalog
    guard let metric = catalog.metrics.first,
      let dimension = catalog.dimensions.first(where: { $0.parent != nil })
    else { return [] }
    let parent = dimension.parent.flatMap { catalog.dimension(named: $0) }
    let sources = [
      "\(metric.name) by \(parent?.name ?? dimension.name) with totals",
      "\(metric.name) by \(dimension.name) top 5 with share",
    ]
    return sources.compactMap { source in
      guard
        case .query(let question)? = parse(source, knowing: session.knownWords).statements.first?
          .statement?.kind
      else { return nil }
      return sentence(
        of: question, in: language, naming: session.pipeline.canonicalNames(language))
    }
  }

  private static func padded(_ text: String, to cells: Int) -> String {
    text + String(repeating: " ", count: max(1, cells - displayWidth(text)))
  }

  @Sendable private static func setMode(_ words: [String], _ batch: inout Batch) -> Outcome {
    guard let word = words.first else {
      batch.writer.write(batch.modeName + "\n")
      return .done
    }
    guard let form = OutputForm(rawValue: foldedName(word)), ConsoleOptions.modes.contains(form)
    else { return wrongArgument(ConsoleOptions.modes.map(\.rawValue), batch) }
    batch.options.mode = form
    batch.drawAgain()
    return .done
  }

  @Sendable private static func setNotes(_ words: [String], _ batch: inout Batch) -> Outcome {
    switch words.first.map(foldedName) {
    case "on": batch.noteLevel = .standard
    case "off": batch.noteLevel = NoteLevel.none
    case "all": batch.noteLevel = .all
    default: return wrongArgument(["on", "off", "all"], batch)
    }
    return .done
  }

  @Sendable private static func setTimer(_ words: [String], _ batch: inout Batch) -> Outcome {
    switch words.first.map(foldedName) {
    case "on": batch.options.showsTiming = true
    case "off": batch.options.showsTiming = false
    default: return wrongArgument(["on", "off"], batch)
    }
    return .done
  }

  private static func wrongArgument(_ choices: [String], _ batch: Batch) -> Outcome {
    let list = choices.joined(separator: ", ")
    batch.writer.report(
      Bilingual("error C03: one of: \(list)\n", "错误 C03：可选：\(list)\n")[batch.session.language])
    return .failed
  }

  @Sendable private static func showData(_ words: [String], _ batch: inout Batch) -> Outcome {
    let loaded = batch.session.ground.loaded
    var lines: [String] = []
    for notice in loaded.notices {
      let counts = notice.rowCounts.map { "\($0.dataset) \($0.count)" }.joined(separator: ", ")
      lines.append(terminalSafe("\(notice.period.text)  \(notice.issuer)  \(notice.file)"))
      lines.append("  " + terminalSafe(counts))
    }
    for file in loaded.files {
      lines.append(terminalSafe("\(file.path)  \(file.encoding)  \(file.hash)"))
    }
    batch.writer.write(lines.joined(separator: "\n") + "\n")
    return .done
  }
}
