// RunTests.swift: command lines whose faults need files, several quarters or another rulebook, in
// both languages; and every code of the program has a record.

import Support
import Testing

@Suite struct RunTests {
  /// The first section is a shell text; `tongbao` stands for the built program without an input,
  /// `$program` for its path, and `$examples` for the project's folder of that name. It runs in
  /// an empty folder.
  @Test(arguments: GoldenFile.all(in: "Runs", suffix: ".run"))
  func everyCommandLineSaysWhatIsRecorded(_ file: GoldenFile) throws {
    try file.check(input: "command") { command in
      [("english", said(by: command, "en")), ("chinese", said(by: command, "zh"))]
    }
  }

  private func said(by command: String, _ language: String) -> String {
    let folder = TemporaryFolder()
    let examples = projectFolder + "/examples"
    folder.write(
      """
      cd '\(folder.path)'
      examples='\(examples)'
      program='\(builtProduct("tongbao")) --lang \(language)'
      tongbao() { '\(builtProduct("tongbao"))' --lang \(language) "$@" </dev/null; }
      \(command)
      """, to: "command.sh")
    let run = runShell("LC_ALL=C.UTF-8 HOME='\(folder.path)' sh '\(folder.path)/command.sh' 2>&1")
    let output = run.output.split(separator: examples, omittingEmptySubsequences: false)
      .joined(separator: "$examples")
    return output + (output.hasSuffix("\n") || output.isEmpty ? "" : "\n")
      + "exit status \(run.status)"
  }

  /// Errors of the language and refusals: what is read from files is held by the tests of loading.
  @Test func everyCodeHasARecordOfItsText() {
    let sources = ProjectFiles.list(below: "Sources").filter { $0.hasSuffix(".swift") }
      .compactMap { ProjectFiles.text($0) }
    var codes: Set<String> = []
    for source in sources {
      for word in source.split(separator: "\"", omittingEmptySubsequences: false)
      where isCode(word) { codes.insert(String(word)) }
    }
    #expect(codes.count > 60)
    let recorded = Set(
      (ProjectFiles.list(below: "Tests/GoldenTests/Errors")
        + ProjectFiles.list(below: "Tests/GoldenTests/Runs")).map { path in
          String((path.split(separator: "/").last ?? "").prefix(3))
        })
    // What only a cluster refuses is held by the tests of ClickHouse.
    codes.subtract(["U12", "U13"])
    #expect(codes.subtracting(recorded).sorted() == [])
  }

  private func isCode(_ word: Substring) -> Bool {
    guard word.count == 3, let letter = word.first, let number = Int(word.dropFirst()) else {
      return false
    }
    return "LPNTVAOU".contains(letter) || (letter == "D" && number < 10)
  }
}
