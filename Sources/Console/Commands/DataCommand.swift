// DataCommand.swift: `.data`: what is loaded: issuers, periods, versions, files, and when each was
// loaded; `.data check` looks through the open workspace.

import Catalog
import Columns
import Planning
import Rendering
import Syntax
import Workspace

extension DotCommand {
  private static let check = CommandChoice("check", "核对")

  static let data = DotCommand(
    "data", "数据",
    [CommandArgument(.choice([check]), Bilingual("[check]", "[核对]"))],
    help: Bilingual(
      "what is loaded; check: all of the workspace against its checksums",
      "已载入的数据；核对：按校验和检查整个工作区"),
    isForBatch: true, instead: Bilingual("`show periods`", "“显示 时期”"), action: showData)

  @Sendable private static func showData(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    if try DotCommand.data.choice(of: call) != nil { return batch.inspectWorkspace() }
    batch.showTable(batch.editionTable(in: call.language))
    batch.writer.write("\n")
    batch.showTable(batch.basisTable(in: call.language))
    let read = batch.readingTable(in: call.language)
    if !read.rows.isEmpty {
      batch.writer.write("\n")
      batch.showTable(read)
      batch.tellOverrides(in: call.language)
    }
    return .done
  }
}

extension Batch {
  fileprivate func inspectWorkspace() -> CommandOutcome {
    let language = session.language
    guard let workspace = data.workspace else {
      writer.report(Bilingual("no workspace is open\n", "没有打开的工作区\n")[language])
      return .failed
    }
    do throws(WorkspaceFault) {
      let found = try workspace.inspected()
      for damage in found {
        writer.report(terminalSafe("D15: " + damage.refusal.message[language]) + "\n")
      }
      guard found.isEmpty else { return .failed }
      let count = try workspace.editions().count
      writer.write(
        Bilingual(
          "\(workspace.path): every edition of \(count) is as it was written\n",
          "\(workspace.path)：\(count) 版数据均与写入时相同\n")[language])
      return .done
    } catch {
      writer.tell(error.fault(of: workspace.path), in: language)
      return .failed
    }
  }

  /// A table of a command: as results are shown, and as tab-separated text where those are data.
  fileprivate func showTable(_ answer: Answer) {
    var rendering = renderOptions
    if !rendering.mode.isPeopleMode, let plain = OutputMode.named("tsv") { rendering.mode = plain }
    writer.write(render(answer, with: rendering))
  }

  /// One row for each version of each notice, and of the exports of a data set.
  fileprivate func editionTable(in language: Language) -> Answer {
    var answer = Answer(
      sentence: "", language: language,
      columns: CatalogueTables.columns(
        [
          ("period", Bilingual("Period", "时期")), ("version", Bilingual("Version", "版")),
          ("issuer", Bilingual("Issuer", "发文者")), ("file", Bilingual("File", "文件")),
          ("rows", Bilingual("Rows", "行数")), ("encoding", Bilingual("Encoding", "编码")),
          ("hash", Bilingual("Hash", "哈希")), ("findings", Bilingual("Findings", "发现")),
          ("loaded", Bilingual("Loaded", "载入")),
        ], language, numeric: ["version", "rows", "findings"]))
    let kept = (try? data.workspace?.editions()) ?? []
    for edition in editions(of: session.ground.pieces.pieces) {
      let info = kept.first { $0.key == edition.key && $0.version == edition.version }
      let files = edition.loaded.files
      let path = edition.loaded.notices.first?.file ?? files.first?.path ?? ""
      answer.rows.append(
        AnswerRow([
          .text(edition.key.text), .whole(edition.version), .text(edition.key.issuer),
          .text(edition.loaded.isSample ? Bilingual("sample", "内置样例")[language] : path),
          .whole(edition.tableRowCount), .text(files.first?.encoding ?? ""),
          .text(String(edition.hash.prefix(8))), .whole(edition.loaded.findings.count),
          .text(
            info.map { momentText($0.loadedAt) + " UTC" } ?? Bilingual("this run", "本次")[language]),
        ]))
    }
    if let cluster = session.ground.cluster {
      let host = cluster.cluster.addresses[0].text
      for part in session.ground.loaded.store.distant {
        let period = part.quarterIndex.map { Quarter(index: $0).text + " " } ?? ""
        answer.rows.append(
          AnswerRow([
            .text(period + part.dataset), .whole(1), .text(part.issuer), .text(host),
            .whole(part.rowCount), .text(""), .text(""), .text(""),
            .text(Bilingual("cluster", "集群")[language]),
          ]))
      }
    }
    return answer
  }

  /// What each loaded data set can be split by.
  fileprivate func basisTable(in language: Language) -> Answer {
    let catalog = session.ground.vocabulary.catalog
    var answer = Answer(
      sentence: "", language: language,
      columns: CatalogueTables.columns(
        [
          ("dataset", Bilingual("Data set", "数据集")), ("rows", Bilingual("Rows", "行数")),
          ("dimensions", Bilingual("Split by", "可按")),
        ], language, numeric: ["rows"]))
    for dataset in catalog.datasets {
      let store = session.ground.loaded.store
      guard store.datasets.contains(dataset.name) else { continue }
      let near = store.partitions.filter { $0.dataset == dataset.name }.map(\.rowCount)
      let far = store.distant.filter { $0.dataset == dataset.name }.map(\.rowCount)
      let names = dataset.dimensions.compactMap { own -> String? in
        let dimension = catalog.dimension(named: own.dimension)
        return language == .chinese ? dimension?.label.chinese : own.dimension
      }
      answer.rows.append(
        AnswerRow([
          AnswerCell(raw: .text(dataset.name), shown: dataset.spoken[language]),
          .whole((near + far).reduce(0, +)),
          .text(names.joined(separator: language == .chinese ? "、" : ", ")),
        ]))
    }
    return answer
  }
}

extension Batch {
  /// What was decided of each table that was read.
  fileprivate func readingTable(in language: Language) -> Answer {
    var answer = Answer(
      sentence: "", language: language,
      columns: CatalogueTables.columns(
        [
          ("file", Bilingual("File", "文件")), ("table", Bilingual("Table", "表")),
          ("read_as", Bilingual("Read as", "读作")), ("encoding", Bilingual("Encoding", "编码")),
          ("delimiter", Bilingual("Delimiter", "分隔符")),
          ("headings", Bilingual("Heading rows", "表头行")),
          ("columns", Bilingual("Columns", "列数")),
          ("left_out", Bilingual("Rows left out", "略去行数")),
          ("unknown", Bilingual("Rows of unknown names", "目录外名称行数")),
        ], language, numeric: ["columns", "left_out", "unknown"]))
    let catalog = session.ground.vocabulary.catalog
    for table in session.ground.pieces.pieces.flatMap(\.tables) {
      let found = table.dataset.map { catalog.dataset(named: $0)?.spoken[language] ?? $0 }
      let dataset = found ?? Bilingual("nothing", "未读取")[language]
      let own = Bilingual(" (its own)", "（自有）")[language]
      let mark = table.delimiter == "\t" ? Bilingual("tab", "制表符")[language] : table.delimiter
      answer.rows.append(
        AnswerRow([
          .text(table.source.path), .text(table.name),
          .text(dataset + (table.isOwn ? own : "")), .text(table.source.encoding),
          .text(mark ?? ""), .text(table.headingLines.map(String.init).joined(separator: ", ")),
          .whole(table.headings.count), .whole(table.leftOutRows), .whole(table.unknownRows),
        ]))
    }
    return answer
  }

  /// How to have it otherwise.
  fileprivate func tellOverrides(in language: Language) {
    guard renderOptions.mode.isPeopleMode else { return }
    writer.write(
      Bilingual(
        "to read it otherwise: --encoding NAME; `define dataset … source file 'NAME*.csv'` in "
          + "--rules DIR; --inspect shows every row as read\n",
        "要改变读法：--encoding 编码；在 --rules 目录中写 define dataset … source file '文件名*.csv'；"
          + "--inspect 显示读到的每一行\n")[language])
  }
}

/// `2026-11-25 20:14`
private func momentText(_ seconds: Int64) -> String {
  guard let whole = Int(exactly: seconds) else { return "" }
  let days = whole.flooredDividing(by: 86_400)
  let minutes = (whole - days * 86_400) / 60
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(Day(index: days).text) \(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
}
