// OptionTests.swift: the command line becomes options, or one line that says what is wrong.

import Console
import Support
import Syntax
import Testing

@testable import tongbao

@Suite struct OptionTests {
  private func options(_ words: String...) throws -> ConsoleOptions {
    try checkSpelling(of: words)
    return try Arguments.parse(words).options()
  }

  @Test func `Without words every option has its default`() throws {
    #expect(try options() == ConsoleOptions())
  }

  @Test func `Work keeps the order typed, among options and data in any order`() throws {
    var wanted = ConsoleOptions()
    wanted.work = [
      .statements("overdue"), .file("a.tb"), .statements("-1 + 2"), .standardInput,
    ]
    wanted.data = ["data", "x.csv", "-odd"]
    wanted.isQuiet = true
    wanted.goesOnAtPrompt = true
    #expect(
      try options(
        "data", "-c", "overdue", "-f", "a.tb", "-qi", "x.csv", "-c", "-1 + 2", "-f", "-",
        "--", "-odd") == wanted)
  }

  @Test func `Every option becomes its value`() throws {
    var wanted = ConsoleOptions()
    wanted.mode = .md
    wanted.output = OutputFile(path: "/nonexistent/out.csv", existing: .append)
    wanted.output?.formName = "md"
    wanted.header = .name
    wanted.undefinedText = "-"
    wanted.printsShownText = true
    wanted.keepsRawCells = true
    wanted.writesByteOrderMark = true
    wanted.color = .never
    wanted.widthCells = 60
    wanted.ambiguousWidth = 2
    wanted.showsHeadline = false
    wanted.showsNotes = false
    wanted.showsTiming = true
    wanted.language = .chinese
    wanted.parameters = [
      ParameterSetting(name: "quarter", value: "2024Q3"),
      ParameterSetting(name: "单位", value: "a=b"),
    ]
    wanted.rulebookFolder = "rules"
    wanted.encoding = .utf16
    wanted.rowLimit = 20
    wanted.keepsGoing = true
    wanted.onlyChecks = true
    wanted.errorForm = .json
    wanted.echo = .canonical
    wanted.history = .none
    wanted.keepsUnknownMembers = true
    wanted.skipsBadRows = true
    #expect(
      try options(
        "-m", "MD", "-o", "/nonexistent/out.csv", "--append", "--header", "name", "--null", "-",
        "--printed", "--raw-cells", "--bom", "--color", "never", "--width", "60",
        "--ambiguous", "2", "--no-headline", "--no-notes", "--timing",
        "--lang", "zh", "--set", "$quarter=2024Q3", "--set", "单位=a=b", "--rules", "rules",
        "--encoding", "UTF-16", "--limit-rows", "20", "--keep-going", "--check",
        "--errors", "json", "--echo", "--history", "none", "--keep-unknown", "--skip-bad-rows")
        == wanted)
    #expect(try options("--no-header").header == .none)
    #expect(try options("-o", "/nonexistent/a.tex").mode == .latex)
    #expect(try options("--history", "h.jsonl").history == .file("h.jsonl"))
  }

  @Test(
    arguments: [
      (["--bogus"], "no option --bogus, did you mean --bom?"),
      (["--heder", "x"], "no option --heder, did you mean --header?"),
      (["--push"], "--push needs a value after it"),
      (["--remove", "2025Q3"], "--remove needs --push URL"),
      (["--timeout", "0"], "--timeout takes a whole number from 1 to 86400, not 0"),
      (
        ["--push", "http://a", "--remove", "2025Q3", "b.csv"],
        "--remove takes a period away: no DATA beside it"
      ),
      (["-x"], "no option -x, did you mean -c?"),
      (["-c"], "-c needs a value after it"),
      (["-m", "-q"], "-m needs a value after it"),
      (["-mcsv"], "-mcsv: write -m alone and its value as the next word"),
      (["-qm", "csv"], "-qm: write -m alone and its value as the next word"),
      (["--no-notes=1"], "--no-notes takes no value"),
      (["-"], "- is no data file: standard input holds statements (-f - runs them)"),
      (["--width", "0"], "--width takes a whole number from 1 to 10000, not 0"),
      (
        ["--width", "9999999999999999999"],
        "--width takes a whole number from 1 to 10000, not 9999999999999999999"
      ),
      (
        ["--color", "nevr"],
        "--color does not take nevr, did you mean never? It takes auto, always, never"
      ),
      (["-o", "a.foo"], "-o a.foo: the suffix names no mode, choose one with -m"),
      (
        ["-o", "/etc/passwd", "-m", "csv"],
        "-o /etc/passwd exists; add --replace or --append"
      ),
      (
        ["-o", "a.html", "--append"],
        "--append works with tsv, csv, jsonl, json and md, not with html"
      ),
      (["--replace"], "--replace needs -o FILE"),
      (
        ["--replace", "--append", "-o", "a.csv"],
        "--replace and --append exclude each other"
      ),
      (["--set", "x"], "--set takes NAME=VALUE, not x"),
      (["--set", "a=1", "--set", "a=2"], "--set a is given twice"),
      (["--b\u{1B}[31m"], "no option --b<U+001B>[31m, did you mean --bom?"),
    ])
  func `A mistake is one line that says what to write`(words: [String], message: String) throws {
    var said: UsageProblem?
    do {
      try checkSpelling(of: words)
      _ = try Arguments.parse(words).options()
    } catch { said = error as? UsageProblem }
    #expect(said?.line(in: .english) == "error: \(message) (tongbao --help lists the options)\n")
    #expect(said?.message.chinese.isEmpty == false)
  }

  @Test func `Help names every option that is taken, in both languages`() throws {
    for language in ["en_US.UTF-8", "zh_CN.UTF-8"] {
      let shell = try #require(
        PseudoTerminal(
          builtProduct("tongbao"), ["--help"],
          environment: ["LANG=\(language)", "HOME=/nonexistent"], rows: 80))
      #expect(shell.ending() == .status(0))
      for option in OptionSpelling.all.flatMap(\.names)
      where !option.hasPrefix("--generate") {
        #expect(shell.screen.text.contains(option), "\(option)")
      }
      #expect(shell.screen.text.contains("选项：") == language.hasPrefix("zh"))
    }
  }

  @Test func `The environment stands behind the options`() {
    func environment(_ variables: [String: String]) -> ConsoleEnvironment {
      ConsoleEnvironment { variables[$0] }
    }
    #expect(environment(["LANG": "zh_CN.UTF-8"]).language == .chinese)
    #expect(environment(["LANG": "zh_CN.UTF-8", "LC_ALL": "C"]).language == .english)
    let colourful = environment(["TERM": "xterm"])
    #expect(colourful.usesColor(.auto, isTerminal: true))
    #expect(!colourful.usesColor(.auto, isTerminal: false))
    #expect(!environment(["TERM": "xterm", "NO_COLOR": ""]).usesColor(.auto, isTerminal: true))
    #expect(!environment(["TERM": "dumb"]).usesColor(.auto, isTerminal: true))
    #expect(
      environment(["TERM": "xterm", "CLICOLOR_FORCE": "1"]).usesColor(.auto, isTerminal: false))
    #expect(environment(["NO_COLOR": "1"]).usesColor(.always, isTerminal: false))
    for name in ["vt100", "vt220", "ansi-m"] {
      #expect(environment(["TERM": name]).usualTheme == .mono)
    }
    for name in ["xterm-256color", "linux", "vte-256color", ""] {
      #expect(environment(["TERM": name]).usualTheme == .dark)
    }
    #expect(environment(["TONGBAO_AMBIGUOUS": "2"]).ambiguousWidth(nil) == 2)
    #expect(environment(["TONGBAO_AMBIGUOUS": "2"]).ambiguousWidth(1) == 1)
    #expect(environment(["PAGER": "more"]).pager == "more")
    #expect(environment(["PAGER": "more", "TONGBAO_PAGER": "cat"]).pager == "cat")
    #expect(environment(["HOME": "/h"]).stateFolder == "/h/.local/state/tongbao")
    #expect(
      environment(["HOME": "/h", "XDG_STATE_HOME": "rel"]).stateFolder == "/h/.local/state/tongbao")
    #expect(environment(["XDG_STATE_HOME": "/s/"]).stateFolder == "/s/tongbao")
    #expect(environment([:]).stateFolder == nil)
  }
}
