// ClusterGround.swift: a ground with a cluster arrives; the engine that asks it, and what an answer
// says of it, leave.

import Catalog
import ClickHouse
import Columns
import Execution
import Planning
import SQLGeneration
import Syntax

extension Ground {
  /// nil where no cluster is asked.
  func clusterEngine(_ monitor: ExecutionMonitor = ExecutionMonitor()) -> ClusterAggregator? {
    cluster?.engine(
      MemoryAggregator(index, monitor), loaded.store, vocabulary.catalog)
  }

  /// What the cluster answers of a plan.
  func distantKeys(of plan: Plan) -> Set<LoadKey> {
    guard !loaded.store.distant.isEmpty else { return [] }
    let known = Set(
      loaded.store.distant.map { LoadKey(dataset: $0.dataset, quarterIndex: $0.quarterIndex) })
    var keys: Set<LoadKey> = []
    for part in plan.measures.values.flatMap(\.parts) {
      let isTimeless = vocabulary.catalog.dataset(named: part.dataset)?.time == nil
      for quarter in part.quarters {
        keys.insert(
          LoadKey(dataset: part.dataset, quarterIndex: isTimeless ? nil : quarter.index))
      }
    }
    return keys.intersection(known)
  }

  /// The notes of an answer with those about the cluster: first that shards are missing, and in
  /// their place which data sets it has answered for.
  func clusterNotes(
    _ keys: Set<LoadKey>, _ notes: [AnswerNote], _ language: Language
  ) -> [AnswerNote] {
    let partial = (cluster?.missing(from: keys) ?? []).map {
      AnswerNote(code: "PARTIAL", text: $0[language], isInformational: false)
    }
    // Where nothing is loaded there is nothing else that could have answered.
    guard !loaded.store.partitions.isEmpty else { return partial + notes }
    let list = keys.sorted().map(\.text)
    let text = Bilingual(
      "answered by the cluster: \(list.joined(separator: ", "))",
      "由集群回答：\(list.joined(separator: "、"))")
    let note = AnswerNote(code: "I07", text: text[language], isInformational: false)
    return partial + notes + [note]
  }

  /// What is sent of a plan, with the loads that count where a cluster is asked.
  func sqlText(of plan: Plan, for dialect: SQLDialect) -> String {
    SQLGeneration.sqlText(
      of: plan, in: vocabulary.catalog, for: dialect,
      loads: dialect == .clickhouse ? cluster?.live.numbers : nil)
  }
}

extension Refusal {
  static let beingLoaded = Refusal(
    "U13",
    Bilingual("the data asked is being loaded; ask again", "所问的数据正在载入，请稍后再问"))

  static let nothingToCheck = Refusal(
    "U02",
    Bilingual(
      "what a notice prints is not on the cluster; load the notice to check it",
      "集群上没有通报原文所载数字；要核对，请载入通报"))

  static func rowsOfCluster(_ key: LoadKey) -> Refusal {
    Refusal(
      "U02",
      Bilingual(
        "the rows of \(key.text) lie on the cluster, which gives sums alone; load the files of "
          + "the period to list them",
        "\(key.text) 的明细在集群上，集群只给合计；要列出明细，请载入该时期的文件"))
  }
}

extension Session {
  /// Looks at the register again where the last look is old.
  mutating func renewCluster() throws(PlanningFault) {
    guard let cluster = ground.cluster, cluster.isOld else { return }
    do throws(ClusterFault) {
      if let fresh = try cluster.reread() { ask(ground.pieces, fresh) }
    } catch {
      throw .refused(error.refusal)
    }
  }

  /// Whether other loads count than when the statement began: then what was read may be of both.
  ///
  /// - Parameter sent: how many statements had been sent before.
  mutating func clusterHasChanged(since sent: Int) throws(PlanningFault) -> Bool {
    guard let cluster = ground.cluster, cluster.statementCount > sent else { return false }
    do throws(ClusterFault) {
      guard let fresh = try cluster.reread() else { return false }
      ask(ground.pieces, fresh)
      return true
    } catch {
      throw .refused(error.refusal)
    }
  }
}
