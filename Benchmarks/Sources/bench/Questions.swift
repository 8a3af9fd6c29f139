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
  try say("                min time  median time   a second (median)       one")
  for (name, timing) in zip(["planned ", "answered"], timings.dropFirst()) {
    let median = timing.median - timings[0].median
    let rate = median > 0 ? "\(count * 1_000_000_000 / median)" : "-"
    try say(
      name + "    " + milliseconds(timing.least - timings[0].least) + milliseconds(median) + " "
        + padded(rate, to: 18) + padded("\(max(median, 0) / count / 1000) µs", to: 10))
  }
}

/// Texts that are no sentences: one mebibyte of each is refused by one process.
private let junk = [
  ("words on one line", "abc "),
  ("lines of words", "abc def ghi\n"),
  ("wrong questions", "overdue by unit were month=11\n"),
  ("one run of hanzi", "县"),
  ("lines of one run", String(repeating: "县住", count: 500) + "\n"),
  ("open brackets", "a + (\n"),
  ("open quotes", "'\n"),
  ("SQL", "select a from b where c = 1 limit 5\n"),
]

/// How long a mebibyte of junk takes to be refused, without the start of the process.
func measureJunk(runCount: Int, program: String) throws {
  try say("one mebibyte of junk, \(runCount) runs each, in turn")
  try say("                          min time  median time")
  try withFile(holding: "# nothing\n") { empty in
    for (name, unit) in junk {
      let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count)
      let timings = try withFile(holding: text) { path in
        try measureInTurn(
          runCount: runCount,
          [
            { try run([program, "-q", "-f", empty]) },
            { try run([program, "-q", "--check", "-f", path], expecting: 1) },
          ])
      }
      let padding = String(repeating: " ", count: max(0, 20 - name.count))
      try say(
        name + padding + milliseconds(timings[1].least - timings[0].least)
          + milliseconds(timings[1].median - timings[0].median))
    }
  }
}
