// CommandList.swift: every command, in the order of the help; a name as typed arrives, the command
// it means leaves.

import Syntax

extension DotCommand {
  package static let all: [DotCommand] = [
    .help, .keys, .about, .quit, .load, .keep, .export, .drop, .connect, .data, .reload, .values,
    .mode,
    .output,
    .once, .copy, .headline, .notes, .width, .ambiguous, .null, .color, .theme, .present, .pager,
    .timer, .lang, .echo, .history, .edit, .again, .back, .why, .save, .script, .read, .watch,
    .stage, .tour, .shell,
  ]

  package enum Found: Sendable {
    case command(DotCommand)
    /// The beginning of several names.
    case several([DotCommand])
    /// With the nearest name, if one is near.
    case none(nearest: String?)
  }

  /// The command a name means: the name itself in either language, or a beginning that only one
  /// has.
  package static func named(_ typed: String) -> Found {
    let folded = foldedName(typed)
    if let command = all.first(where: { $0.english == folded || $0.chinese == folded }) {
      return .command(command)
    }
    let begun = all.filter { $0.english.hasPrefix(folded) || $0.chinese.hasPrefix(folded) }
    if begun.count == 1 { return .command(begun[0]) }
    if !begun.isEmpty { return .several(begun) }
    let isChinese = folded.unicodeScalars.contains { !$0.isASCII }
    let names = all.map { isChinese ? $0.chinese : $0.english }
    let limit = isChinese ? 1 : 2
    let near = nearestName(to: folded, among: names).flatMap { name in
      editDistance(folded, name, limit: limit) == nil ? nil : name
    }
    return .none(nearest: near)
  }

  /// The table of the README: command, its Chinese name, arguments, what it does; `B` marks those
  /// of `-c` and the init file.
  package static func table(in language: Language) -> String {
    let heads = Bilingual(
      "| command | Chinese | arguments | prints or does |", "| 命令 | 英文 | 参数 | 显示或做什么 |")
    var lines = [heads[language], "|---|---|---|---|"]
    let other: Language = language == .chinese ? .english : .chinese
    for command in all {
      let usage = command.usage(in: language).replacing("|", with: "\\|")
      let mark = command.isForBatch ? " B" : ""
      lines.append(
        "| `.\(command.name(in: language))`\(mark) | `.\(command.name(in: other))` | \(usage) "
          + "| \(command.help[language].replacing("|", with: "\\|")) |")
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// Every place of one character by another text.
  fileprivate func replacing(_ old: Character, with new: String) -> String {
    reduce(into: "") { $0 += $1 == old ? new : String($1) }
  }
}
