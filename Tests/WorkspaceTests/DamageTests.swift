// DamageTests.swift: a byte that changed is harmless or told, and never makes a wrong figure.

import Columns
import Console
import Support
import Testing

@testable import Workspace

@Suite struct DamageTests {
  private static let questions = [
    "orders, overdue by unit", "score by unit during 2024Q4", "orders by unit, quarter", "check",
    "overdue by unit where month = 11",
  ]

  /// The bytes of a workspace, and what it answers while it is whole.
  private static let whole: (bytes: [UInt8], answers: [String])? = {
    let folder = TemporaryFolder()
    let path = folder.file("w.db")
    guard let workspace = try? Workspace.create(path),
      let pieces = try? KeptQuarters.examples(),
      (try? KeptQuarters.keep(pieces, in: workspace)) != nil,
      let bytes = folder.bytes(of: "w.db")
    else { return nil }
    let ground = KeptQuarters.ground((try? workspace.pieces()) ?? [])
    return (bytes, questions.map { KeptQuarters.said($0, of: ground) })
  }()

  @Test func aByteThatChangedIsHarmlessOrTold() throws {
    let whole = try #require(Self.whole)
    let folder = TemporaryFolder()
    var random = SeededGenerator(seed: 20_241)
    var (told, harmless) = (0, 0)
    let path = folder.file("w.db")
    folder.write(whole.bytes, to: "w.db")
    let blocks = try Self.blocks(of: path, in: whole.bytes)
    try #require(!blocks.isEmpty)
    for round in 0..<(isFullRun ? 5000 : 200) {
      // Anywhere in the file and, as most of it is read by none of the questions, in a column.
      let area = round % 2 == 0 ? 0..<whole.bytes.count : blocks[round / 2 % blocks.count]
      let position = Int.random(in: area, using: &random)
      var bytes = whole.bytes
      bytes[position] ^= UInt8.random(in: 1...255, using: &random)
      folder.write(bytes, to: "w.db")
      // Several questions of one opening, as at the prompt: what one leaves behind the next must
      // not lean on. Two in turn, all of them in a full run.
      let count = Self.questions.count
      let asked = isFullRun ? Array(0..<count) : [round % count, (round + 1) % count]
      for (index, said) in zip(asked, answers(to: asked, path)) {
        let (question, expected) = (Self.questions[index], whole.answers[index])
        if said == expected {
          harmless += 1
        } else if said.hasPrefix("D1") {
          told += 1
        } else {
          Issue.record("byte \(position): `\(question)` says \(said.prefix(300))")
        }
      }
    }
    #expect(told > 5)
    #expect(harmless > 20)
  }

  /// Where the beginnings of the columns' blocks lie in the file, those of one page at most.
  private static func blocks(of path: String, in bytes: [UInt8]) throws -> [Range<Int>] {
    var lengths: [UInt64: Int] = [:]
    for row in try Database(path, for: .reading).rows("SELECT bytes FROM block") {
      guard case .bytes(let block) = row[0], block.count >= 8 else { continue }
      lengths[block.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }] = min(block.count, 256)
    }
    var places: [UInt64: [Int]] = [:]
    var word: UInt64 = 0
    for (place, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if lengths[word] != nil { places[word, default: []].append(place - 7) }
    }
    // What stands in several places, zeros above all, may be no block.
    return places.filter { $0.value.count == 1 }.map { word, places in
      places[0]..<min(places[0] + (lengths[word] ?? 8), bytes.count)
    }.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// For each question a refusal with its code, or the answer.
  private func answers(to asked: [Int], _ path: String) -> [String] {
    do {
      let workspace = try Workspace.open(path, for: .reading)
      let ground = KeptQuarters.ground(try workspace.pieces())
      return asked.map { KeptQuarters.said(Self.questions[$0], of: ground) }
    } catch {
      let code = error.fault(of: path).diagnostic.code
      return asked.map { _ in code }
    }
  }

  @Test func aDamagedColumnIsNamedAndTheRestStaysUsable() throws {
    let whole = try #require(Self.whole)
    let folder = TemporaryFolder()
    folder.write(whole.bytes, to: "w.db")
    let path = folder.file("w.db")
    let row = try #require(try Workspace.open(path, for: .reading).catalogue().editions.last)
    let partition = try #require(try row.partitions().first { $0.dataset == "unit_period" })
    let column = try #require(partition.columns.first { $0.name == "assigned" })
    let block = try #require(column.numbers.bytes.blocks.first)
    try Database(path, for: .writing).rows(
      "UPDATE block SET bytes = zeroblob(length(bytes)) WHERE id = ?1", [.whole(block.id)])
    let workspace = try Workspace.open(path, for: .reading)
    let ground = KeptQuarters.ground(try workspace.pieces())
    let refused = KeptQuarters.said("orders by unit", of: ground)
    #expect(refused.hasPrefix("D15"))
    #expect(refused.contains("column assigned of unit_period, 2024Q4"))
    // Again, and no other question suffers.
    #expect(KeptQuarters.said("orders by unit", of: ground) == refused)
    #expect(
      KeptQuarters.said("overdue by unit where month = 11", of: ground) == whole.answers[4])
    let found = try workspace.inspected()
    #expect(found.map(\.column) == ["assigned"])
    #expect(found.map(\.dataset) == ["unit_period"])
  }

  @Test func aTableForPeopleThatWasChangedIsFound() throws {
    let whole = try #require(Self.whole)
    let folder = TemporaryFolder()
    folder.write(whole.bytes, to: "w.db")
    let path = folder.file("w.db")
    try Database(path, for: .writing).rows(
      "UPDATE figure SET value = 999 WHERE rowid = (SELECT min(rowid) FROM figure)")
    let workspace = try Workspace.open(path, for: .reading)
    #expect(try workspace.inspected().map(\.dataset) == ["figure"])
    let ground = KeptQuarters.ground(try workspace.pieces())
    #expect(KeptQuarters.said(Self.questions[0], of: ground) == whole.answers[0])
  }

  @Test func aRowOfTheCatalogueThatIsMissingIsNoticed() throws {
    let whole = try #require(Self.whole)
    let folder = TemporaryFolder()
    folder.write(whole.bytes, to: "w.db")
    let path = folder.file("w.db")
    try Database(path, for: .writing).rows("DELETE FROM edition WHERE id = 2")
    do {
      _ = try Workspace.open(path, for: .reading)
      Issue.record("a lost quarter was not noticed")
    } catch { #expect(error.reason == .damaged) }
  }
}
