// ClusterAgreementTests.swift: real servers on this machine are pushed what is loaded; they say
// what the memory says, whatever fails meanwhile.

import Catalog
import Columns
import Console
import Execution
import Loading
import Planning
import Rendering
import SQLGeneration
import Support
import Syntax
import Testing

@testable import ClickHouse

@Suite(
  .serialized,
  .enabled(if: LoopbackCluster.isInstalled, "clickhouse-server is not installed"))
struct ClusterAgreementTests {
  @Test func everyRecordedQuestionHasTheSameBytesFromEveryNode() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 3))
    let near = try #require(threeQuarters)
    try servers.push(near)
    for node in 0..<3 {
      let cluster = try servers.cluster(as: "console", firstNode: node)
      let far = Ground(rules, LoadedPieces(), cluster: try ClusterData(cluster, for: rules))
      #expect(far.holdings.quarters == near.holdings.quarters)
      var answered = 0
      for question in recordedSources().flatMap({ questions(in: $0, near) }) {
        answered += try compare(question, near, far) ? 1 : 0
        if node > 0, answered > 25 { break }
      }
      #expect(answered > (node == 0 ? 90 : 20))
    }
  }

  /// - Returns: false where the question is refused.
  private func compare(_ question: QuestionSyntax, _ near: Ground, _ far: Ground) throws -> Bool {
    func answer(_ ground: Ground) -> Result<Answer, PlanningFault> {
      do throws(PlanningFault) {
        return .success(
          try Pipeline(ground: ground, scope: .init()).answer(question, in: .english))
      } catch {
        return .failure(error)
      }
    }
    switch (answer(near), answer(far)) {
    case (.success(var here), .success(let there)):
      // What a notice prints is not pushed: findings about the print are of loaded notices alone.
      here.notes.removeAll { $0.code.hasPrefix("R") && !there.notes.contains($0) }
      for mode in ["json", "box", "csv", "md"] {
        var options = RenderOptions(mode: try #require(OutputMode.named(mode)))
        options.noteLevel = .all
        #expect(
          String(decoding: render(here, with: options), as: UTF8.self)
            == String(decoding: render(there, with: options), as: UTF8.self), "\(question)")
      }
      return true
    case (.failure, .failure): return false
    case (.success, .failure(let fault)), (.failure(let fault), .success):
      Issue.record("only one engine answers: \(fault) to \(question)")
      return false
    }
  }

  @Test func randomQuestionsAndHostileMembersAreAnsweredAlike() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 2))
    var asked = 0
    for seed in UInt64(1)...6 {
      let county = SmallCounty(seed: seed)
      let engine = try servers.engine(of: county.ground)
      var random = SeededGenerator(seed: seed &* 104_729)
      for _ in 0..<60 {
        let question = RandomQuestion(&random)
        guard let here = try county.ground.answer(question.text) else { continue }
        let there = try county.ground.answer(question.text, by: engine)
        let isSame = here == there
        #expect(isSame, "seed \(seed): \(question.text)")
        #expect(engine.fault == nil)
        asked += 1
      }
    }
    #expect(asked > 120)
    try hostileLiterals(servers)
  }

  /// Every ASCII character, alone and beside quotes and strokes, comes back as it was sent.
  private func hostileLiterals(_ servers: LoopbackCluster) throws {
    let bytes = (1..<128).map { String(Unicode.Scalar(UInt8($0))) }
    var texts = bytes + ["'); DROP TABLE loads --", "\\", "\\N", "\u{202E}县", "'' OR 1 = 1"]
    for first in bytes { texts.append(first + "'" + first + "\\" + first) }
    let cluster = try servers.cluster(as: "console")
    for start in stride(from: 0, to: texts.count, by: 40) {
      let own = Array(texts[start..<min(start + 40, texts.count)])
      let list = own.enumerated().map { place, text in
        "\(SQLDialect.clickhouse.literal(text)) AS _k\(place)"
      }
      let rows = try cluster.ask("SELECT \(list.joined(separator: ", "))")
      #expect(rows.rows == [own.map { .text($0) }])
    }
    #expect(servers.text("EXISTS TABLE loads").hasPrefix("1"))
  }

  @Test func theProgramPushesAsksAndRemoves() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 2))
    let program = builtProduct("tongbao")
    func run(_ user: String, _ words: String) -> ShellResult {
      runShell(
        "TONGBAO_CLICKHOUSE_USER=\(user) TONGBAO_CLICKHOUSE_KEY=\(servers.key(of: user)) "
          + "'\(program)' --lang en -q \(words) 2>&1")
    }
    let list = servers.addresses.joined(separator: ",")
    let empty = run("console", "--clickhouse \(list) -c overdue")
    #expect(empty.status == 3 && empty.output.contains("push the data first"))
    #expect(run("loader", "--push \(list)").output.contains("the built-in sample is not pushed"))
    let planned = run("loader", "--push \(list) --check '\(example("2024Q4"))'")
    #expect(planned.status == 0)
    #expect(servers.text("EXISTS DATABASE hotline").hasPrefix("1") == false)
    #expect(run("loader", "--push \(list) '\(example("2024Q4"))'").status == 0)
    let asked = run("console", "-c '.connect \(list)' -c overdue -c rows -c '.connect -'")
    #expect(asked.status == 1)
    #expect(asked.output.contains("2024Q4  193 rows\nOverdue\n64\n"), "\(asked.output)")
    #expect(asked.output.contains("the rows of 2024Q4 unit_period lie on the cluster"))
    // Loaded beside it, another quarter is answered here.
    let both = run(
      "console",
      "--clickhouse \(list) '\(example("synthetic-2024Q3"))' -m json "
        + "-c 'overdue by quarter during 2024Q3..2024Q4'")
    #expect(both.output.contains("\"rows\":[[\"2024Q3\","))
    #expect(both.output.contains("[\"2024Q4\",64]"))
    #expect(both.output.contains("answered by the cluster: 2024Q4 "))
    #expect(run("loader", "--push \(list) --remove 2024Q3").status == 3)
    #expect(run("loader", "--push \(list) --remove 2024Q4").status == 0)
    #expect(run("console", "--clickhouse \(list) -c overdue").status == 1)
  }

  @Test func aPushThatEndsEarlyLeavesTheOldRows() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 2))
    let first = Ground(rules, try load(paths: [example("2024Q4")], into: rules))
    try servers.push(first)
    let before = try orders(servers)
    #expect(before == [2575])
    // The same quarter without its third row.
    let changed = try smaller(first)
    let after = try ordersHere(changed)
    #expect(after != before)
    var (step, oldCount, isDone) = (1, 0, false)
    while !isDone, step < 400 {
      do {
        try servers.push(changed, by: EndingTransport(after: step))
        isDone = true
      } catch {
        let now = try orders(servers)
        #expect(now == before || now == after, "ended at request \(step)")
        if now == before { oldCount += 1 }
      }
      // The first steps one by one, the others at some distance.
      step += step > 12 ? 7 : 1
    }
    #expect(isDone)
    #expect(oldCount > 15)
    #expect(try orders(servers) == after)
    // Again the same rows: another load, the same answers.
    try servers.push(changed)
    #expect(try orders(servers) == after)
  }

  /// The same quarter without the printed row of the most orders.
  private func smaller(_ ground: Ground) throws -> Ground {
    var loaded = ground.loaded
    for (place, partition) in loaded.store.partitions.enumerated()
    where partition.dataset == "unit_period" {
      let column = try #require(partition.column(named: "assigned"))
      let worst = try #require(
        (0..<partition.rowCount).max { column.number($0) ?? 0 < column.number($1) ?? 0 })
      loaded.store.partitions[place] = partition.gathered(
        (0..<partition.rowCount).filter { $0 != worst })
    }
    return Ground(rules, loaded)
  }

  @Test func aShardThatFailsIsToldAndNeverLeftOutInSilence() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 3))
    let near = Ground(rules, try load(paths: [example("2024Q4")], into: rules))
    try servers.push(near)
    #expect(servers.run("kill 3"))
    let fault = #expect(throws: ClusterFault.self) {
      _ = try ClusterData(servers.cluster(as: "console"), for: rules)
    }
    #expect(fault?.kind == .server)
    // With the right to go on without it the first note says what is missing.
    var settings = try servers.settings(as: "loader")
    settings.allowsPartial = true
    let partial = Cluster(settings, by: CurlTransport(authorityFile: nil), quietSurroundings)
    let ground = Ground(rules, LoadedPieces(), cluster: try ClusterData(partial, for: rules))
    let answer = try Pipeline(ground: ground, scope: .init()).answer(
      question("orders"), in: .english)
    #expect(answer.notes.first?.code == "PARTIAL")
    #expect(answer.notes.first?.text.hasPrefix("partial: shard 3 of 3 is missing; about") == true)
    // Nothing is asserted of some of the rows.
    var session = Session(ground: ground, language: .english)
    let assertion = try #require(
      session.parsed("assert orders > 0", isConsole: false).statements.first?.statement)
    #expect(throws: PlanningFault.self) { _ = try session.run(assertion, in: .english) }
    #expect(servers.run("restart 3"))
    #expect(try orders(servers) == [2575])
  }

  @Test func aFrozenShardEndsAtTheDeadlineAndACancelledStatementEverywhere() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 2))
    let near = Ground(rules, try load(paths: [example("2024Q4")], into: rules))
    try servers.push(near)
    #expect(servers.run("freeze 2"))
    var settings = try servers.settings(as: "console")
    settings.timeoutMilliseconds = 1500
    let short = Cluster(settings, by: CurlTransport(authorityFile: nil), quietSurroundings)
    let fault = #expect(throws: ClusterFault.self) { _ = try ClusterData(short, for: rules) }
    #expect(fault?.message.english.contains("--timeout") == true, "\(fault?.message.english ?? "")")
    #expect(servers.run("thaw 2"))
    let stopped = StopAfter(looks: 5)
    let cluster = Cluster(
      try servers.settings(as: "console"), by: CurlTransport(authorityFile: nil),
      ClusterSurroundings(milliseconds: wallMilliseconds, isStopped: { stopped.isWanted }))
    let end = #expect(throws: ClusterFault.self) {
      _ = try cluster.ask("SELECT count() AS _n FROM system.numbers WHERE number % 7 = 8")
    }
    #expect(end?.kind == .stopped)
    var running = "?"
    for _ in 0..<1000 where running != "0\n" {
      running = servers.text(
        "SELECT count() FROM system.processes WHERE query LIKE '%number % 7%' "
          + "AND query NOT LIKE '%processes%'")
    }
    #expect(running == "0\n")
  }

  @Test func aTableOfAnotherShapeIsRefusedByNameBeforeRowsAreSent() throws {
    let servers = try #require(LoopbackCluster(nodeCount: 2))
    let near = Ground(rules, try load(paths: [example("2024Q4")], into: rules))
    try servers.push(near)
    _ = servers.text("ALTER TABLE unit_period_local ADD COLUMN extra UInt8", node: 1)
    let fault = #expect(throws: ClusterFault.self) { try servers.push(near) }
    #expect(fault?.message.english.contains(servers.addresses[1]) == true)
    #expect(fault?.message.english.contains("column extra of unit_period_local") == true)
    #expect(try orders(servers) == [2575])
    // Who may only read cannot push.
    let reader = #expect(throws: ClusterFault.self) { try servers.push(near, as: "console") }
    #expect(reader?.message.english.contains("does not let this user") == true)
    // A shard without an address.
    let missing = #expect(throws: ClusterFault.self) {
      try servers.push(near, to: [servers.addresses[0]])
    }
    #expect(missing?.message.english.contains("shard 2 has no address") == true)
  }
}
