// ConnectCommand.swift: `.connect URL[,URL…]`: a cluster answers from now on for the periods that
// are not loaded; `.connect -` ends it.

import ClickHouse
import Columns
import Planning
import Rendering
import Syntax
import Workspace

extension DotCommand {
  private static let ending = CommandChoice("-")

  static let connect = DotCommand(
    "connect", "连接", [.text("URL[,URL…]", "地址[,地址…]").or(ending)],
    help: Bilingual(
      "asks a cluster for the periods that are not loaded; - ends it",
      "没有载入的时期由集群回答；- 断开"),
    isForBatch: true, instead: Bilingual("the option --clickhouse", "选项 --clickhouse"),
    action: connectCluster)

  @Sendable private static func connectCluster(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard call.words.count == 1, let word = call.words.first else {
      throw .wrong(.wrongArgument(call, of: connect))
    }
    if word.text == ending.word { return batch.disconnect() ? .done : .failed }
    return batch.connect(word.text) ? .done : .failed
  }
}

extension Batch {
  fileprivate mutating func connect(_ addresses: String) -> Bool {
    let opening = ClusterOpening(
      options: options, environment: environment, language: session.language)
    let start = SystemCalls.monotonicNanoseconds
    do throws(ClusterFault) {
      let found = try ClusterData(opening.cluster(addresses), for: data.catalog)
      return ask(found)
    } catch {
      if isStopped(since: start, session.language) { return false }
      writer.tell(error, in: session.language)
      status = max(status, 3)
      return false
    }
  }

  fileprivate mutating func disconnect() -> Bool {
    guard data.cluster != nil else {
      writer.report(Bilingual("no cluster is asked\n", "没有连接集群\n")[session.language])
      return false
    }
    return ask(nil)
  }

  private mutating func ask(_ cluster: ClusterData?) -> Bool {
    let before = data.cluster
    data.cluster = cluster
    do throws(WorkspaceFault) {
      let pieces = try data.pieces()
      session.ask(pieces, cluster)
    } catch {
      data.cluster = before
      reportFault(error, of: data.workspace?.path ?? "")
      return false
    }
    writer.write(terminalSafe(text(about: cluster)[session.language]) + "\n")
    return true
  }

  /// `cluster http://127.0.0.1:8123: 2024Q4, 2025Q1  1,200,000 rows`
  private func text(about cluster: ClusterData?) -> Bilingual {
    guard let cluster else { return Bilingual("no cluster is asked any more", "已断开集群") }
    let parts = session.ground.loaded.store.distant
    let quarters = Set(parts.compactMap(\.quarterIndex)).sorted().map { Quarter(index: $0).text }
    let rows = parts.reduce(0) { $0 + $1.rowCount }
    let address = cluster.cluster.addresses[0].text
    guard !parts.isEmpty else {
      return Bilingual(
        "cluster \(address): nothing that is not loaded here", "集群 \(address)：没有本机未载入的数据")
    }
    let count = groupedDigits(Int64(rows))
    let (english, chinese) = (
      quarters.joined(separator: ", "), quarters.joined(separator: "、")
    )
    return Bilingual(
      "cluster \(address): \(english)  \(count) rows", "集群 \(address)：\(chinese)  \(count) 行")
  }
}
