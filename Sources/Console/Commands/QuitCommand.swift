// QuitCommand.swift: `.quit`: leaves the console.

import Syntax

extension DotCommand {
  static let quit = DotCommand(
    "quit", "退出", help: Bilingual("leaves, as Ctrl-D does", "离开，同 Ctrl-D"),
    action: { _, _ in .leave })
}
