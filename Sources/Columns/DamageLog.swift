// DamageLog.swift: columns that a store could not read arrive; they leave as the reason why a
// question is not answered.

import Synchronization
import Syntax

/// One column that cannot be read.
package struct ColumnDamage: Sendable, Hashable {
  package var file: String
  package var issuer: String
  package var quarterIndex: Int?
  package var dataset: String
  package var column: String
  package var reason: Bilingual

  package init(
    file: String, issuer: String, quarterIndex: Int?, dataset: String, column: String,
    reason: Bilingual
  ) {
    self.file = file
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.dataset = dataset
    self.column = column
    self.reason = reason
  }

  /// D15: which quarter, which column, and why.
  package var refusal: Refusal {
    let period = quarterIndex.map { Quarter(index: $0).text }
    let (english, chinese) = (period ?? "every period", period ?? "不分时期")
    return Refusal(
      "D15",
      Bilingual(
        "\(file): column \(column) of \(dataset), \(english), cannot be read: "
          + "\(reason.english). Load that quarter again; everything else can still be asked",
        "\(file)：\(chinese)的 \(dataset) 中 \(column) 列无法读取：\(reason.chinese)。"
          + "请重新载入该季度；其余仍可查询"))
  }
}

/// A column is asked for deep inside an engine, where nothing can fail. So a fault is noted here,
/// and no answer leaves before somebody has looked.
package final class DamageLog: Sendable {
  private let found = Mutex<[ColumnDamage]>([])

  package init() {}

  package func note(_ damage: ColumnDamage) {
    found.withLock { if !$0.contains(damage) { $0.append(damage) } }
  }

  /// What stands in the way of an answer; it stays noted.
  package var first: ColumnDamage? { found.withLock { $0.first } }

  /// What was noted since the last time it was taken.
  package func take() -> [ColumnDamage] {
    found.withLock { noted in
      defer { noted = [] }
      return noted
    }
  }
}
