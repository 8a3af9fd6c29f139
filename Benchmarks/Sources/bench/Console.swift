// Console.swift: a program arrives; how long a person at its prompt waits, and how much is drawn,
// leaves.

/// First prompt, Enter until an answer begins, Tab among very many names, the redraw of long lines,
/// and Ctrl-C.
func measureConsole(runCount: Int, program: String, rules: String) throws {
  try say("at the prompt, \(runCount) runs each          min time  median time   bytes drawn")
  try measureFirstPrompt(runCount, program)
  try measureAnswers(runCount, program)
  try measurePaste(runCount, program)
  try measureRedraw(runCount, program)
  try measureCompletion(runCount, program, rules)
  try measureCancel(runCount, program)
}

/// Shown once the editor waits for keys.
private let ready = "\u{1B}[?25h"

private func report(_ name: String, _ timings: Timings, byteCount: Int? = nil) throws {
  try say(
    name + String(repeating: " ", count: max(0, 34 - name.count)) + milliseconds(timings.least)
      + milliseconds(timings.median) + padded(byteCount.map { "\($0)" } ?? "", to: 14))
}

/// How long a piece of work takes, taken each time behind some preparation.
private func measured(
  _ runCount: Int, _ work: (inout Timings) throws -> Void
) rethrows -> Timings {
  var timings = Timings()
  for _ in 0..<runCount { try work(&timings) }
  return timings
}

private func measureFirstPrompt(_ runCount: Int, _ program: String) throws {
  let clock = ContinuousClock()
  let timings = try measured(runCount) { timings in
    let start = clock.now
    let terminal = try Terminal([program])
    try terminal.wait(for: ready)
    timings.add(start.duration(to: clock.now))
  }
  try report("first prompt", timings)
}

/// From Enter to the first byte of the answer, on the built-in quarter.
private func measureAnswers(_ runCount: Int, _ program: String) throws {
  for (question, beginning) in [
    ("overdue by unit where month=11", "县住建局 45"),
    ("orders, ontime, overdue by kind", "department"),
    ("逾期 按 单位 前 3 附 占比", "县住建局 52"), ("score by unit bottom 3", "lowest"),
  ] {
    let terminal = try Terminal([program, "--pager", "never"])
    try terminal.wait(for: ready)
    let timings = try measured(runCount) { timings in
      try terminal.send(question)
      terminal.settle(milliseconds: 60)
      timings.add(try terminal.time("\r", until: beginning))
      terminal.settle(milliseconds: 60)
    }
    try report("Enter on \(question)", timings)
  }
}

private func measurePaste(_ runCount: Int, _ program: String) throws {
  var byteCount = 0
  let timings = try measured(runCount) { timings in
    let terminal = try Terminal([program])
    try terminal.wait(for: ready)
    let before = terminal.output.count
    let pasted = String(repeating: "县住建局a", count: 4000)
    timings.add(try terminal.time("\u{1B}[200~" + pasted + "\u{1B}[201~", until: ready))
    terminal.settle()
    byteCount = max(byteCount, terminal.output.count - before)
  }
  try report("paste of 20,000 characters", timings, byteCount: byteCount)
}

private func measureRedraw(_ runCount: Int, _ program: String) throws {
  let terminal = try Terminal([program])
  try terminal.wait(for: ready)
  let sentence = "overdue by unit where kind = town and month = 11 "
  let line = String(repeating: sentence, count: 2000 / sentence.count + 1).prefix(2000)
  try terminal.send("\u{1B}[200~" + line + "\u{1B}[201~")
  terminal.settle()
  var byteCount = 0
  let timings = try measured(runCount) { timings in
    let before = terminal.output.count
    timings.add(try terminal.time("x", until: ready))
    terminal.settle(milliseconds: 50)
    byteCount = max(byteCount, terminal.output.count - before)
  }
  try report("a key behind 2,000 characters", timings, byteCount: byteCount)
}

/// Names of three hanzi, each once, with an order each.
private func manyNames(_ count: Int) -> [String] {
  let first = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗")
  let middle = Array("建国志文明永春秀玉金海德成光云东伟华平安")
  let last = Array("民军强辉杰峰鹏超勇刚涛斌波飞龙健亮俊毅")
  return (0..<count).map { number in
    let ending = number / (first.count * middle.count * last.count)
    return String([
      first[number % first.count], middle[number / first.count % middle.count],
      last[number / (first.count * middle.count) % last.count],
    ]) + (ending > 0 ? "\(ending)" : "")
  }
}

private func measureCompletion(_ runCount: Int, _ program: String, _ rules: String) throws {
  let head = "Unique Key,Created Date,Agency,Complaint Type\n"
  let rows = manyNames(100_000).enumerated().map { number, name in
    "\(number),2024-11-\(number % 28 < 9 ? "0" : "")\(number % 28 + 1) 09:00,\(name),Noise"
  }
  try withFile(holding: head + rows.joined(separator: "\n") + "\n", named: "many-311.csv") { path in
    let terminal = try Terminal([program, "--rules", rules, path])
    try terminal.wait(for: ready)
    // The names are made ready and counted while the word is typed.
    try terminal.send("orders where agency=")
    terminal.settle(milliseconds: 5000)
    for typed in ["", "w", "wjm", "zhangwen", "军"] {
      try terminal.send(typed)
      terminal.settle()
      let timings = try measured(runCount) { timings in
        timings.add(try terminal.time("\t", until: ready))
        try terminal.send("\u{1B}")
        terminal.settle(milliseconds: 150)
      }
      try report("Tab behind \"\(typed)\", 100,000 names", timings)
      for _ in typed { try terminal.send("\u{7F}") }
      terminal.settle()
    }
  }
}

/// Ctrl-C on a question of a hundred thousand groups, at moments from its beginning almost to its
/// end: while it scans, computes, orders, words its rows and looks for findings.
private func measureCancel(_ runCount: Int, _ program: String) throws {
  let clock = ContinuousClock()
  let question =
    "orders, closed, ontime, close_rate, ontime_rate, overdue_rate, redo_rate "
    + "by unit, row, channel, annex, kind, quarter with empty"
  let terminal = try Terminal([program, "--lang", "en", "--pager", "never"])
  try terminal.wait(for: ready)
  let asked = clock.now
  try terminal.send(question + "\r")
  try terminal.wait(for: "Unit", from: terminal.output.count)
  let whole = asked.duration(to: clock.now)
  terminal.settle(milliseconds: 1000)
  let count = runCount * 5
  var number = 0
  let timings = try measured(count) { timings in
    let before = terminal.output.count
    try terminal.send(question + "\r")
    let delay = whole * (0.05 + 0.7 * Double(number) / Double(count))
    terminal.settle(milliseconds: Int32(delay.components.attoseconds / 1_000_000_000_000_000))
    number += 1
    timings.add(try terminal.time("\u{3}", until: "cancelled", from: before))
    terminal.settle()
  }
  try report("Ctrl-C on a question", timings)
  try say("  the longest of \(count)" + milliseconds(timings.most))
}
