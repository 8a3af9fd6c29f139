// CommandArgument.swift: what may stand behind a command: checked by the command, offered by
// completion, shown by the help.

import Rendering
import Syntax

package struct CommandArgument: Sendable {
  /// What completion offers in this place.
  package enum Kind: Sendable {
    case choice([CommandChoice])
    case file, folder
    case dimension, member
    case period
    /// A command, metric, dimension or keyword.
    case topic
    case number
    /// The number of an entry of the history.
    case entry
    case statement
    /// Free text: nothing can be offered.
    case text
  }
  package var kind: Kind
  /// As the help writes it, brackets included.
  package var usage: Bilingual

  init(_ kind: Kind, _ usage: Bilingual) {
    self.kind = kind
    self.usage = usage
  }
}

/// A fixed word; in Chinese it may be written as well.
package struct CommandChoice: Sendable, Hashable {
  package var word: String
  package var chinese: String?

  package init(_ word: String, _ chinese: String? = nil) {
    self.word = word
    self.chinese = chinese
  }

  /// As the help writes it in each language.
  var spoken: Bilingual { Bilingual(word, chinese ?? word) }

  static func list(_ choices: [CommandChoice], separator: String) -> Bilingual {
    Bilingual(
      choices.map(\.spoken.english).joined(separator: separator),
      choices.map(\.spoken.chinese).joined(separator: separator))
  }

  static let on = CommandChoice("on", "开")
  static let off = CommandChoice("off", "关")
  static let all = CommandChoice("all", "全部")
  static let auto = CommandChoice("auto", "自动")
  static let always = CommandChoice("always", "总是")
  static let never = CommandChoice("never", "从不")
  static let replace = CommandChoice("replace", "覆盖")
  static let append = CommandChoice("append", "追加")
}

extension CommandArgument {
  static func choice(_ choices: CommandChoice...) -> CommandArgument {
    CommandArgument(.choice(choices), CommandChoice.list(choices, separator: "|"))
  }
  /// A mode is called as behind `as`.
  static let mode = CommandArgument(
    .choice(
      OutputMode.all.map { mode in
        let word = Keywords.keyword(english: mode.name).map {
          Keywords.spelling(of: $0, in: .chinese)
        }
        return CommandChoice(mode.name, word == mode.name ? nil : word)
      }), Bilingual("MODE", "格式"))
  static let file = CommandArgument(.file, Bilingual("FILE", "文件"))
  static let files = CommandArgument(.file, Bilingual("FILE…", "文件…"))
  static let dimension = CommandArgument(.dimension, Bilingual("DIM", "维度"))
  static let member = CommandArgument(.member, Bilingual("text", "文字"))
  static let topic = CommandArgument(.topic, Bilingual("word", "词"))
  static let seconds = CommandArgument(.number, Bilingual("SECONDS", "秒"))
  static let statement = CommandArgument(.statement, Bilingual("statement", "语句"))
  static let entry = CommandArgument(.entry, Bilingual(same: "n"))
  static func text(_ english: String, _ chinese: String) -> CommandArgument {
    CommandArgument(.text, Bilingual(english, chinese))
  }
  static func number(_ english: String, _ chinese: String) -> CommandArgument {
    CommandArgument(.number, Bilingual(english, chinese))
  }

  /// The same, in brackets.
  var optional: CommandArgument {
    CommandArgument(kind, Bilingual("[\(usage.english)]", "[\(usage.chinese)]"))
  }
  /// Another text may stand in its place: `FILE|-`.
  func or(_ other: CommandChoice) -> CommandArgument {
    CommandArgument(
      kind, Bilingual("\(usage.english)|\(other.word)", "\(usage.chinese)|\(other.spoken.chinese)"))
  }
}
