// CrashTests.swift: loads are killed, and their calls of the system fail, one after the other: no
// quarter that was told as loaded is lost, none is there in part, and the next start works.
//
// `scripts/test --faults` runs them in full against the program that people get. A signal is not a
// loss of power: what a disk keeps after a flush is only tested by flushes that fail.

import Columns
import Support
import Testing

@testable import Workspace

/// `scripts/test --faults`
let isFullRun = runShell("test \"$TONGBAO_FAULTS\" = full").status == 0

/// A load of many quarters in a folder of its own.
private final class CrashedLoad {
  let folder = TemporaryFolder()
  let program: String
  static let quarters = (2018...2023).flatMap { year in (1...4).map { "\(year)Q\($0)" } }
  static let rowsPerQuarter = 40

  init() {
    let named = runShell("printf %s \"$TONGBAO_PROGRAM\"").output
    program = named.isEmpty ? builtProduct("tongbao") : named
    for year in 2018...2023 {
      for quarter in 1...4 {
        folder.write(Self.table(year, quarter), to: "311-\(year)-\(quarter).csv")
      }
    }
    _ = runShell("mkdir '\(folder.file("other"))'")
    folder.write(Self.table(2018, 1, shift: 1), to: "other/311-2018-1.csv")
  }

  static func table(_ year: Int, _ quarter: Int, shift: Int = 0) -> String {
    let agencies = ["HPD", "DOT", "DSNY", "NYPD"]
    var lines = ["Unique Key,Created Date,Due Date,Closed Date,Agency,Complaint Type"]
    for row in 0..<rowsPerQuarter {
      let month = quarter * 3 - row % 3
      let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(10 + row % 18)"
      let key = ((year * 4 + quarter) * 1000 + row) * 10
      lines.append(
        "\(key),\(date) 10:00,\(date) 12:00,\(date) 11:0\(shift),\(agencies[row % 4]),Plumbing")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Runs the program on files; what it told leaves, with its status.
  func load(_ files: String, before: String = "", options: String = "") -> ShellResult {
    runShell(
      """
      cd '\(folder.path)' && { \(before) '\(program)' --lang en \(options) \
        --rules '\(projectFolder)/examples/311' --keep --workspace crash.db \(files); } \
        2>&1 </dev/null
      """)
  }

  /// The quarters that a run told as loaded.
  func told(_ result: ShellResult) -> Set<String> {
    Set(
      result.output.split(separator: "\n").compactMap { line in
        line.hasPrefix("loaded ")
          ? line.split(separator: " ").dropFirst().first.map(String.init)
          : nil
      })
  }

  /// Every quarter that is there, each looked through; what is torn is an issue of the test.
  func kept() throws -> [String: Int] {
    guard folder.mode(of: "crash.db") != nil else { return [:] }
    let path = folder.file("crash.db")
    // Takes back what was interrupted, as the next start of the program does.
    _ = try Workspace.open(path, for: .writing)
    let workspace = try Workspace.open(path, for: .reading)
    #expect(try workspace.inspected() == [])
    var versions: [String: Int] = [:]
    for edition in try workspace.editions() {
      let period = String(edition.key.text.prefix(6))
      #expect(edition.rowCount == Self.rowsPerQuarter)
      versions[period] = max(versions[period] ?? 0, edition.version)
    }
    return versions
  }

  func clear() { _ = runShell("cd '\(folder.path)' && rm -f crash.db* .crash.db*") }
}

@Suite(.serialized) struct CrashTests {
  @Test func aLoadThatIsKilledLosesNoQuarterThatWasTold() throws {
    let load = CrashedLoad()
    var random = SeededGenerator(seed: 1)
    var acknowledged: Set<String> = []
    var (kills, losses) = (0, 0)
    let goal = isFullRun ? 2000 : 200
    var longest = isFullRun ? 60 : 900
    while kills < goal {
      if acknowledged.count == CrashedLoad.quarters.count {
        load.clear()
        acknowledged = []
        // Both ways in which SQLite keeps what is being written.
        if kills % 2 == 1 {
          _ = load.load("311-2018-1.csv")
          try Database(load.folder.file("crash.db"), for: .writing).rows(
            "PRAGMA journal_mode = WAL")
          acknowledged = ["2018Q1"]
        }
      }
      let milliseconds = Int.random(in: 3...longest, using: &random)
      let seconds = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
      let result = load.load("*.csv", before: "timeout -s KILL \(seconds)")
      if result.status == 0 {
        longest = max(20, longest * 9 / 10)
      } else {
        kills += 1
      }
      acknowledged.formUnion(load.told(result))
      let kept = try load.kept()
      if !acknowledged.isSubset(of: kept.keys) { losses += 1 }
      // What is there although nobody was told yet is there as a whole.
      acknowledged.formUnion(kept.keys)
    }
    #expect(losses == 0)
    let leftovers = runShell("ls -A '\(load.folder.path)' | grep -c 'tmp-'").output
    #expect(Int(leftovers.split(separator: "\n").first ?? "9") ?? 9 <= 1)
  }

  /// `write:5:28` lets the fifth call fail with ENOSPC; KILL and SHORT are no errors of the system.
  private static let calls = ["open", "write", "pwrite", "fsync", "ftruncate", "unlink", "link"]
  private static var faults: [String] { isFullRun ? ["28", "5", "KILL", "SHORT"] : ["28"] }

  /// Every call in turn; in the ordinary run ever wider steps.
  private static var numbers: [Int] {
    isFullRun ? Array(1...400) : [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233]
  }

  @Test(arguments: ["first load", "second quarter", "a period with other figures"])
  func everyCallThatFailsLeavesTheWorkspaceWhole(_ scenario: String) throws {
    let load = CrashedLoad()
    let shim = load.folder.file("failio.so")
    let build = runShell(
      "cc -O2 -shared -fPIC -o '\(shim)' '\(projectFolder)/Tests/FaultShim/failio.c' -ldl 2>&1 "
        + "|| clang -O2 -shared -fPIC -o '\(shim)' '\(projectFolder)/Tests/FaultShim/failio.c' -ldl"
    )
    try #require(build.status == 0, "no C compiler for the shim")
    var points = 0
    for call in Self.calls {
      for fault in Self.faults {
        for number in Self.numbers {
          let before = prepare(scenario, load)
          let shimmed =
            "env SWIFT_BACKTRACE=enable=no FAILIO=\(call):\(number):\(fault) "
            + "FAILIO_PATH=crash.db LD_PRELOAD='\(shim)'"
          let result = run(scenario, load, before: shimmed)
          points += 1
          let told = load.told(result)
          let kept = try load.kept()
          let place = "\(scenario), \(call):\(number):\(fault)"
          #expect(told.isSubset(of: kept.keys), "lost: \(place)")
          #expect(before.allSatisfy { kept[$0.key, default: 0] >= $0.value }, "\(place)")
          #expect(
            [0, 3, -1, 137].contains(result.status), "status \(result.status): \(place)")
          // The next start works and finishes the work.
          if result.status == 0 { break }
          if number % 5 == 1 {
            #expect(run(scenario, load, before: "").status == 0, "again: \(place)")
          }
        }
      }
    }
    #expect(points > 20)
  }

  private func prepare(_ scenario: String, _ load: CrashedLoad) -> [String: Int] {
    load.clear()
    guard scenario != "first load" else { return [:] }
    _ = load.load("311-2018-1.csv")
    return ["2018Q1": 1]
  }

  private func run(_ scenario: String, _ load: CrashedLoad, before: String) -> ShellResult {
    switch scenario {
    case "first load": load.load("311-2018-1.csv", before: before)
    case "second quarter": load.load("311-2018-2.csv", before: before)
    default: load.load("other/311-2018-1.csv", before: before, options: "--replace")
    }
  }
}
