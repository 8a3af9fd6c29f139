// CostText.swift: what a question cost arrives; the second line of the timing leaves.

import Execution
import Syntax

/// `75 rows scanned, 2 partitions skipped, 12 KB read, dense groups`; nil where nothing was read.
package func costText(_ cost: ExecutionStatistics) -> Bilingual? {
  guard cost.rowsScanned > 0 || cost.partitionsSkipped > 0 else { return nil }
  var english = ["\(grouped(cost.rowsScanned)) rows scanned"]
  var chinese = ["扫描 \(grouped(cost.rowsScanned)) 行"]
  if cost.partitionsSkipped > 0 {
    let (count, noun) = (cost.partitionsSkipped, cost.partitionsSkipped == 1 ? "" : "s")
    english.append("\(grouped(count)) partition\(noun) skipped")
    chinese.append("跳过 \(grouped(count)) 个分区")
  }
  if cost.bytesRead > 0 {
    english.append("\(size(cost.bytesRead)) read")
    chinese.append("读取 \(size(cost.bytesRead))")
  }
  for path in cost.paths {
    let words = words(of: path)
    english.append(words.english)
    chinese.append(words.chinese)
  }
  return Bilingual(english.joined(separator: ", "), chinese.joined(separator: "，"))
}

/// How groups were found.
private func words(of path: String) -> Bilingual {
  switch path {
  case "dense": Bilingual("dense groups", "按位置分组")
  case "hash": Bilingual("hashed groups", "按散列分组")
  case "distinct": Bilingual("distinct values", "去重计数")
  case "rows": Bilingual("row by row", "逐行计算")
  default: Bilingual(same: path)
  }
}

/// In the largest unit of 1,000 that leaves at least ten of them.
private func size(_ bytes: Int) -> String {
  var (rest, unit) = (bytes, "B")
  for larger in ["KB", "MB", "GB", "TB"] where rest >= 10_000 {
    (rest, unit) = (rest / 1000, larger)
  }
  return "\(grouped(rest)) \(unit)"
}

private func grouped(_ number: Int) -> String {
  let digits = String(number)
  var result = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result
}
