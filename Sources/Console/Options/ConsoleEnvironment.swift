// ConsoleEnvironment.swift: the variables of the environment leave as the values they stand for
// (console.md 2.3). Each is read when it is asked for: batch work asks for almost none.

import Rendering
import Syntax

package struct ConsoleEnvironment: Sendable {
  private let value: @Sendable (String) -> String?

  package init(_ value: @escaping @Sendable (String) -> String? = SystemCalls.environment) {
    self.value = value
  }

  /// Set and not empty.
  private func text(_ name: String) -> String? {
    guard let text = value(name), !text.isEmpty else { return nil }
    return text
  }

  /// The language of messages when neither question nor option says one.
  package var language: Language {
    let locale = text("LC_ALL") ?? text("LC_MESSAGES") ?? text("LANG") ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }

  package var terminalName: String { value("TERM") ?? "" }

  /// A terminal without cursor movement: the plain reader and no colour (console.md 3.8).
  package var isPlainTerminal: Bool { terminalName.isEmpty || terminalName == "dumb" }

  /// Whether text may be coloured; `isTerminal` says where it goes.
  package func usesColor(_ option: OptionWhen, isTerminal: Bool) -> Bool {
    switch option {
    case .always: return true
    case .never: return false
    case .auto:
      // NO_COLOR counts with any value, the empty one too.
      if value("NO_COLOR") != nil || isPlainTerminal { return false }
      if let forced = text("CLICOLOR_FORCE"), forced != "0" { return true }
      return isTerminal
    }
  }

  /// Where no theme is named: terminals of one colour have bold, underline and reverse.
  package var usualTheme: Theme {
    let name = terminalName
    let isOld = name.hasPrefix("vt") && name.dropFirst(2).first?.isNumber == true
    return isOld || name.hasSuffix("-m") || name.hasSuffix("-mono") ? .mono : .dark
  }

  /// The size of the terminal: the kernel's, else COLUMNS and LINES, else 80 by 24.
  package func terminalSize(of descriptor: Int32) -> (rows: Int, columns: Int) {
    if let size = SystemCalls.windowSize(of: descriptor) { return size }
    func number(_ name: String, _ fallback: Int) -> Int {
      guard let number = text(name).flatMap({ Int($0) }), (1...10_000).contains(number) else {
        return fallback
      }
      return number
    }
    return (number("LINES", 24), number("COLUMNS", 80))
  }

  /// `TONGBAO_MEMORY`: bytes, or a number with K, M, G or T behind it; nil where it is not set.
  ///
  /// - Throws: what it may be, where it is none of these.
  package func memoryLimitBytes() throws(UsageProblem) -> Int? {
    guard let written = text("TONGBAO_MEMORY") else { return nil }
    var digits = written
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    var shift = 0
    if let last = digits.last, let found = units[Character(last.uppercased())] {
      shift = found
      digits.removeLast()
    }
    guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(digits),
      number > 0, number <= Int.max >> shift
    else { throw .wrongMemory(written) }
    return number << shift
  }

  /// Who asks a cluster; nil where nobody is named.
  var clusterUser: String? { text("TONGBAO_CLICKHOUSE_USER") }
  /// The password itself, or the file that holds it.
  var clusterKey: String? { value("TONGBAO_CLICKHOUSE_KEY") }
  var clusterKeyFile: String? { text("TONGBAO_CLICKHOUSE_KEY_FILE") }

  /// 1 or 2.
  package func ambiguousWidth(_ option: Int?) -> Int {
    option ?? (text("TONGBAO_AMBIGUOUS") == "2" ? 2 : 1)
  }

  /// The command that shows long answers. The usual one is told that it gets UTF-8, and names its
  /// keys: it can show no hanzi there.
  package var pager: String {
    text("TONGBAO_PAGER") ?? text("PAGER")
      ?? "LESSCHARSET=utf-8 less -RFX -S -P'[q] [space]'"
  }

  /// The command of `.edit`; nil when none is named.
  package var editor: String? { text("VISUAL") ?? text("EDITOR") }

  package var homeFolder: String? { text("HOME") }
  package var configurationFolder: String? { folder("XDG_CONFIG_HOME", ".config") }
  /// The default workspace, whether there is one or not.
  package var workspacePath: String? { dataFolder.map { joinedPath($0, "workspace.db") } }
  package var dataFolder: String? { folder("XDG_DATA_HOME", ".local/share") }
  package var stateFolder: String? { folder("XDG_STATE_HOME", ".local/state") }

  /// The product's own folder; nil without HOME: then nothing is kept. A relative path is ignored,
  /// as the XDG specification asks.
  private func folder(_ name: String, _ fallback: String) -> String? {
    if let path = text(name), path.hasPrefix("/") { return joinedPath(path, "tongbao") }
    guard let home = homeFolder, home.hasPrefix("/") else { return nil }
    return joinedPath(joinedPath(home, fallback), "tongbao")
  }
}
