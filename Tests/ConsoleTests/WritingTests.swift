// WritingTests.swift: bytes leave through the checked writer, or the status says that they did not.

import Console
import Support
import Syntax
import Testing

@Suite struct WritingTests {
  /// The names in a folder that are no leftovers of a writer.
  private func names(_ folder: TemporaryFolder) throws -> [String] {
    try SystemCalls.names(in: folder.path)
  }

  @Test func `Bytes beyond one block reach the descriptor in order`() throws {
    let folder = TemporaryFolder()
    let file = try Descriptor(creating: folder.file("out"), mode: 0o600)
    let copy = try Descriptor(device: "/dev/fd/\(file.number)")
    let writer = CheckedWriter(output: copy.number, errors: copy.number)
    let line = String(repeating: "县住建局", count: 4000) + "\n"
    for _ in 0..<5 { writer.write(line) }
    writer.flush()
    #expect(writer.failure == nil)
    #expect(folder.text(of: "out") == String(repeating: line, count: 5))
  }

  @Test func `A full disk is one line and status 3`() throws {
    let folder = TemporaryFolder()
    let full = try Descriptor(device: "/dev/full")
    let errors = try Descriptor(creating: folder.file("err"), mode: 0o600)
    let copy = try Descriptor(device: "/dev/fd/\(errors.number)")
    let writer = CheckedWriter(output: full.number, errors: copy.number)
    writer.write("64\n")
    writer.flush()
    #expect(writer.failure == SystemError(28))
    writer.write("more")
    #expect(writer.finish(status: 0, language: .chinese) == 3)
    #expect(folder.text(of: "err") == "错误 C04：标准输出无法写入：磁盘已满\n")
  }

  @Test func `A closed standard output is an error only when something is written`() throws {
    let silent = CheckedWriter(output: 777, errors: 778)
    #expect(silent.finish(status: 0, language: .english) == 0)
    let writer = CheckedWriter(output: 777, errors: 778)
    writer.write("64\n")
    #expect(writer.finish(status: 4, language: .english) == 4)
    #expect(writer.failure == SystemError(9))
  }

  @Test func `A file is there only after the commit, with the mode of the umask`() throws {
    let folder = TemporaryFolder()
    var file = try AtomicFile.open(folder.file("逾期.csv"), existing: .refuse)
    file.write("单位,逾期\n")
    #expect(folder.text(of: "逾期.csv") == nil)
    try file.commit()
    #expect(folder.text(of: "逾期.csv") == "单位,逾期\n")
    #expect(try names(folder) == ["逾期.csv"])
  }

  @Test func `A file that is given up leaves nothing behind and the old one as it was`() throws {
    let folder = TemporaryFolder()
    folder.write("old", to: "out.csv")
    do {
      var file = try AtomicFile.open(folder.file("out.csv"), existing: .replace)
      file.write("new")
      #expect(try names(folder).count == 2)
    }
    #expect(folder.text(of: "out.csv") == "old")
    #expect(try names(folder) == ["out.csv"])
  }

  @Test func `An existing file is refused, replaced with its mode, or appended to`() throws {
    let folder = TemporaryFolder()
    folder.write("old\n", to: "out.csv")
    #expect(throws: FileProblem.exists) {
      _ = try AtomicFile.open(folder.file("out.csv"), existing: .refuse)
    }
    var appended = try AtomicFile.open(folder.file("out.csv"), existing: .append)
    appended.write("new\n")
    try appended.commit()
    #expect(folder.text(of: "out.csv") == "old\nnew\n")
    try Descriptor(reading: folder.file("out.csv")).changeMode(0o640)
    var replaced = try AtomicFile.open(folder.file("out.csv"), existing: .replace)
    replaced.write("only\n")
    try replaced.commit()
    #expect(folder.text(of: "out.csv") == "only\n")
    #expect(folder.mode(of: "out.csv") == 0o640)
  }

  @Test func `Folders and missing folders are errors that say so`() throws {
    let folder = TemporaryFolder()
    #expect(throws: FileProblem.system(.isFolder)) {
      _ = try AtomicFile.open(folder.path, existing: .replace)
    }
    #expect(throws: FileProblem.system(.missing)) {
      _ = try AtomicFile.open(folder.file("none/out.csv"), existing: .refuse)
    }
  }

  @Test func `A device is written directly`() throws {
    var file = try AtomicFile.open("/dev/null", existing: .refuse)
    file.write("gone")
    try file.commit()
    var full = try AtomicFile.open("/dev/full", existing: .refuse)
    full.write("gone")
    var failure: FileProblem?
    do throws(FileProblem) { try full.commit() } catch { failure = error }
    #expect(failure == .system(SystemError(28)))
  }

  @Test func `What a killed writer left is removed by the next one, and nothing else`() throws {
    let folder = TemporaryFolder()
    // No process has this number: the kernel's greatest is 4,194,304.
    folder.write("half", to: ".out.csv.tmp-4194999")
    folder.write("half", to: ".out.csv.tmp-1")
    folder.write("half", to: ".other.csv.tmp-4194999")
    folder.write("mine", to: ".out.csv.tmp-note")
    var file = try AtomicFile.open(folder.file("out.csv"), existing: .refuse)
    file.write("whole")
    try file.commit()
    #expect(
      try names(folder) == [
        ".other.csv.tmp-4194999", ".out.csv.tmp-1", ".out.csv.tmp-note", "out.csv",
      ])
  }

  @Test func `A name of 255 bytes can be written`() throws {
    let folder = TemporaryFolder()
    let name = String(repeating: "县", count: 83) + "局.csv".dropFirst(1)
    var file = try AtomicFile.open(folder.file(name), existing: .refuse)
    file.write("whole")
    try file.commit()
    #expect(try names(folder) == [name])
  }

  @Test(
    arguments: [
      ("--help >/dev/full", "status 3"), ("--help >&-", "status 3"),
      ("-q >&- </dev/null", "status 0"),
      ("--version | cat", "status 0"), ("--bogus 2>/dev/full", "status 3"),
      ("--bogus 2>&-", "status 2"),
    ])
  func `The program says by its status whether every byte was written`(
    words: String, status: String
  ) throws {
    let shell = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", "\(builtProduct("tongbao")) \(words); echo status $?"],
        environment: ["PATH=/usr/bin:/bin", "HOME=/nonexistent"]))
    #expect(shell.ending() == .status(0))
    #expect(shell.screen.text.hasSuffix(status))
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func `A reader that goes away ends the program by SIGPIPE without a word`(before: String) throws {
    let command = "\(before){ \(builtProduct("tongbao")) --help; echo status $? >&2; } | true"
    let shell = try #require(
      PseudoTerminal(
        "/bin/bash", ["-c", command], environment: ["PATH=/usr/bin:/bin", "HOME=/nonexistent"]))
    #expect(shell.ending() == .status(0))
    // The help may have been written before the reader went away.
    #expect(["status 141", "status 0"].contains(shell.screen.text))
  }
}
