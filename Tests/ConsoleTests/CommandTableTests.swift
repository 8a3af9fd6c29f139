// CommandTableTests.swift: the list of commands holds together, and the READMEs show it as it is.

import Support
import Syntax
import Testing

@testable import Console

@Suite struct CommandTableTests {
  @Test(arguments: ["README.md", "README.zh-CN.md"])
  func `The table of the README is made from the list`(path: String) throws {
    let language: Syntax.Language = path == "README.md" ? .english : .chinese
    let text = try #require(ProjectFiles.text(path))
    let start = try #require(text.firstRange(of: "<!-- commands -->\n"))
    let end = try #require(text.firstRange(of: "<!-- end of commands -->"))
    let wanted =
      text[..<start.upperBound] + DotCommand.table(in: language) + "\n" + text[end.lowerBound...]
    if let difference = Golden.difference(String(wanted), from: path) {
      Issue.record(Comment(rawValue: difference))
    }
  }

  @Test func `Every command has two names of its own, one line of help, and says what it takes`() {
    let names = DotCommand.all.flatMap { [$0.english, $0.chinese] }
    #expect(Set(names).count == names.count)
    for command in DotCommand.all {
      for text in [command.help.english, command.help.chinese] {
        #expect(!text.isEmpty && !text.contains("\n"), "\(command.english)")
      }
      #expect(foldedName(command.english) == command.english)
      #expect(foldedName(command.chinese) == command.chinese)
    }
  }

  @Test func `A name, its Chinese name and a beginning that only one command has find it`() {
    for command in DotCommand.all {
      for name in [command.english, command.chinese] {
        guard case .command(let found) = DotCommand.named(name) else {
          Issue.record("\(name) finds nothing")
          continue
        }
        #expect(found.english == command.english)
      }
    }
    #expect(described(".QU") == "quit")
    #expect(described(".ｑｕｉｔ") == "quit")
    #expect(described("。帮") == "help")
    #expect(described(".hlep") == "none, help")
    #expect(described(".帮住") == "none, 帮助")
    #expect(described(".nothinglikethis") == "none")
    #expect(described(".he") == "several: headline help")
  }

  private func described(_ line: String) -> String {
    guard let call = CommandCall(line) else { return "no command" }
    switch DotCommand.named(call.name) {
    case .command(let command): return command.english
    case .several(let commands):
      return "several: " + commands.map(\.english).sorted().joined(separator: " ")
    case .none(let nearest): return "none" + (nearest.map { ", \($0)" } ?? "")
    }
  }

  @Test func `Words are parted by blanks, and quotes of either kind hold them together`() throws {
    let call = try #require(CommandCall("　。单次 '我的 表.csv'  replace "))
    #expect(call.name == "单次")
    #expect(call.words.map(\.text) == ["我的 表.csv", "replace"])
    #expect(call.text.slice(call.words[0].range) == "'我的 表.csv'")
    #expect(call.rest(from: 0) == "'我的 表.csv'  replace")
    #expect(call.text.slice(call.nameRange) == "。单次")
    #expect(CommandCall("overdue") == nil)
    #expect(CommandCall(". ") == nil)
  }
}
