// Main.swift: the words of the command line arrive; a table of times, or what is measured, leaves.

private let usage = """
  bench startup RUNS -- NAME COMMAND… [-- NAME COMMAND…]…
  bench questions|junk RUNS TONGBAO
  bench console RUNS TONGBAO RULES
  bench orders ROWS [FIGURES.csv]     orders as a CSV file, to standard output
  bench columns ROWS FOLDER           the same as one file for each column
  bench keep ROWS WORKSPACE           the same as a workspace
  bench serve ROWS                    the same in memory; commands arrive on standard input
  bench bandwidth MEBIBYTES RUNS      how fast memory is read
  """

@main struct Bench {
  static func main() {
    do {
      try measure(Array(CommandLine.arguments.dropFirst()))
    } catch {
      _ = writeAll(Array("bench: \(error)\n".utf8), to: 2)
      endProcess(status: 1)
    }
  }

  private static func measure(_ words: [String]) throws {
    guard words.count >= 2, let number = Int(words[1]), number > 0 else {
      throw BenchProblem(usage)
    }
    let rest = Array(words[2...])
    switch (words[0], rest.count) {
    case ("startup", 1...): try measureStartUp(runCount: number, rest)
    case ("questions", 1): try measureQuestions(runCount: number, program: rest[0])
    case ("junk", 1): try measureJunk(runCount: number, program: rest[0])
    case ("console", 2):
      try measureConsole(runCount: number, program: rest[0], rules: rest[1])
    case ("orders", 0...1): try writeOrders(rowCount: number, figures: rest.first)
    case ("columns", 1): try writeColumns(rowCount: number, folder: rest[0])
    case ("keep", 1): try keepOrders(rowCount: number, file: rest[0])
    case ("serve", 0): try serve(rowCount: number)
    case ("bandwidth", 1): try measureBandwidth(mebibytes: number, runCount: Int(rest[0]) ?? 5)
    default: throw BenchProblem(usage)
    }
  }
}

struct BenchProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// Writes a line to standard output; a benchmark whose figures get lost has failed.
func say(_ line: String) throws {
  guard writeAll(Array((line + "\n").utf8), to: 1) else {
    throw BenchProblem("standard output could not be written")
  }
}
