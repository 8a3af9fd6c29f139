// ExportTests.swift: what `.export` has written answers as what was loaded, from CSV files and from
// a workbook; whole, or not at all.

import Columns
import Console
import Loading
import Support
import Syntax
import Testing

@Suite struct ExportTests {
  /// Runs the program in a folder of its own.
  private func run(_ words: String, in folder: TemporaryFolder) -> ShellResult {
    runShell(
      "cd '\(folder.path)' && HOME='\(folder.path)' '\(builtProduct("tongbao"))' --lang en "
        + "\(words) </dev/null 2>&1")
  }

  private func loaded(_ paths: [String]) throws -> [Loaded] {
    try loadPieces(paths: paths, into: KeptQuarters.catalog)
  }

  @Test(arguments: ["out", "out.xlsx"])
  func everyRecordedQuestionAnswersFromAnExportAsFromTheData(_ name: String) throws {
    let folder = TemporaryFolder()
    let export = run("-q -c '.export \(name)'", in: folder)
    #expect(export.output == "" && export.status == 0)
    let memory = KeptQuarters.ground([try loadSample(catalog: KeptQuarters.catalog)])
    let back = KeptQuarters.ground(try loaded([folder.file(name)]))
    #expect(KeptQuarters.questions.count > 100)
    for question in KeptQuarters.questions + ["check", "show periods", "show data"] {
      #expect(KeptQuarters.said(question, of: back) == KeptQuarters.said(question, of: memory))
    }
  }

  /// Several quarters, two versions of one, exports, tables of their own.
  private static let data = [
    "synthetic-2023Q4", "synthetic-2024Q3", "2024Q4", "2024Q4", "rectification",
    "tables/spending.csv",
  ].map { "\(projectFolder)/examples/\($0)" }

  @Test(arguments: ["out", "out.xlsx"])
  func whatStandsBesideTheRowsComesBackEqual(_ name: String) throws {
    let folder = TemporaryFolder()
    let paths = Self.data.map { "'\($0)'" }.joined(separator: " ")
    #expect(run("-q \(paths) -c '.导出 \(name)'", in: folder).status == 0)
    var pieces = LoadedPieces()
    pieces.add(try loaded(Self.data))
    let before = pieces.pieces
    let after = try loaded([folder.file(name)])
    #expect(before.count > 6)
    for (old, new) in zip(before, after) {
      #expect(new.notices == old.notices)
      #expect(new.findings == old.findings)
      #expect(new.referenceTexts == old.referenceTexts)
      #expect(new.totalRows == old.totalRows)
      #expect(new.constants == old.constants)
      #expect(new.printedPlaces == old.printedPlaces)
      #expect(new.files == old.files)
      #expect(new.skipped == old.skipped)
      #expect(new.newMembers == old.newMembers)
      #expect(new.ownDefinitions == old.ownDefinitions)
      #expect(new.tables == old.tables)
      #expect(new.notes == old.notes)
      #expect(new.store.partitions.count == old.store.partitions.count)
      for (old, new) in zip(old.store.partitions, new.store.partitions) {
        #expect(new.dataset == old.dataset && new.version == old.version)
        #expect(new.quarterIndex == old.quarterIndex && new.issuer == old.issuer)
        #expect(new.columnNames == old.columnNames)
        #expect(new.lineOfRow.values == old.lineOfRow.values)
        #expect(new.fileOfRow.values == old.fileOfRow.values)
        for column in old.columns {
          let back = try #require(new.column(named: column.name))
          let rows = 0..<old.rowCount
          #expect(rows.map { back.text($0) } == rows.map { column.text($0) })
          #expect(rows.map { back.number($0) } == rows.map { column.number($0) })
        }
      }
    }
    for question in ["check", "show periods", "金额 按 乡镇", "use version 1; score by unit"] {
      #expect(
        KeptQuarters.said(question, of: KeptQuarters.ground(after))
          == KeptQuarters.said(question, of: KeptQuarters.ground(before)))
    }
  }

  /// A formula, an apostrophe before one, quotes, a list's own marks.
  @Test(arguments: ["out", "out.xlsx"])
  func namesComeBackAsTheyWere(_ name: String) throws {
    let folder = TemporaryFolder()
    folder.write(
      #"""
      项目,金额
      ''=1+1,1
      '@x,2
      "a;b\;c ""d""",3
      \0,4.25
      0012,5
      """#, to: "项目.csv")
    #expect(run("-q 项目.csv -c '.export \(name)'", in: folder).status == 0)
    let names = try [folder.file("项目.csv"), folder.file(name)].map { path in
      KeptQuarters.said("金额 按 项目", of: KeptQuarters.ground(try loaded([path])))
    }
    #expect(names[0] == names[1])
    #expect(names[0].contains("'=1+1") && names[0].contains("0012"))
  }

  @Test func anExportThatWasChangedIsRefusedByName() throws {
    let folder = TemporaryFolder()
    #expect(run("-q -c '.export out'", in: folder).status == 0)
    let name = "out/unit_period.csv"
    let whole = try #require(folder.text(of: name))
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    func fault(_ text: String?) throws -> String {
      if let text {
        folder.write(text, to: name)
      } else {
        _ = runShell("rm '\(folder.file(name))'")
      }
      let asked = run("-q out -c orders", in: folder)
      #expect(asked.status == 3)
      return asked.output
    }
    #expect(try fault(lines.dropLast(2).joined(separator: "\n") + "\n").contains("were exported"))
    #expect(try fault("x" + whole).contains("its headings are not partition,file,line,"))
    let damaged = (lines[1].split(separator: ",").map(String.init) + [""])
    let shifted =
      [String(lines[0]), damaged.joined(separator: ",") + ",9"] + lines[2...].map(String.init)
    #expect(try fault(shifted.joined(separator: "\n")).contains("cells, the headings have"))
    #expect(try fault(nil).contains("the table unit_period is missing"))
  }
}
