// Main.swift: the words of the command line arrive; a table of times leaves.
//
//     bench startup RUNS -- NAME COMMAND… [-- NAME COMMAND…]…
//     bench questions RUNS TONGBAO
//     bench junk RUNS TONGBAO

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
    guard words.count >= 3, let runCount = Int(words[1]), runCount > 0 else {
      throw BenchProblem("bench startup RUNS -- NAME COMMAND… | bench questions|junk RUNS TONGBAO")
    }
    switch words[0] {
    case "startup": try measureStartUp(runCount: runCount, Array(words[2...]))
    case "questions": try measureQuestions(runCount: runCount, program: words[2])
    case "junk": try measureJunk(runCount: runCount, program: words[2])
    default: throw BenchProblem("there is no benchmark \(words[0])")
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
