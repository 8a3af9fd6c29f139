// BatchPager.swift: the bytes of an answer arrive; a long one is shown in the pager, at the prompt
// only (console.md 8.5).

import Rendering
import Syntax

extension Batch {
  /// Whether a long answer may go through a pager: then its rows need no limit.
  var mayPage: Bool {
    isPrompt && capture == nil && !drawsPlainly && !options.isSafe && options.pager != .never
      && SystemCalls.isTerminal(1)
  }

  /// Puts a result out, through the pager if it is taller than the screen.
  mutating func show(_ bytes: [UInt8]) {
    let screen = environment.terminalSize(of: 1)
    let rowCount = bytes.count { $0 == 0x0A }
    guard mayPage, needsPager(options.pager, rowCount: rowCount, screenRows: screen.rows) else {
      return put(bytes)
    }
    writer.flush()
    do throws(SystemError) {
      try showInPager(String(decoding: bytes, as: UTF8.self), command: environment.pager)
    } catch {
      let command = terminalSafe(environment.pager)
      writer.report(
        Bilingual(
          "the pager `\(command)` cannot be started: \(error.text.english)\n",
          "分页程序“\(command)”无法启动：\(error.text.chinese)\n")[session.language])
      put(bytes)
    }
  }
}
