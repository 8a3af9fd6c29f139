// SettingCommands.swift: commands that set one thing for the rest of the session; without a word
// they print how it is set.

import Columns
import Planning
import Rendering
import Syntax

extension DotCommand {
  /// A command with fixed choices.
  ///
  /// - Parameters:
  ///   - get: the choice in force, as printed.
  ///   - set: takes the English word of a choice.
  private static func setting(
    _ english: String, _ chinese: String, _ choices: [CommandChoice], help: Bilingual,
    instead: Bilingual, get: @escaping @Sendable (Batch) -> String,
    set: @escaping @Sendable (String, inout Batch) -> Void
  ) -> DotCommand {
    let usage = CommandChoice.list(choices, separator: "|")
    let argument = CommandArgument(.choice(choices), usage).optional
    var command = DotCommand(
      english, chinese, [argument], help: help, isForBatch: true, instead: instead,
      action: { _, _ in .done })
    let checked = command
    command.action = { (call, batch) throws(PlanningFault) in
      guard let choice = try checked.choice(of: call) else {
        batch.writer.write(get(batch) + "\n")
        return .done
      }
      set(choice, &batch)
      return .done
    }
    return command
  }

  private static func onOff(_ isOn: Bool) -> String { isOn ? "on" : "off" }

  static let headline = setting(
    "headline", "提要", [.on, .off],
    help: Bilingual("the one sentence above a table", "表格上方的一句提要"),
    instead: Bilingual("the option --no-headline", "选项 --no-headline"),
    get: { onOff($0.options.showsHeadline) },
    set: { $1.options.showsHeadline = $0 == "on" })

  static let notes = setting(
    "notes", "注", [.on, .off, .all],
    help: Bilingual("note lines; all: also informational ones", "注行；全部：连同提示性注"),
    instead: Bilingual("the option --no-notes", "选项 --no-notes"),
    get: {
      switch $0.noteLevel {
      case .none: "off"
      case .standard: "on"
      case .all: "all"
      }
    },
    set: { $1.noteLevel = $0 == "all" ? .all : $0 == "on" ? .standard : NoteLevel.none })

  static let ambiguous = setting(
    "ambiguous", "歧义宽", [CommandChoice("1"), CommandChoice("2")],
    help: Bilingual(
      "cells of characters such as ─ “ ” ①; 2 draws with ASCII", "─ “ ” ① 等字符占几格；2 用 ASCII 画线"),
    instead: Bilingual("the option --ambiguous N", "选项 --ambiguous N"),
    get: { String($0.environment.ambiguousWidth($0.options.ambiguousWidth)) },
    set: { $1.options.ambiguousWidth = $0 == "2" ? 2 : 1 })

  static let color = setting(
    "color", "颜色", [.auto, .always, .never],
    help: Bilingual("colours; auto: on a terminal that shows them", "颜色；自动：在能显示的终端上使用"),
    instead: Bilingual("the option --color WHEN", "选项 --color WHEN"),
    get: { $0.options.color.rawValue },
    set: { $1.options.color = OptionWhen(rawValue: $0) ?? .auto })

  static let theme = setting(
    "theme", "配色",
    [CommandChoice("dark", "深色"), CommandChoice("light", "浅色"), CommandChoice("mono", "单色")],
    help: Bilingual(
      "colours for a dark or a light screen, or bold and underline alone", "深色或浅色屏幕的配色，或只用粗体、下划线"),
    instead: Bilingual("the option --color WHEN", "选项 --color WHEN"),
    get: { $0.theme.rawValue }, set: { $1.theme = Theme(rawValue: $0) ?? .dark })

  static let pager = setting(
    "pager", "分页", [.on, .off, .auto],
    help: Bilingual("long answers in a pager; auto: taller than the screen", "长结果分页看；自动：超过一屏时"),
    instead: Bilingual("the option --pager WHEN", "选项 --pager WHEN"),
    get: {
      switch $0.options.pager {
      case .always: "on"
      case .never: "off"
      case .auto: "auto"
      }
    },
    set: { $1.options.pager = $0 == "on" ? .always : $0 == "off" ? .never : .auto })

  static let timer = setting(
    "timer", "计时", [.on, .off], help: Bilingual("the time of each answer", "每次回答的用时"),
    instead: Bilingual("the option --timing", "选项 --timing"),
    get: { onOff($0.showsTiming) }, set: { $1.options.showsTiming = $0 == "on" })

  static let lang = setting(
    "lang", "语言", [CommandChoice("zh", "中文"), CommandChoice("en", "英文"), .auto],
    help: Bilingual(
      "language of messages and labels; auto: that of the question", "提示和表头的语言；自动：随问句"),
    instead: Bilingual("the option --lang", "选项 --lang"),
    get: { $0.options.language.map { $0 == .chinese ? "zh" : "en" } ?? "auto" },
    set: { word, batch in
      batch.options.language = word == "zh" ? .chinese : word == "en" ? .english : nil
      batch.session.language = batch.options.language ?? batch.environment.language
    })

  static let echo = setting(
    "echo", "回显", [.on, .off, CommandChoice("canonical", "规范")],
    help: Bilingual(
      "each statement before its result, as typed or in canonical form", "先显示语句再显示结果：原样，或规范写法"),
    instead: Bilingual("the option --echo", "选项 --echo"),
    get: { $0.options.echo.rawValue },
    set: { $1.options.echo = EchoForm(rawValue: $0) ?? .off })
}
