// ProgressLineTests.swift: how far a load is arrives; the line that says so is held in both
// languages.

import Loading
import Testing

@testable import Console

@Test func `the line of a long reading names file, bytes, share, speed and time left`() {
  let progress = LoadMonitor.Progress(
    file: "orders.csv", doneBytes: 1_100_000_000, totalBytes: 3_200_000_000, rowCount: 4_123_456)
  let text = progressText(progress, elapsedNanoseconds: 10_000_000_000)
  #expect(
    text.english == "reading orders.csv  1.1 GB of 3.2 GB  34%  410,000 rows/s  20 s left")
  #expect(text.chinese == "读取 orders.csv  3.2 GB 中 1.1 GB  34%  每秒 410,000 行  剩余约 20 秒")
}
