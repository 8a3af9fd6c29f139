// Main.swift: arguments become options, options go to the console, and its status ends the process.

import ArgumentParser
import Console

/// The language of messages about the command line itself: `--lang` where it is right, else the
/// environment's.
let messageLanguage: Language = {
  let words = CommandLine.arguments
  for (word, next) in zip(words, words.dropFirst()) where word == "--lang" {
    if let language = try? optionLanguage(next) { return language }
  }
  return ConsoleEnvironment().language
}()

@main
struct Tongbao {
  static func main() {
    runProcess(language: messageLanguage) { writer in
      let words = Array(CommandLine.arguments.dropFirst())
      writer.errorForm = errorForm(namedBy: words)
      do {
        try checkSpelling(of: words)
        return runConsole(try Arguments.parse(words).options(), writer: writer)
      } catch let problem as UsageProblem {
        writer.tell(problem, in: messageLanguage)
        return 2
      } catch {
        return answer(to: error, writer)
      }
    }
  }

  /// Help, version and completion scripts come as errors that mean success. The others were found
  /// by `checkSpelling`; whatever it let through is still one line and status 2.
  private static func answer(to error: any Error, _ writer: CheckedWriter) -> Int32 {
    if Arguments.exitCode(for: error).isSuccess {
      writer.write(inMessageLanguage(Arguments.fullMessage(for: error)))
      return 0
    }
    let line = Arguments.message(for: error).split(separator: "\n").first ?? ""
    writer.tell(UsageProblem(String(line), String(line)), in: messageLanguage)
    return 2
  }

  /// The words that the parser itself puts into its help, at the beginnings of lines.
  private static func inMessageLanguage(_ help: String) -> String {
    let words = [
      ("OVERVIEW: ", ""), ("USAGE: ", "用法："), ("ARGUMENTS:", "数据："),
      ("OPTIONS:", "选项："),
      ("  --version               Show the version.", "  --version               显示版本。"),
      ("  -h, --help              Show help information.", "  -h, --help              显示本页。"),
    ]
    var lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    guard messageLanguage == .chinese else { return lines.joined(separator: "\n") + "\n" }
    return lines.map { line in
      for (english, chinese) in words where line.hasPrefix(english) {
        return chinese + line.dropFirst(english.count)
      }
      return String(line)
    }.joined(separator: "\n") + "\n"
  }
}
