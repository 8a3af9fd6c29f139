// AboutCommand.swift: `.about`: what runs here, and a line to check widths by.

import Catalog
import Loading
import Planning
import Rendering
import Syntax
import Workspace

extension DotCommand {
  static let about = DotCommand(
    "about", "关于",
    help: Bilingual(
      "version, rulebook, and a line that shows whether `.ambiguous` is right",
      "版本、规则书，以及检查“.歧义宽”的一行"),
    isForBatch: true, instead: Bilingual("`tongbao --version`", "“tongbao --version”"),
    action: tellAbout)

  /// Box drawing and quotes: characters that some terminals show in two cells.
  private static let testLine = "│─┼“”…①"

  @Sendable private static func tellAbout(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let files = batch.session.ground.vocabulary.catalog.files
    let bytes = files.reduce(into: [UInt8]()) { $0 += Array("\($1.name)\n\($1.text)\n".utf8) }
    let ambiguous = batch.environment.ambiguousWidth(batch.options.ambiguousWidth)
    let width = displayWidth(testLine, ambiguous: ambiguous)
    let source =
      batch.options.rulebookFolder.map { terminalSafe($0) }
      ?? Bilingual("built in", "内置")[call.language]
    let ruler = testLine + "|\n" + String(repeating: "-", count: width) + "|"
    let lines = Bilingual(
      """
      tongbao \(versionText)
      rulebook: \(source), \(files.count) files, \(contentHash(bytes))
      libraries: SQLite \(sqliteVersion), libedit, expat; libzip and libxlsxwriter where a \
      workbook needs them
      ambiguous width \(ambiguous): the two bars below stand in one column, \
      else use `.ambiguous \(3 - ambiguous)`
      \(ruler)
      """,
      """
      通报 \(versionText)
      规则书：\(source)，\(files.count) 个文件，\(contentHash(bytes))
      程序库：SQLite \(sqliteVersion)、libedit、expat；读写工作簿时另用 libzip、libxlsxwriter
      歧义宽 \(ambiguous)：下面两条竖线应在同一列，否则请用“.歧义宽 \(3 - ambiguous)”
      \(ruler)
      """)
    batch.writer.write(lines[call.language] + "\n")
    return .done
  }
}
