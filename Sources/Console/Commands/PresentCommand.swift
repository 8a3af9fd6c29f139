// PresentCommand.swift: `.present on`: answers for a projector.

import Columns
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let present = DotCommand(
    "present", "演示", [.choice(.on, .off).optional],
    help: Bilingual(
      "for a projector: one answer a screen, no timing, no dim text, charts at full width",
      "投影用：每屏一个结果，不显示用时，不用暗色字，图占满宽度"),
    action: setPresenting)

  @Sendable private static func setPresenting(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let choice = try present.choice(of: call) else {
      batch.writer.write((batch.isPresenting ? "on" : "off") + "\n")
      return .done
    }
    batch.isPresenting = choice == "on"
    return .done
  }
}

extension Batch {
  /// Whether an answer has the screen to itself.
  var presents: Bool {
    isPresenting && isPrompt && capture == nil && SystemCalls.isTerminal(1)
  }

  /// Clears the screen and draws an answer on it, with as many rows as there is room for.
  mutating func present(_ answer: Answer, _ rendering: RenderOptions) {
    var rendering = rendering
    rendering.isPresenting = true
    rendering.rowLimit = nil
    // The prompt comes back below.
    let room = max(4, environment.terminalSize(of: 1).rows - 1)
    var bytes = render(answer, with: rendering)
    var limit = answer.rows.count
    while lineCount(bytes) > room, limit > 1 {
      limit = max(1, limit - max(1, lineCount(bytes) - room))
      rendering.rowLimit = limit
      bytes = render(answer, with: rendering)
    }
    if !drawsPlainly { put(Array("\u{1B}[H\u{1B}[2J".utf8)) }
    put(bytes)
  }

  private func lineCount(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 0x0A } }
}
