// ConsoleBlocks.swift: a Markdown text arrives; the same text leaves, with its commands run anew.
//
// A block fenced as `console` holds commands, each on a line that begins with `$ `, and below each
// what it prints. Everything else of the text is left as it is.

enum ConsoleBlocks {
  /// Replaces what stands below each command by what `run` says it prints.
  static func rerun(_ markdown: String, run: (String) -> String) -> String {
    var lines: [String] = []
    var isInside = false
    var isAfterCommand = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      switch (isInside, line) {
      case (false, "```console"), (true, "```"):
        isInside.toggle()
        isAfterCommand = false
        lines.append(line)
      case (true, _) where line.hasPrefix("$ "):
        isAfterCommand = true
        lines.append(line)
        lines += printedLines(run(String(line.dropFirst(2))))
      case (true, _) where isAfterCommand: continue
      default: lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A last line counts whether or not it was ended.
  private static func printedLines(_ output: String) -> [String] {
    guard !output.isEmpty else { return [] }
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return output.hasSuffix("\n") ? lines.dropLast() : lines
  }
}
