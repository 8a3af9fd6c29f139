// GoldenFileTests.swift: the harness of the golden files, on files written for it.

import Support
import Testing

@Test func `a golden file is its input and what is made of it, each under a heading`() throws {
  let text = """
    # question
    orders by unit
    # Not a heading, since it begins with a capital
    #no heading either

    # tree
    old

    # plan
    """
  let input = try #require(GoldenFile.input(of: text, named: "question"))
  #expect(
    input == "orders by unit\n# Not a heading, since it begins with a capital\n#no heading either")
  let written = GoldenFile.text(of: [
    ("question", "orders \n"), ("tree", ""), ("plan", "a\n\nb\n\n"),
  ])
  #expect(written == "# question\norders \n\n# tree\n\n# plan\na\n\nb\n")
  #expect(GoldenFile.input(of: written, named: "question") == "orders ")
}

@Test(arguments: ["", "orders\n", "# questions\norders\n", "\n# question\norders\n"])
func `a file without its first heading is refused`(text: String) {
  #expect(GoldenFile.input(of: text, named: "question") == nil)
}

@Test func `a difference shows the lines that changed, and no others`() {
  #expect(
    Golden.changedLines(from: "a\nb\nc\nd\n", to: "a\nx\ny\nd\n")
      == "line 2:\n- b\n- c\n+ x\n+ y")
  #expect(
    Golden.changedLines(from: "a\nb\nc\n", to: "b\nc\nd\n") == "line 1:\n- a\nline 4:\n+ d")
  #expect(Golden.changedLines(from: "", to: "a") == "line 1:\n- \n+ a")
}

@Test func `every golden file has an input to start from`() {
  let questions = GoldenFile.all(in: "Questions", suffix: ".stages").map { ($0, "question") }
  let errors = GoldenFile.all(in: "Errors", suffix: ".txt").map { ($0, "source") }
  #expect(!questions.isEmpty && !errors.isEmpty)
  for (file, name) in questions + errors {
    let input = ProjectFiles.text(file.path).flatMap { GoldenFile.input(of: $0, named: name) }
    #expect(input?.isEmpty == false, "\(file.path) has no input")
  }
}
