// LoadCorpusTests.swift: files as people have them are made by a script; each must become the
// tables that stand beside it, or be refused with the faults that do.

import Catalog
import Columns
import Support
import Testing

@testable import Loading

/// One line of `expected.json`, as the script's `--lines` prints it.
private struct CorpusCase: Sendable, CustomTestStringConvertible {
  struct Table: Sendable, Hashable {
    var dataset: String
    /// nil: any rows.
    var rows: [String]?
  }
  var file: String
  var options: LoadOptions
  var tables: [Table]
  /// code, line, column, cell; an empty one stands for any.
  var faults: [[String]]
  var notes: [String]

  var testDescription: String { file }
}

/// Where the corpus lies; nil where there is no python3 to make it.
private let corpusFolder: String? = {
  let run = runShell(
    """
    folder=$(mktemp -d) && python3 '\(projectFolder)/scripts/make-load-corpus.py' "$folder" \
      >"$folder/log" && printf %s "$folder"
    """)
  return run.status == 0 && !run.output.isEmpty ? run.output : nil
}()

/// Fields parted by U+001F, tables and faults by U+001E.
private let corpusCases: [CorpusCase] = {
  guard let corpusFolder else { return [] }
  return runShell("cat '\(corpusFolder)/expected.txt'").output.split(separator: "\u{1D}")
    .compactMap { record in
      let fields = record.split(separator: "\u{1E}", omittingEmptySubsequences: false)
        .map(String.init)
      guard fields.count == 5 else { return nil }
      func list(_ text: String, _ mark: Character) -> [String] {
        text.isEmpty
          ? []
          : text.split(separator: mark, omittingEmptySubsequences: false)
            .map(String.init)
      }
      let options = list(fields[1], ",")
      return CorpusCase(
        file: fields[0],
        options: LoadOptions(
          keepsUnknown: options.contains("keep"), skipsBadRows: options.contains("skip")),
        tables: list(fields[2], "\u{1C}").map { table in
          let parts = list(table, "\u{1F}")
          return CorpusCase.Table(
            dataset: parts[0], rows: parts.dropFirst().first == "*" ? nil : Array(parts.dropFirst())
          )
        },
        faults: list(fields[3], "\u{1C}").map { list($0, "\u{1F}") },
        notes: list(fields[4], "\u{1F}"))
    }
}()

@Suite struct LoadCorpusTests {
  @Test func theCorpusIsAsLargeAsItIsSaidToBe() throws {
    guard corpusFolder != nil else { return }
    let books = corpusCases.count { wanted in
      [".xlsx", ".db", ".sqlite3"].contains { wanted.file.hasSuffix($0) }
    }
    #expect(corpusCases.count - books >= 120)
    #expect(books >= 40)
  }

  /// In memory, and by stretches from the file, as only large ones are read otherwise.
  @Test(arguments: corpusCases, [1, .max])
  private func aFileIsReadAsItStands(_ wanted: CorpusCase, leastLeftBytes: Int) throws {
    let folder = try #require(corpusFolder)
    var options = wanted.options
    options.leastLeftBytes = leastLeftBytes
    do {
      let loaded = try load(
        paths: [folder + "/" + wanted.file], into: testCatalog, options: options)
      #expect(wanted.faults == [], "the file was loaded")
      let found = loaded.store.partitions.map {
        CorpusCase.Table(dataset: $0.dataset, rows: tableRows($0))
      }
      #expect(found.map(\.dataset) == wanted.tables.map(\.dataset))
      for (own, table) in zip(found, wanted.tables) where table.rows != nil {
        #expect(own.rows == table.rows)
      }
      for note in wanted.notes {
        #expect(loaded.notes.contains { $0.text.english.contains(note) })
      }
    } catch {
      let failure = error
      #expect(failure.loaded.store.partitions.isEmpty)
      let found = failure.faults.map { fault in
        [
          fault.diagnostic.code, fault.line.map { "\($0)" } ?? "", fault.column ?? "",
          fault.cell ?? "",
        ]
      }
      let told = failure.faults.map(\.diagnostic.message.english).joined(separator: "; ")
      #expect(found.count == wanted.faults.count, Comment(rawValue: told))
      for (own, fault) in zip(found, wanted.faults) {
        for (part, expected) in zip(own, fault) where expected != "?" {
          #expect(part == expected, Comment(rawValue: told))
        }
      }
    }
  }

  /// Rows of the columns that the file has, without those of the data set that it lacks.
  private func tableRows(_ partition: Partition) -> [String] {
    let columns = partition.columns.filter { column in
      partition.dataset != "orders"
        || [
          "order_no", "unit_name", "accepted_at", "due_at", "closed_at", "overdue", "overdue_days",
        ]
        .contains(column.name)
    }
    return (0..<partition.rowCount).map { row in
      columns.map { describe($0, row) }.joined(separator: "|")
    }
  }
}
