// ClusterTests.swift: answers of servers arrive as written down; which of them are asked again,
// ended or refused is told.

import Syntax
import Testing

@testable import ClickHouse

@Suite struct ClusterTests {
  private let one = "_n\nUInt64\n1\n"

  @Test func `a server that cannot be reached is followed by the next, under a new name`() throws {
    let transport = ScriptedTransport([
      .fault(.unreachable("refused")),
      .answer(status: 500, "Code: 279. DB::Exception: All connection tries failed"),
      .answer(status: 200, one),
    ])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1,http://127.0.0.1:2"), by: transport,
      ScriptedSurroundings().surroundings())
    #expect(try cluster.ask("SELECT count() AS _n FROM orders").rows == [[.whole(1)]])
    let urls = transport.requests.map(\.url)
    #expect(
      urls.map { $0.prefix(18) } == [
        "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:1",
      ])
    let names = urls.compactMap { $0.split(separator: "&").first { $0.hasPrefix("query_id=") } }
    #expect(Set(names).count == 3)
    #expect(
      urls.allSatisfy { $0.contains("wait_end_of_query=1") && $0.contains("database=hotline") })
  }

  @Test func `after three tries the first fault is told`() throws {
    let transport = ScriptedTransport(
      Array(repeating: .fault(.unreachable("refused")), count: 3) + [.answer(status: 200, one)])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1"), by: transport, ScriptedSurroundings().surroundings())
    let fault = #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    #expect(fault?.kind == .server)
    #expect(transport.requests.count == 3)
  }

  @Test(arguments: [
    (516, ClusterFault.Kind.server, "login refused"), (60, .server, "push the data first"),
    (159, .budget, "time"), (241, .budget, "memory"), (396, .budget, "1,000,000 groups"),
    (999, .server, "code 999"),
  ])
  func `what another try would not change is not tried again`(
    _ code: Int, _ kind: ClusterFault.Kind, _ words: String
  ) throws {
    let transport = ScriptedTransport([
      .answer(status: 500, "Code: \(code). DB::Exception: because"), .answer(status: 200, one),
    ])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1,http://127.0.0.1:2"), by: transport,
      ScriptedSurroundings().surroundings())
    let fault = #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    #expect(fault?.kind == kind)
    #expect(fault?.message.english.contains(words) == true, "\(fault?.message.english ?? "")")
    #expect(transport.requests.count == 1)
  }

  @Test func `an error among the rows, or a cut answer, is never taken for an answer`() throws {
    for body in [one + "Code: 241, e.displayText() = DB::Exception: x\n", "_n\nUInt64\n12", ""] {
      let cluster = Cluster(
        try settings("http://127.0.0.1:1"), by: ScriptedTransport([.answer(status: 200, body)]),
        ScriptedSurroundings().surroundings())
      #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    }
  }

  @Test func `who stops ends the statement on its own server`() throws {
    let transport = ScriptedTransport([.untilStopped, .answer(status: 200, "")])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1,http://127.0.0.1:2"), by: transport,
      ScriptedSurroundings().surroundings(stopsAtLook: 3))
    let fault = #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    #expect(fault?.kind == .stopped)
    let requests = transport.requests
    #expect(requests.count == 2)
    let name = requests[0].url.split(separator: "=").last.map(String.init) ?? "-"
    #expect(requests[1].url.hasPrefix("http://127.0.0.1:1/"))
    #expect(transport.statements[1] == "KILL QUERY WHERE query_id = '\(name)' ASYNC")
    #expect(requests[1].timeoutMilliseconds == 1000)
  }

  @Test func `a server that is silent too long is told to end, and nothing is tried again`() throws
  {
    let transport = ScriptedTransport([.fault(.deadline), .answer(status: 200, "")])
    var settings = try settings("http://127.0.0.1:1,http://127.0.0.1:2")
    settings.timeoutMilliseconds = 7000
    let cluster = Cluster(settings, by: transport, ScriptedSurroundings().surroundings())
    let fault = #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    #expect(fault?.kind == .budget)
    #expect(fault?.message.english.contains("7 s") == true)
    #expect(transport.requests[0].timeoutMilliseconds == 7000)
    #expect(transport.statements.count == 2)
    #expect(transport.statements[1].hasPrefix("KILL QUERY"))
  }

  @Test func `a long statement says how far it is, and the word goes away`() throws {
    let progress = "_a0\t_a1\nUInt64\tUInt64\n1000\t900\n"
    let transport = ScriptedTransport([.untilStopped, .answer(status: 200, progress)])
    let around = ScriptedSurroundings()
    // Every look at the clock takes 400 ms: the second one is late enough to ask.
    let cluster = Cluster(
      try settings("http://127.0.0.1:1"), by: transport,
      around.surroundings(stepMilliseconds: 400, stopsAtLook: 3))
    #expect(throws: ClusterFault.self) { try cluster.ask("SELECT 1") }
    // The total is a guess, and never less than what has been read.
    #expect(
      around.told.withLock { $0 } == [ClusterProgress(readRows: 1000, totalRows: 1000), nil])
  }

  @Test func `the key stands in a header alone`() throws {
    let transport = ScriptedTransport([.answer(status: 200, one), .answer(status: 200, "")])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1"), by: transport, ScriptedSurroundings().surroundings())
    _ = try cluster.ask("SELECT 1")
    try cluster.insert(
      [0x31, 0x0A], by: "INSERT INTO t FORMAT TabSeparated", at: cluster.addresses[0])
    for request in transport.requests {
      #expect(!request.url.contains("s3cret"))
      #expect(!String(decoding: request.body, as: UTF8.self).contains("s3cret"))
      #expect(request.headers.contains("X-ClickHouse-Key: s3cret-key"))
    }
    #expect(
      transport.requests[1].url.contains("&query=INSERT%20INTO%20t%20FORMAT%20TabSeparated"))
  }

  @Test func `rows are sent once, whatever becomes of them`() throws {
    let transport = ScriptedTransport([.fault(.broken("reset")), .answer(status: 200, "")])
    let cluster = Cluster(
      try settings("http://127.0.0.1:1,http://127.0.0.1:2"), by: transport,
      ScriptedSurroundings().surroundings())
    #expect(throws: ClusterFault.self) {
      try cluster.insert([], by: "INSERT INTO t FORMAT TabSeparated", at: cluster.addresses[0])
    }
    #expect(transport.requests.count == 1)
  }
}
