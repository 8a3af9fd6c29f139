// InspectionTests.swift: files arrive; what an inspection tells of their tables and faults is held.

import Columns
import Support
import Testing

@testable import Loading

@Suite struct InspectionTests {
  @Test func aFolderIsToldFileByFile() throws {
    let files = inspect(paths: [exampleFolder], with: testCatalog)
    #expect(
      files.map { $0.file.split(separator: "/").last.map(String.init) } == [
        "annex1-towns.csv", "annex2-departments.csv", "annex3-mailbox.csv", "annex4-media.csv",
        "notice.csv", "2024Q4",
      ])
    #expect(
      files.map { $0.tables.first?.dataset } == [
        "unit_period", "unit_period", "unit_period", "media_account", nil, nil,
      ])
    #expect(files.map(\.isRefused).allSatisfy { $0 == false })
    let mailbox = try #require(files[2].tables.first)
    #expect(mailbox.header.first == "办理单位")
    #expect(mailbox.rows.count == 26)
    #expect(mailbox.rows.last?.first == "合计")
    #expect(mailbox.delimiter == ",")
    #expect(files[5].tables.first?.skipped.map(\.text) == ["README.md"])
    let codes = files.flatMap(\.findings).map(\.code)
    #expect(codes.contains("R11") && codes.contains("R28"))
  }

  @Test func aTableThatIsNearlyAnExportSaysWhatItLacks() {
    let folder = TemporaryFolder()
    folder.write("工单编号,承办单位,受理时间,办结时间\n1,县住建局,2024-11-01,2024-11-05\n", to: "a.csv")
    folder.write("名称,数,备注\n甲,1\n", to: "ragged.csv")
    let file = inspect(paths: [folder.file("a.csv")], with: testCatalog).first
    #expect(file?.isRefused == false)
    #expect(file?.tables.map(\.dataset) == [nil])
    #expect(file?.findings.map(\.code) == ["LOAD"])
    #expect(file?.findings.first?.text.english.contains("no heading for due_at (办结时限") == true)
    // A table of anybody's is none of a notice because it has two headings of one.
    let ragged = inspect(paths: [folder.file("ragged.csv")], with: testCatalog).first
    #expect(ragged?.tables.map(\.dataset) == [nil])
    #expect(ragged?.findings.map(\.line) == [2])
    #expect(ragged?.findings.first?.cures.isEmpty == false)
  }

  @Test func aMissingFileIsRefused() {
    let files = inspect(paths: ["no/such.csv"], with: testCatalog)
    #expect(files.map(\.isRefused) == [true])
    #expect(files.flatMap(\.findings).map(\.code) == ["D10"])
  }
}
