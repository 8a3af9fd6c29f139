// TimingTests.swift: questions with the timing asked for arrive; the lines about what they cost
// leave, in both languages.

import Console
import Execution
import Testing

@Suite struct TimingTests {
  @Test func `the second line of the timing says what a question cost`() {
    let run = ProgramRun("--timing -c 'overdue by unit; orders by unit'")
    #expect(run.status == 0)
    let lines = run.errorLines.filter { $0.contains(" rows scanned, ") }
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasSuffix("dense groups") }, "\(run.errors)")
  }

  @Test func `the cost of a question is said in Chinese where the question is Chinese`() {
    let run = ProgramRun("--lang zh --timing -c '逾期 按 单位'")
    #expect(run.errorLines.contains { $0.hasPrefix("扫描 ") }, "\(run.errors)")
  }

  @Test func `nothing is said of the cost unless the time is asked for`() {
    for words in ["-c 'overdue by unit'", "-q --timing -c 'overdue by unit'"] {
      let run = ProgramRun(words)
      #expect(run.status == 0)
      #expect(!run.errors.contains("scanned"), "\(run.errors)")
    }
  }

  @Test func `a cost is worded in whole numbers and the units they need`() throws {
    var cost = ExecutionStatistics()
    #expect(costText(cost) == nil)
    (cost.rowsScanned, cost.partitionsSkipped, cost.bytesRead) = (1_234_567, 1, 15_400_000)
    cost.paths = ["hash", "distinct"]
    let text = try #require(costText(cost))
    #expect(
      text.english
        == "1,234,567 rows scanned, 1 partition skipped, 15 MB read, hashed groups, "
        + "distinct values")
    #expect(text.chinese == "扫描 1,234,567 行，跳过 1 个分区，读取 15 MB，按散列分组，去重计数")
    cost = ExecutionStatistics()
    (cost.partitionsSkipped, cost.bytesRead) = (12, 9_999)
    #expect(costText(cost)?.english == "0 rows scanned, 12 partitions skipped, 9,999 B read")
  }
}
