// OutputFaultTests.swift: every call of the system fails in turn while results leave for a file:
// the old one is untouched or the new one is whole, and the status tells which.

import Support
import Testing

/// A file or folder of results, written by a command over an old one or where there is none.
struct WrittenResult: Sendable, CustomTestStringConvertible {
  var words: String
  var path: String
  /// Its content as one text.
  var look: String
  var testDescription: String { words }

  static let all = [
    WrittenResult(
      words: "-q -c 'overdue by unit, month' -o out.csv --replace", path: "out.csv",
      look: "cat out.csv"),
    WrittenResult(
      words: "-q -c 'overdue by unit into out.xlsx replace'", path: "out.xlsx",
      look: "cksum out.xlsx"),
    WrittenResult(
      words: "-q -c 'overdue by unit, month into out.csv append'", path: "out.csv",
      look: "cat out.csv"),
    WrittenResult(
      words: "-q --report report.md -o out.html --replace", path: "out.html",
      look: "cat out.html"),
    WrittenResult(
      words: "-q -c '.export out replace'", path: "out",
      look: "cd out && ls && cat unit_period.csv tongbao-notices.csv"),
  ]
}

@Suite struct OutputFaultTests {
  private static let calls = ["open", "write", "fsync", "rename", "close"]
  /// Every call in turn; in the ordinary run ever wider steps.
  private static var numbers: [Int] { isFullRun ? Array(1...60) : [1, 2, 3, 5, 8, 13, 21] }

  @Test(arguments: WrittenResult.all)
  func everyCallThatFailsLeavesTheOldFileOrTheNewOneWhole(_ result: WrittenResult) throws {
    let folder = TemporaryFolder()
    let shim = folder.file("failio.so")
    let build = runShell(
      "for cc in cc clang; do $cc -O2 -shared -fPIC -o '\(shim)' "
        + "'\(projectFolder)/Tests/FaultShim/failio.c' -ldl && exit 0; done 2>/dev/null; exit 1")
    try #require(build.status == 0, "no C compiler for the shim")
    folder.write("# {{ overdue }}\n\n```tongbao\noverdue by unit\n```\n", to: "report.md")
    func run(_ before: String = "") -> ShellResult {
      runShell(
        "cd '\(folder.path)' && { HOME='\(folder.path)' \(before) '\(builtProduct("tongbao"))' "
          + "\(result.words); } </dev/null 2>&1")
    }
    func look() -> String {
      runShell("cd '\(folder.path)' && [ -e \(result.path) ] && { \(result.look); }").output
    }
    func clear() { _ = runShell("cd '\(folder.path)' && rm -rf out* .out*") }
    #expect(run().status == 0)
    let whole = look()
    var points = 0
    let isAppending = result.words.contains("append")
    for old in isFullRun && !isAppending ? [true, false] : [!isAppending] {
      for call in Self.calls {
        for fault in ["28", "KILL", "SHORT"] where fault != "SHORT" || call == "write" {
          for number in Self.numbers {
            clear()
            if old { #expect(run().status == 0) }
            let ended = run(
              "env SWIFT_BACKTRACE=enable=no FAILIO=\(call):\(number):\(fault) "
                + "FAILIO_PATH=out LD_PRELOAD='\(shim)'")
            points += 1
            let place = "\(call):\(number):\(fault), old \(old): \(ended.output)"
            let found = look()
            #expect(found == whole || (!old && found.isEmpty), "torn: \(place)")
            #expect([0, 3, -1, 137].contains(ended.status), "status \(ended.status): \(place)")
            if ended.status == 0 { #expect(found == whole, "\(place)") }
            // A replaced folder that cannot be opened to be removed is left to the next writer.
            if fault == "28", ended.status != 0 {
              let left = runShell("ls -A '\(folder.path)' | grep -c 'tmp-'").output
              #expect(left.hasPrefix("0"), "left over: \(place)")
            }
            if ended.status == 0 { break }
          }
        }
      }
    }
    #expect(points > 15)
  }
}
