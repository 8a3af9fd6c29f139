// Questions.swift: a program arrives; how many questions it plans, and answers, in a second leaves.
//
// A script of many questions is run as a whole, once only checked (parsed, resolved and planned)
// and once answered. An empty script is run in turn with both, and its time is taken off: what is
// left is the questions' own.

private let questions = [
  "overdue by unit where month = 11",
  "逾期 按 单位 其中 月＝１１",
  "orders, ontime, overdue by kind with totals",
  "ontime_rate, orders by unit where kind = department bottom 5",
  "overdue by unit across month having overdue > 0 with totals",
  "score by unit with rank",
  "应办 按 单位 前 8 附 其余、占比",
  "score where unit = 县住建局 assume overdue{month = 11} = 0",
]

func measureQuestions(runCount: Int, program: String) throws {
  let repeatCount = 250
  let script = Array(repeating: questions, count: repeatCount).joined().joined(separator: "\n")
  let timings = try withFile(holding: script + "\n") { full in
    try withFile(holding: "# nothing\n") { empty in
      try measureInTurn(
        runCount: runCount,
        [
          { try run([program, "-q", "-f", empty]) },
          { try run([program, "-q", "--check", "-f", full]) },
          { try run([program, "-q", "-m", "tsv", "-f", full]) },
        ])
    }
  }
  let count = Int64(repeatCount * questions.count)
  try say("\(count) questions in one process, \(runCount) runs each, in turn")
  try say("                min time  median time   a second (median)")
  for (name, timing) in zip(["planned ", "answered"], timings.dropFirst()) {
    let median = timing.median - timings[0].median
    let rate = median > 0 ? "\(count * 1_000_000_000 / median)" : "-"
    try say(
      name + "    " + milliseconds(timing.least - timings[0].least) + milliseconds(median) + " "
        + padded(rate, to: 18))
  }
}
