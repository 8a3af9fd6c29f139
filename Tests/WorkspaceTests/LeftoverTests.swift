// LeftoverTests.swift: what a killed writer left beside a file goes when nobody can write it any
// more, and not before.

import CSystem
import Support
import Testing

@testable import Workspace

@Suite struct LeftoverTests {
  /// A process that has ended while its parent, `sleep`, never asks how; gone after some seconds.
  private func zombie(in folder: TemporaryFolder) throws -> Int32 {
    let note = folder.file("number")
    let told = runShell(
      "sh -c 'true & echo $!; exec sleep 20' > '\(note)' 2>/dev/null & sleep 0.5; cat '\(note)'")
    return try #require(Int32(told.output.split(separator: "\n").first ?? ""))
  }

  @Test func `a process that has ended writes no more, whether or not its parent knows`() throws {
    let folder = TemporaryFolder()
    let ended = try zombie(in: folder)
    #expect(csystem_is_process_gone(ended) != 0)
    #expect(csystem_is_process_gone(processIdentifier) == 0)
    #expect(csystem_is_process_gone(1) == 0)
    #expect(csystem_is_process_gone(Int32.max) != 0)
    #expect(csystem_is_process_gone(0) == 0)
  }

  @Test func `leftovers of ended writers go, those of others stay`() throws {
    let folder = TemporaryFolder()
    let ended = try zombie(in: folder)
    let names = [
      ".a.db.tmp-\(ended)", ".a.db.tmp-\(ended)-journal", ".a.db.tmp-\(processIdentifier)",
      ".b.db.tmp-\(ended)", ".a.db.tmp-x", "a.db",
    ]
    for name in names { _ = runShell("touch '\(folder.file(name))'") }
    removeLeftovers(beside: folder.file("a.db"), prefix: ".a.db.tmp-")
    let left = runShell("ls -A '\(folder.path)'").output.split(separator: "\n").map(String.init)
    #expect(Set(left) == Set(names.dropFirst(2) + ["number"]))
  }
}
