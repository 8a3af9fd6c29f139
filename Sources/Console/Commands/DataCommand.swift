// DataCommand.swift: `.data`: what is loaded: issuers, periods, files.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let data = DotCommand(
    "data", "数据", help: Bilingual("what is loaded: files, periods, rows", "已载入的文件、时期和行数"),
    isForBatch: true, instead: Bilingual("`show periods`", "“显示 时期”"), action: showData)

  @Sendable private static func showData(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
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
