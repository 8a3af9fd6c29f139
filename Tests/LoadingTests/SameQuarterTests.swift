// SameQuarterTests.swift: one published quarter in five forms arrives; every golden question has
// the same answer whichever form was loaded.

import Catalog
import Columns
import Console
import Execution
import Planning
import Rendering
import Support
import Syntax
import Testing

@testable import Loading

/// The forms but for the notice's text, made by a script; nil where there is no python3.
private let folder: String? = {
  let run = runShell(
    """
    folder=$(mktemp -d) && python3 '\(projectFolder)/Tests/LoadingTests/same-quarter.py' \
      '\(exampleFolder)' "$folder" >"$folder/log" && printf %s "$folder"
    """)
  return run.status == 0 && !run.output.isEmpty ? run.output : nil
}()

private func ground(_ path: String) throws -> Ground {
  Ground(testCatalog, try load(paths: [path], into: testCatalog))
}

/// The questions of the goldens.
private let questions: [(name: String, text: String)] = {
  let list = runShell("ls '\(projectFolder)/Tests/GoldenTests/Questions'").output
  return list.split(separator: "\n").compactMap { name in
    let text = runShell("cat '\(projectFolder)/Tests/GoldenTests/Questions/\(name)'").output
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "# question", let end = lines.dropFirst().firstIndex(where: isHeading)
    else { return nil }
    return (String(name), lines[1..<end].joined(separator: "\n"))
  }
}()

/// `# tokens`, and no comment of a question.
private func isHeading(_ line: Substring) -> Bool {
  ["# tokens", "# tree", "# answer"].contains(line)
}

/// The answers to all statements of a question: their rows, or what is said instead. Files and
/// lines are those of the form, so that no note is compared.
private func answers(_ text: String, _ ground: Ground) -> String {
  var session = Session(ground: ground, language: .english)
  var said: [String] = []
  for parsed in parse(text, knowing: session.knownWords).statements {
    guard let tree = parsed.statement else { continue }
    do throws(PlanningFault) {
      switch try session.run(tree, in: parsed.language ?? .english) {
      case .answer(let table), .check(let table):
        var options = RenderOptions(mode: OutputMode.named("csv") ?? OutputMode.all[0])
        options.noteLevel = NoteLevel.none
        said.append(table.sentence)
        said.append(String(decoding: render(table, with: options), as: UTF8.self))
      case .silent: break
      }
    } catch {
      said.append("\(error)")
    }
  }
  return said.joined(separator: "\n")
}

/// Where figures stand is told by the files of the form.
private func namesSources(_ answer: String) -> Bool {
  answer.contains(".csv") || answer.contains(exampleFolder)
}

@Suite struct SameQuarterTests {
  @Test(arguments: ["gbk", "quarter.xlsx", "quarter.db"])
  func `a form of the tables answers as the tables in UTF-8 do`(_ form: String) throws {
    guard let folder else { return }
    let example = try ground(exampleFolder)
    let other = try ground("\(folder)/\(form)")
    var compared = 0
    for question in questions {
      let wanted = answers(question.text, example)
      if namesSources(wanted) { continue }
      compared += 1
      if answers(question.text, other) != wanted { Issue.record("\(question.name)") }
    }
    #expect(compared > 80)
  }

  /// The text of the notice says more than its tables and the few fields beside them do; figures of
  /// the hotline, the mailbox and the accounts are the same.
  @Test func `the notice's text answers as its tables do`() throws {
    let example = try ground(exampleFolder)
    let notice = Ground(testCatalog, try loadNotice(ownNotice()))
    var differing: [String] = []
    for question in questions {
      let wanted = answers(question.text, example)
      if namesSources(wanted) || answers(question.text, notice) == wanted { continue }
      differing.append(question.name)
    }
    #expect(differing == [])
  }
}
