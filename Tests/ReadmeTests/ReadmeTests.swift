// ReadmeTests.swift: what the READMEs say a command prints is what it prints.

import Support
import Testing

/// The folder of the program that was built together with these tests.
private let programFolder = builtProduct("tongbao").split(
  separator: "/", omittingEmptySubsequences: false
).dropLast().joined(separator: "/")

/// Runs a command of a README as its reader would, but with nothing of this machine around it: no
/// settings, no workspace, no history, English unless the question is Chinese.
private func printed(by command: String) -> String {
  let quoted = command.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''")
  let environment = "PATH=\"\(programFolder):$PATH\" HOME=/nonexistent LANG=C.UTF-8 TERM=dumb"
  return runShell(
    "cd \"\(projectFolder)\" && exec timeout 60 env -i \(environment) sh -c '\(quoted)' "
      + "2>&1 </dev/null"
  ).output
}

@Test(arguments: ["README.md", "README.zh-CN.md"])
func `every command of the README prints what stands below it`(path: String) throws {
  let text = try #require(ProjectFiles.text(path))
  try #require(ProjectFiles.bytes(programFolder + "/tongbao") != nil, "the program is not built")
  if let difference = Golden.difference(ConsoleBlocks.rerun(text, run: printed), from: path) {
    Issue.record(Comment(rawValue: difference))
  }
}

@Test func `only what stands below a command is replaced`() {
  let text = """
    # A
    $ not a command
    ```sh
    $ nor this
    ```
    ```console
    before any command
    $ one
    old
    $ two
    $ three
    old
    older
    ```
    end
    """
  let expected = """
    # A
    $ not a command
    ```sh
    $ nor this
    ```
    ```console
    before any command
    $ one
    said one
    $ two
    two lines

    $ three
    ```
    end
    """
  let answers = ["one": "said one\n", "two": "two lines\n\n", "three": ""]
  #expect(ConsoleBlocks.rerun(text) { answers[$0] ?? "?" } == expected)
  #expect(ConsoleBlocks.rerun(expected) { answers[$0] ?? "?" } == expected)
}

@Test func `a command runs in the folder of the project, without the environment of the tests`() {
  #expect(
    printed(by: "ls LICENSE; echo \"it's\"; printf no-end; echo x >&2")
      == "LICENSE\nit's\nno-endx\n")
  #expect(printed(by: "echo $HOME $LANG; cat") == "/nonexistent C.UTF-8\n")
}
