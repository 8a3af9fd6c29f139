// Pushing.swift: loaded data arrives; the cluster holds it, period by period, and each is named.

import Catalog
import ClickHouse
import Columns
import Rendering
import Syntax

/// `--push`: sends every period of the loaded data, or takes one away (`--remove`).
struct Pushing {
  let cluster: Cluster
  /// Of the rulebook alone: whoever asks the cluster knows no other definitions.
  let catalog: Catalog
  let options: ConsoleOptions
  let writer: CheckedWriter
  let language: Language

  /// - Returns: the exit status.
  func run(_ ground: Ground) -> Int32 {
    do throws(ClusterFault) {
      if let period = options.removedPeriod { return try remove(period) }
      return try push(ground)
    } catch {
      writer.tell(error, in: language)
      return 3
    }
  }

  private func push(_ ground: Ground) throws(ClusterFault) -> Int32 {
    guard !ground.loaded.isSample else { throw .sampleOnly }
    var byKey: [LoadKey: [Partition]] = [:]
    var left: Set<String> = []
    for partition in ground.loaded.store.partitions {
      guard catalog.dataset(named: partition.dataset) != nil else {
        left.insert(partition.dataset)
        continue
      }
      let key = LoadKey(dataset: partition.dataset, quarterIndex: partition.quarterIndex)
      byKey[key, default: []].append(partition)
    }
    var push = Push(cluster, catalog)
    if !options.onlyChecks { try push.prepare(Set(byKey.keys.map(\.dataset))) }
    for (key, partitions) in byKey.sorted(by: { $0.key < $1.key }) {
      let count = partitions.reduce(0) { $0 + $1.rowCount }
      if !options.onlyChecks {
        tellLeft(try push.push(partitions, of: key, from: ground.loaded.notices))
      }
      tell(key, count)
    }
    for dataset in left.sorted() {
      writer.report(
        Bilingual(
          "left out: \(dataset) is no data set of the rulebook\n",
          "未推送：规则中没有数据集 \(dataset)\n")[language])
    }
    return 0
  }

  private func tell(_ key: LoadKey, _ count: Int) {
    guard !options.isQuiet else { return }
    let rows = counted(count, "row")
    let text =
      options.onlyChecks
      ? Bilingual("to push: \(key.text)  \(rows)", "将推送 \(key.text)  \(count) 行")
      : Bilingual("pushed \(key.text)  \(rows)", "已推送 \(key.text)  \(count) 行")
    writer.report(text[language] + "\n")
    writer.flush()
  }

  /// Old rows are a matter of disk, not of answers.
  private func tellLeft(_ fault: ClusterFault?) {
    guard let fault, !options.isQuiet else { return }
    let text = Bilingual(
      "warning: old rows could not be taken away: \(fault.message.english)",
      "警告：旧数据未能清除：\(fault.message.chinese)")
    writer.report(terminalSafe(text[language]) + "\n")
  }

  private func remove(_ period: String) throws(ClusterFault) -> Int32 {
    let tokens = lex(period).tokens.map(\.kind).filter { $0 != .end }
    guard tokens.count == 1, case .period(.quarter(let year?, let number))? = tokens.first else {
      throw .notAQuarter(period)
    }
    let quarter = year * 4 + number - 1
    var push = Push(cluster, catalog)
    let keys = try push.liveKeys(of: quarter)
    guard !keys.isEmpty else { throw .nothingOf(period) }
    if !options.onlyChecks { try push.prepare(Set(keys.map(\.dataset))) }
    for key in keys {
      if !options.onlyChecks { tellLeft(try push.push([], of: key)) }
      let text =
        options.onlyChecks
        ? Bilingual("to remove: \(key.text)\n", "将移除 \(key.text)\n")
        : Bilingual("removed \(key.text)\n", "已移除 \(key.text)\n")
      if !options.isQuiet { writer.report(text[language]) }
    }
    return 0
  }
}

extension ClusterFault {
  fileprivate static let sampleOnly = ClusterFault(
    "--push needs DATA, or a workspace: the built-in sample is not pushed",
    "--push 要有数据或工作区：内置样例不推送")

  fileprivate static func notAQuarter(_ text: String) -> ClusterFault {
    ClusterFault(
      "--remove takes a quarter as 2025Q3, not \(text)", "--remove 要写季度，如 2025Q3，不能是 \(text)")
  }

  fileprivate static func nothingOf(_ period: String) -> ClusterFault {
    ClusterFault("the cluster has no rows of \(period)", "集群中没有 \(period) 的数据")
  }
}
