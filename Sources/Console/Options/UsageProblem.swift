// UsageProblem.swift: a wrong command line becomes one line and exit status 2.

import Rendering
import Syntax

package struct UsageProblem: Error, Sendable, Hashable {
  /// As a command's: C01 for a name that is unknown, C03 for what stands with a known one.
  var code = "C03"
  package var message: Bilingual

  package init(_ english: String, _ chinese: String) { message = Bilingual(english, chinese) }

  private static let help = Bilingual(
    "tongbao --help lists the options", "tongbao --help 列出全部选项")

  /// The one line, as it stands on standard error.
  package func line(in language: Language) -> String {
    Bilingual(
      "error: \(message.english) (\(Self.help.english))\n",
      "错误：\(message.chinese)（\(Self.help.chinese)）\n")[language]
  }

  /// The same for `--errors json`: a command line is no file.
  func object(in language: Language) -> String {
    diagnosticJSON(
      Diagnostic(code, at: nil, message, hints: [Self.help]), source: nil, place: .prompt,
      language: language)
  }

  static func unknownOption(_ word: String, nearest: String) -> UsageProblem {
    var problem = UsageProblem(
      "no option \(word), did you mean \(nearest)?", "没有选项 \(word)，是不是 \(nearest)？")
    problem.code = "C01"
    return problem
  }

  static func unknownValue(_ value: String, of option: String, among names: [String])
    -> UsageProblem
  {
    let nearest = nearestName(to: value, among: names) ?? ""
    return UsageProblem(
      "\(option) does not take \(visible(value)), did you mean \(nearest)? It takes "
        + names.joined(separator: ", "),
      "\(option) 不接受 \(visible(value))，是不是 \(nearest)？可用：" + names.joined(separator: "、"))
  }

  static func missingValue(of option: String) -> UsageProblem {
    UsageProblem("\(option) needs a value after it", "\(option) 后面缺少取值")
  }

  static func wrongMemory(_ value: String) -> UsageProblem {
    UsageProblem(
      "TONGBAO_MEMORY takes bytes, or a number with K, M, G or T behind it as in 2G, "
        + "not \(visible(value))",
      "TONGBAO_MEMORY 需要字节数，或带 K、M、G、T 的数字（如 2G），而不是 \(visible(value))")
  }

  static func needsWholeNumber(_ value: String, of option: String, from least: Int, to most: Int)
    -> UsageProblem
  {
    UsageProblem(
      "\(option) takes a whole number from \(least) to \(most), not \(visible(value))",
      "\(option) 需要 \(least) 到 \(most) 的整数，而不是 \(visible(value))")
  }
}

/// The form that `--errors` names among the words of a command line that may be wrong elsewhere.
package func errorForm(namedBy words: [String]) -> ErrorForm {
  let pairs = zip(words, words.dropFirst())
  let isJSON =
    words.contains("--errors=json") || pairs.contains { $0 == ("--errors", "json") }
  return isJSON ? .json : .text
}

extension CheckedWriter {
  package func tell(_ problem: UsageProblem, in language: Language) {
    report(errorForm == .json ? problem.object(in: language) : problem.line(in: language))
  }
}

/// A word of the command line, safe to print: control and invisible characters as `<U+001B>`, and
/// cut when longer than a line.
func visible(_ word: String) -> String {
  var shown = ""
  for scalar in word.unicodeScalars.prefix(120) {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      shown += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return word.unicodeScalars.count > 120 ? shown + "…" : shown
}
