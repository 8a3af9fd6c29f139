// Versions.swift: every version that was loaded arrives; what a corrected notice says otherwise
// leaves.

import Catalog
import Columns
import Execution
import Syntax

extension LoadedPieces {
  /// What each later version, read from one of these files, says otherwise than the one before it
  /// (I20).
  func corrections(of files: Set<String>, in catalog: Catalog) -> [Note] {
    let notices = pieces.flatMap(\.notices)
    let partitions = pieces.flatMap(\.store.partitions)
    return notices.filter { $0.version > 1 && files.contains($0.file) }.compactMap { notice in
      func rows(_ version: Int) -> [Partition] {
        partitions.filter {
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
