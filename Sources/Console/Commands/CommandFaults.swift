// CommandFaults.swift: what is wrong with a command, one factory a code (C01 to C04).

import Planning
import Rendering
import Syntax

extension Diagnostic {
  static func unknownCommand(_ call: CommandCall, nearest: String?) -> Diagnostic {
    let shown = terminalSafe(call.name)
    let offer =
      nearest.map { Bilingual("did you mean .\($0)?", "是不是 .\($0)？") }
      ?? Bilingual(".help lists all", ".帮助 列出全部")
    return Diagnostic(
      "C01", at: call.nameRange,
      Bilingual(
        "there is no command .\(shown), \(offer.english)", "没有命令 .\(shown)，\(offer.chinese)"))
  }

  static func ambiguousCommand(_ call: CommandCall, among commands: [DotCommand]) -> Diagnostic {
    let shown = terminalSafe(call.name)
    let isChinese = call.name.unicodeScalars.contains { !$0.isASCII }
    let list = commands.map { "." + (isChinese ? $0.chinese : $0.english) }
    return Diagnostic(
      "C01", at: call.nameRange,
      Bilingual(
        ".\(shown) may be \(list.joined(separator: ", "))",
        ".\(shown) 可以是 \(list.joined(separator: "、"))"))
  }

  /// A command where there are none: in a script, in piped statements, and those without B in `-c`.
  static func commandNotHere(
    _ range: SourceRange, _ command: DotCommand?, isScript: Bool
  ) -> Diagnostic {
    let message =
      isScript
      ? Bilingual("a script holds statements, no commands", "脚本里只能有语句，不能有命令")
      : Bilingual("this command is for the prompt only", "此命令只能在提示符下使用")
    let hint =
      command?.instead.map { Bilingual("use \($0.english)", "请用\($0.chinese)") }
      ?? Bilingual("leave it out", "请去掉")
    return Diagnostic("C02", at: range, message, hints: [hint])
  }

  static func commandNotSafe(_ call: CommandCall) -> Diagnostic {
    Diagnostic(
      "C02", at: call.nameRange,
      Bilingual("with --safe no program is started", "--safe 下不启动任何程序"))
  }

  static func wrongArgument(_ call: CommandCall, of command: DotCommand) -> Diagnostic {
    wrongArgument(call, command, at: call.argumentRange)
  }

  static func wrongArgument(
    _ call: CommandCall, _ command: DotCommand, at range: SourceRange
  ) -> Diagnostic {
    func line(_ language: Language) -> String {
      let usage = command.usage(in: language)
      return ".\(command.name(in: language))" + (usage.isEmpty ? "" : " \(usage)")
    }
    var message = Bilingual("the command is written \(line(.english))", "写法：\(line(.chinese))")
    if let word = call.words.first(where: { $0.range == range }) {
      let shown = terminalSafe(word.text)
      message = Bilingual(
        "`\(shown)` does not fit: " + message.english, "“\(shown)”不合用，" + message.chinese)
    }
    return Diagnostic("C03", at: range, message, hints: hints(call, command, at: range))
  }

  /// The words that a wrong one stands in the place of, the nearest first.
  private static func hints(
    _ call: CommandCall, _ command: DotCommand, at range: SourceRange
  ) -> [Bilingual] {
    guard case .choice(let choices)? = command.arguments.first?.kind, choices.count > 1,
      let word = call.words.first, word.range.lower == range.lower
    else { return [] }
    let names = choices.map(\.word)
    let near = nearestName(to: word.text, among: names).flatMap {
      editDistance(foldedName(word.text), $0, limit: 1) == nil ? nil : $0
    }
    let offer = near.map { Bilingual("did you mean \($0)? ", "是不是 \($0)？") }
    let list = Bilingual(listing: choices.map(\.spoken))
    return [
      Bilingual(
        (offer?.english ?? "") + "words: \(list.english)",
        (offer?.chinese ?? "") + "可写：\(list.chinese)")
    ]
  }

  /// A file that a command reads or writes.
  static func fileFault(_ path: String, _ fault: SystemError, at range: SourceRange) -> Diagnostic {
    let shown = terminalSafe(path)
    return Diagnostic(
      "C04", at: range,
      Bilingual("\(shown): \(fault.text.english)", "\(shown)：\(fault.text.chinese)"))
  }
}

extension DotCommand {
  /// The value of the first word among the choices of the first argument; nil without a word.
  ///
  /// - Throws: C03 for another word, or a second one.
  func choice(of call: CommandCall) throws(PlanningFault) -> String? {
    guard let word = call.words.first else { return nil }
    guard call.words.count == 1, case .choice(let choices)? = arguments.first?.kind,
      let chosen = Self.choice(word.text, among: choices)
    else { throw .wrong(.wrongArgument(call, of: self)) }
    return chosen
  }

  static func choice(_ typed: String, among choices: [CommandChoice]) -> String? {
    let folded = foldedName(typed)
    return choices.first { $0.word == folded || $0.chinese == folded }?.word
  }

  /// A whole number within bounds.
  func number(
    _ word: CommandCall.Word, in range: ClosedRange<Int>, of call: CommandCall
  ) throws(PlanningFault) -> Int {
    guard let number = Int(foldedName(word.text)), range.contains(number) else {
      throw .wrong(.wrongArgument(call, self, at: word.range))
    }
    return number
  }
}
