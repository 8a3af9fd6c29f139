// OptionRunTests.swift: options as they act on a run: the init file, strictness, the watch, and the
// form of what is told.

import Support
import Testing

@Suite(.atTerminal) struct OptionRunTests {
  @Test func `The init file is read in a batch only when it is named`() {
    let folder = TemporaryFolder()
    #expect(runShell("mkdir -p '\(folder.path)/.config/tongbao'").status == 0)
    folder.write(".mode json\n", to: ".config/tongbao/init.tb")
    folder.write("let $n = 1\n.mode csv\n", to: "own.tb")
    #expect(ProgramRun("-q -c overdue", in: folder).output == "Overdue\n64\n")
    let named = ProgramRun("--init own.tb -q -c 'overdue by kind top $n'", in: folder)
    #expect(named.output == "Kind,Overdue\ndepartment,64\n")
    let both = ProgramRun("--init own.tb --no-init -c overdue", in: folder)
    #expect(both.status == 2 && both.errors.contains("--init and --no-init exclude each other"))
    folder.write("overdue by unti\n", to: "bad.tb")
    let bad = ProgramRun("--init bad.tb -c overdue", in: folder)
    #expect(bad.errors.hasPrefix("bad.tb:1:12: error N02: "))
    #expect(bad.output == "" && bad.status == 1)
  }

  @Test(arguments: [("", "csv"), ("--no-init", "box")])
  func `At the prompt the init file is read unless it is forbidden`(
    option: String, mode: String
  ) throws {
    let home = TemporaryFolder()
    #expect(runShell("mkdir -p '\(home.path)/.config/tongbao'").status == 0)
    home.write(".mode csv\n", to: ".config/tongbao/init.tb")
    let editor = try EditorOnTerminal(
      home: home, program: "tongbao",
      arguments: ["--color", "never"] + (option.isEmpty ? [] : [option]))
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.type(".mode\r")
    #expect(editor.terminal.waitForText("\n\(mode)\n"))
  }

  @Test func `With --strict warnings of check are errors`() {
    #expect(ProgramRun("-q -c 'check scores'").status == 0)
    #expect(ProgramRun("-q --strict -c 'check scores'").status == 4)
    // Findings that are no warnings stay what they are.
    #expect(ProgramRun("-q --strict -c 'check R24'").status == 0)
  }

  @Test func `A watch in a pipe writes round behind round until a signal ends it`() {
    let folder = TemporaryFolder()
    let program = builtProduct("tongbao")
    folder.write(
      """
      cd '\(folder.path)'
      '\(program)' -q --watch 1 -c overdue > out &
      while [ "$(grep -c 64 out 2>/dev/null || true)" -lt 2 ]; do sleep 0.1; done
      kill $!
      wait $!
      echo "status $?"
      """, to: "watch.sh")
    let run = runShell("HOME='\(folder.path)' timeout 60 sh '\(folder.path)/watch.sh' 2>&1")
    #expect(run.output.hasSuffix("status 143\n"))
    #expect(folder.text(of: "out")?.hasPrefix("Overdue\n64\n\nOverdue\n64\n") == true)
  }

  @Test func `A watch on a terminal draws in place, keeps the good answer and ends by Ctrl-C`()
    throws
  {
    let folder = TemporaryFolder()
    folder.writeQuarter()
    let program = try #require(
      PseudoTerminal(
        builtProduct("tongbao"),
        [
          "--no-notes", "--color", "never", folder.path, "--watch", "3600", "-c", "overdue by kind",
        ],
        environment: [
          "HOME=\(folder.path)", "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LC_ALL=C.UTF-8",
        ]))
    #expect(program.waitForText("basis: "))
    #expect(program.screen.rowTexts.first == "department 64, 100.00% of all 64")
    let annex = folder.text(of: "annex2-departments.csv") ?? ""
    folder.write("nothing of the kind\n", to: "annex2-departments.csv")
    #expect(program.waitForText("annex2-departments.csv"))
    #expect(program.screen.text.contains("department 64"))
    folder.write(
      annex.split(separator: ",526,").joined(separator: ",525,"), to: "annex2-departments.csv")
    #expect(program.wait { $0.rowTexts.first == "department 65, 100.00% of all 65" })
    program.send("\u{03}")
    #expect(program.ending() == .status(130))
  }

  @Test(
    arguments: [
      ("-c .hlep", "-c1", "C01", "error", Int32(2)), ("-c '.mode xx'", "-c1", "C03", "error", 2),
      ("-c .tour", "-c1", "C02", "error", 2),
      ("-c 'orders where month=10'", "-c1", "U01", "refusal", 1),
      ("missing.csv -c overdue", "missing.csv", "D10", "error", 3),
      ("-f missing.tb", "missing.tb", "C04", "error", 3),
      ("-c '.load missing.csv'", "missing.csv", "D10", "error", 3),
      ("-m csv -c overdue", "-c1", "R02", "note", 0),
    ])
  func `Whatever is told is one JSON object a line where that is asked for`(
    words: String, file: String, code: String, severity: String, status: Int32
  ) {
    let run = ProgramRun("--errors json " + words)
    #expect(run.status == status)
    #expect(run.errorLines.count == 1)
    #expect(run.errors.hasPrefix("{\"file\":\"\(file)\",\"line\":1,\"column\":"))
    #expect(run.errors.contains("\"code\":\"\(code)\",\"severity\":\"\(severity)\",\"text\":\""))
    #expect(run.errors.hasSuffix("]}\n"))
  }

  @Test(arguments: ["--bogus", "-m boxx", "-c orders --set q=2", "-c", "-x"])
  func `What is wrong with the command line is an object too, wherever the form is asked for`(
    words: String
  ) {
    for (run, plain) in [
      (ProgramRun("--errors json " + words), ProgramRun(words)),
      (ProgramRun("--errors=json " + words), ProgramRun(words)),
    ] {
      #expect(run.status == 2 && plain.status == 2)
      #expect(run.errorLines.count == 1)
      #expect(run.errors.hasPrefix("{\"file\":null,\"line\":1,\"column\":1,\"width\":0,"))
      let code = ["--bogus", "-x"].contains(words) ? "C01" : "C03"
      #expect(run.errors.contains("\"code\":\"\(code)\",\"severity\":\"error\",\"text\":\""))
      #expect(run.errors.hasSuffix("\"help\":[\"tongbao --help lists the options\"]}\n"))
      #expect(plain.errors.hasPrefix("error: ") && !plain.errors.contains("{"))
    }
    let full = ProgramRun("--errors json -c overdue > /dev/full")
    #expect(full.status == 3)
    #expect(full.errorLines.last?.contains("\"code\":\"C04\",\"severity\":\"error\"") == true)
  }

  @Test func `Errors fold at the edge of a narrow screen, each part below its beginning`() throws {
    let folder = TemporaryFolder()
    let program = try #require(
      PseudoTerminal(
        builtProduct("tongbao"),
        ["--keep-going", "-c", "overdue by unti", "-c", "orders where month=10"],
        environment: ["HOME=\(folder.path)", "TERM=xterm", "LC_ALL=C.UTF-8"], columns: 40))
    #expect(program.ending() == .status(1))
    #expect(
      program.screen.rowTexts.filter { !$0.isEmpty } == [
        "-c1:1:12: error N02: unknown dimension", "  `unti`", "  overdue by unti",
        "             ^^^^",
        "  = did you mean `unit` (单位)?", "    dimensions of overdue: unit, kind,",
        "    channel, annex, row, month, quarter,", "    year",
        "-c2:1:1: not answered U01: orders is", "  not recorded by month in 2024Q4: the",
        "  bulletin gives it by quarter. By month", "  there are: overdue, redo",
      ])
    #expect(
      String(decoding: program.output, as: UTF8.self).contains("\u{1B}[91merror N02: \u{1B}[0m"))
  }

  @Test func `What is running, and every key, can be looked up`() {
    let about = ProgramRun("-c .about")
    #expect(about.lines.first?.hasPrefix("tongbao ") == true)
    #expect(about.lines.contains { $0.hasPrefix("rulebook: built in, ") })
    #expect(about.lines.contains { $0.hasPrefix("libraries: SQLite 3.") })
    #expect(about.lines.suffix(2) == ["│─┼“”…①|", "-------|"])
    #expect(ProgramRun("--ambiguous 2 -c .about").lines.last == "--------------|")
    let keys = ProgramRun("-c .keys").output
    for key in [
      "Tab", "Shift-Tab", "Right", "End", "Ctrl-E", "Alt-Right", "Up", "Down", "Ctrl-R", "Ctrl-S",
      "Enter", "Alt-Enter", "Ctrl-C", "Ctrl-D", "Ctrl-Z", "Ctrl-L", "Ctrl-A", "Alt-B", "Alt-F",
      "Ctrl-W", "Alt-D", "Ctrl-K", "Ctrl-U", "Ctrl-Y", "Ctrl-T", "Ctrl-_", "Alt-.", "Alt-E", "F1",
      "Esc",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(ProgramRun("--lang zh -c .按键").output.contains("回车"))
  }

  @Test
  func `All wrong sentences of a script are told at once, and what is after the first not run`() {
    let folder = TemporaryFolder()
    folder.write("orders\noverdue by\noverdue where\nclosed\n", to: "two.tb")
    let run = ProgramRun("-q -f two.tb", in: folder)
    #expect(run.output == "Orders\n2575\n" && run.status == 1)
    #expect(run.errorLines.filter { $0.contains(": error P06: ") }.count == 2)
  }
}
