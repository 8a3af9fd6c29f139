// OpeningTests.swift: what may be opened and written is, and everything else is refused unchanged.

import Columns
import Console
import Support
import Testing

@testable import Workspace

@Suite struct OpeningTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("w.db") }

  private func fault(_ work: () throws -> Void) -> WorkspaceFault.Reason? {
    do {
      try work()
      return nil
    } catch { return (error as? WorkspaceFault)?.reason }
  }

  @Test func aNewFileIsItsOwnersAlone() throws {
    _ = try Workspace.create(folder.file("a/b/w.db"))
    #expect(folder.mode(of: "a/b/w.db") == 0o600)
    #expect(folder.mode(of: "a/b") == 0o700)
    #expect(fault { _ = try Workspace.create(folder.file("a/b/w.db")) } == .exists)
  }

  @Test func aSymbolicLinkIsReadAndNeverWrittenTo() throws {
    _ = try Workspace.create(path)
    folder.link("w.db", at: "link.db")
    _ = try Workspace.open(folder.file("link.db"), for: .reading)
    #expect(fault { _ = try Workspace.open(folder.file("link.db"), for: .writing) } == .link)
    folder.link("nowhere.db", at: "dangling.db")
    #expect(fault { _ = try Workspace.create(folder.file("dangling.db")) } == .exists)
    #expect(folder.mode(of: "nowhere.db") == nil)
  }

  @Test func whatIsNoWorkspaceIsRefused() throws {
    #expect(fault { _ = try Workspace.open(path, for: .reading) } == .missing)
    folder.write("not a database, but long enough to be looked at", to: "w.db")
    #expect(fault { _ = try Workspace.open(path, for: .writing) } == .notWorkspace)
    #expect(folder.text(of: "w.db") == "not a database, but long enough to be looked at")
    #expect(fault { _ = try Workspace.open(folder.path, for: .reading) } == .notWorkspace)
    folder.write("", to: "empty.db")
    #expect(fault { _ = try Workspace.open(folder.file("empty.db"), for: .reading) } != nil)
  }

  @Test func aNewerSchemaIsRefusedUnchanged() throws {
    _ = try Workspace.create(path)
    let database = try Database(path, for: .writing)
    try database.rows("PRAGMA user_version = \(Schema.today.version + 1)")
    for access in [Workspace.Access.reading, .writing] {
      #expect(
        fault { _ = try Workspace.open(path, for: access) }
          == .newerSchema(Int(Schema.today.version + 1)))
    }
  }

  /// Today's schema and one step more, as a later version of the program would know it.
  private func later(_ statements: String...) -> Schema {
    Schema(migrations: Schema.today.migrations + [Migration(statements: statements)])
  }

  @Test func anOlderSchemaIsRenewedAfterACopy() throws {
    let workspace = try Workspace.create(path)
    try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    let said = KeptQuarters.said("overdue by unit", of: try ground())
    let bytes = folder.bytes(of: "w.db")
    let schema = later("CREATE TABLE remark(edition INTEGER, text TEXT)")
    // Who only reads changes nothing, and says what to do.
    #expect(
      fault { _ = try Workspace.open(path, for: .reading, schema: schema) }
        == .olderSchema(Int(Schema.today.version)))
    #expect(folder.bytes(of: "w.db") == bytes)
    let renewed = try Workspace.open(path, for: .writing, schema: schema)
    #expect(try renewed.inspected() == [])
    let again = KeptQuarters.ground(try renewed.pieces())
    #expect(KeptQuarters.said("overdue by unit", of: again) == said)
    #expect(folder.mode(of: "w.db.schema1") == 0o600)
    let copy = try Workspace.open(folder.file("w.db.schema1"), for: .reading)
    #expect(try copy.editions() == renewed.editions())
    // The program of before refuses what has become too new for it.
    #expect(
      fault { _ = try Workspace.open(path, for: .reading) }
        == .newerSchema(Int(schema.version)))
  }

  @Test func aRenewalThatFailsLeavesTheFileAsItWas() throws {
    let workspace = try Workspace.create(path)
    try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    let schema = later("CREATE TABLE remark(text TEXT)", "ALTER TABLE nothing ADD x")
    #expect(fault { _ = try Workspace.open(path, for: .writing, schema: schema) } != nil)
    #expect(try Workspace.open(path, for: .writing).inspected() == [])
    #expect(try Workspace.open(path, for: .reading).editions().count == 4)
  }

  @Test func whileOneWritesAnotherReadsAndAThirdGivesUp() throws {
    let workspace = try Workspace.create(path)
    try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    let writer = try Database(path, for: .writing)
    try writer.rows("BEGIN IMMEDIATE")
    #expect(try Workspace.open(path, for: .reading).editions().count == 4)
    var patience = Patience()
    patience.quietMilliseconds = 20
    patience.limitMilliseconds = 60
    let impatient = try Workspace.open(path, for: .writing, patience: patience)
    #expect(fault { try impatient.drop(1) } == .busy)
    try writer.rows("ROLLBACK")
    try impatient.drop(1)
    #expect(try Workspace.open(path, for: .reading).editions().count == 3)
  }

  /// Whoever compared with a version that is no longer the latest compares again.
  @Test func aVersionThatAnotherProgramKeptMeanwhileIsNotPassedOver() throws {
    let workspace = try Workspace.create(path)
    let edition = try #require(editions(of: try KeptQuarters.examples()).first)
    let first = try workspace.store(edition, rulebook: nil, after: 0)
    #expect(fault { _ = try workspace.store(edition, rulebook: nil, after: 0) } == .changed)
    #expect(try workspace.editions() == [first])
    #expect(try workspace.store(edition, rulebook: nil, after: 1).version == 2)
  }

  @Test func aDroppedEditionLeavesTheOthers() throws {
    let workspace = try Workspace.create(path)
    let stored = try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    let before = KeptQuarters.said("orders by unit during 2024Q3", of: try ground())
    let open = try ground()
    try workspace.drop(stored[3].id)
    try workspace.drop(stored[0].id)
    #expect(try workspace.editions().map(\.id) == [stored[1].id, stored[2].id])
    #expect(KeptQuarters.said("orders by unit during 2024Q3", of: try ground()) == before)
    #expect(try workspace.inspected() == [])
    // Whoever opened the file before is told, and gets no wrong figure.
    #expect(
      KeptQuarters.said("orders by unit during 2023Q4", of: open).contains("another program"))
    #expect(fault { try workspace.drop(stored[0].id) } == .changed)
    // Numbers are never used again.
    let again = try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    #expect(again.map(\.id).allSatisfy { $0 > stored[3].id })
  }

  private func ground() throws -> Ground {
    KeptQuarters.ground(try Workspace.open(path, for: .reading).pieces())
  }

  @Test func theDefinitionsAreKeptWithTheData() throws {
    let workspace = try Workspace.create(path)
    let rules = [RulebookText(name: "rules.tb", text: "version 1")]
    for edition in editions(of: try KeptQuarters.examples()).prefix(2) {
      _ = try workspace.store(edition, rulebook: rules)
    }
    #expect(try Workspace.open(path, for: .reading).rulebook() == rules)
    #expect(try workspace.editions().map(\.rulebook) == [1, 1])
  }

  @Test func peopleReadTheFiguresWithPlainSQL() throws {
    let workspace = try Workspace.create(path)
    try KeptQuarters.keep(try KeptQuarters.examples(), in: workspace)
    let database = try Database(path, for: .reading)
    let rows = try database.rows(
      """
      SELECT _period, sum(assigned), sum(assigned - ontime) FROM unit_period
      WHERE channel = 'hotline' AND _is_latest GROUP BY 1 ORDER BY 1
      """)
    #expect(rows.last == [.text("2024Q4"), .whole(2575), .whole(64)])
    #expect(try database.rows("SELECT period, version FROM period").count == 4)
    #expect(try database.rows("SELECT * FROM finding WHERE code = 'R10'").isEmpty == false)
  }
}
