// Versions.swift: everything that was loaded arrives; one version of each notice leaves, and what a
// corrected one says otherwise.

import Catalog
import Columns
import Execution
import Loading
import Syntax

/// One notice, however often it was issued.
private struct NoticeKey: Hashable {
  var issuer: String
  var quarter: Int?
}

extension Loaded {
  /// The notices with one version each: the one asked for where it exists, else the latest. What
  /// the others print is neither counted nor checked.
  func only(version: Int?) -> Loaded {
    var chosen: [NoticeKey: Int] = [:]
    for partition in store.partitions {
      let key = NoticeKey(issuer: partition.issuer, quarter: partition.quarterIndex)
      let known = chosen[key]
      if known == version, version != nil { continue }
      chosen[key] =
        partition.version == version ? partition.version : max(known ?? 0, partition.version)
    }
    func isChosen(_ partition: Partition) -> Bool {
      let key = NoticeKey(issuer: partition.issuer, quarter: partition.quarterIndex)
      return partition.version == chosen[key]
    }
    guard !store.partitions.allSatisfy(isChosen) else { return self }
    var kept = self
    let indices = store.partitions.indices.filter { isChosen(store.partitions[$0]) }
    kept.store = Store(partitions: indices.map { store.partitions[$0] })
    let paths = { (partitions: [Partition]) in Set(partitions.flatMap { $0.files.map(\.path) }) }
    let gone = paths(store.partitions.filter { !isChosen($0) })
      .subtracting(paths(kept.store.partitions))
    kept.totalRows.removeAll { gone.contains($0.file) }
    kept.referenceTexts.removeAll { gone.contains($0.file) }
    kept.findings.removeAll { finding in
      !finding.places.isEmpty && finding.places.allSatisfy { gone.contains($0.file) }
    }
    kept.notices.removeAll {
      $0.version != chosen[NoticeKey(issuer: $0.issuer, quarter: $0.period.index)]
    }
    kept.constants = constants(of: kept.notices)
    kept.printedPlaces = printedPlaces.compactMap { place in
      indices.firstIndex(of: place.partition).map { index in
        var moved = place
        moved.partition = index
        return moved
      }
    }
    return kept
  }

  /// Each notice leaves its constants in the order in which the versions were read.
  private func constants(of chosen: [NoticeInfo]) -> [ConstantColumn] {
    var seen: [ConstantColumn: Int] = [:]
    return constants.filter { constant in
      var key = constant
      key.value = nil
      key.rowCount = 0
      key.annexes = []
      let order = seen[key, default: 0]
      seen[key] = order + 1
      let versions = notices.filter {
        $0.issuer == constant.issuer && $0.period.index == constant.quarterIndex
      }.map(\.version)
      guard versions.count > 1, versions.indices.contains(order) else { return true }
      return chosen.contains {
        $0.issuer == constant.issuer && $0.period.index == constant.quarterIndex
          && $0.version == versions[order]
      }
    }
  }

  /// What each later version says otherwise than the one before it (I20).
  func corrections(in catalog: Catalog) -> [Note] {
    notices.filter { $0.version > 1 }.compactMap { notice in
      func rows(_ version: Int) -> [Partition] {
        store.partitions.filter {
          $0.issuer == notice.issuer && $0.quarterIndex == notice.period.index
            && $0.version == version
        }
      }
      let earlier = rows(notice.version - 1)
      guard !earlier.isEmpty else { return nil }
      let changes = versionChanges(from: earlier, to: rows(notice.version), in: catalog)
      let rest = changes.count > 5 ? changes.count - 5 : 0
      let english = changes.prefix(5).map(\.text.english).joined(separator: "; ")
      let chinese = changes.prefix(5).map(\.text.chinese).joined(separator: "；")
      let (period, file) = (notice.period.text, notice.file)
      return Note(
        "I20",
        Bilingual(
          "\(period): \(file) is version \(notice.version), "
            + (changes.isEmpty
              ? "with the same figures" : "\(changes.count) figures changed: \(english)")
            + (rest > 0 ? "; and \(rest) more" : ""),
          "\(period)：\(file) 为第\(notice.version)版，"
            + (changes.isEmpty ? "数字未变" : "更正 \(changes.count) 处：\(chinese)")
            + (rest > 0 ? "；另有 \(rest) 处" : "")))
    }
  }
}
