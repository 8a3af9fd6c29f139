// UsageProblem.swift: a wrong command line becomes one line and exit status 2.

import Syntax

package struct UsageProblem: Error, Sendable, Hashable {
  package var message: Bilingual

  package init(_ english: String, _ chinese: String) { message = Bilingual(english, chinese) }

  /// The one line, as it stands on standard error.
  package func line(in language: Language) -> String {
    Bilingual(
      "error: \(message.english) (tongbao --help lists the options)\n",
      "错误：\(message.chinese)（tongbao --help 列出全部选项）\n")[language]
  }

  static func unknownOption(_ word: String, nearest: String) -> UsageProblem {
    UsageProblem(
      "no option \(word), did you mean \(nearest)?", "没有选项 \(word)，是不是 \(nearest)？")
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

  static func needsWholeNumber(_ value: String, of option: String, from least: Int, to most: Int)
    -> UsageProblem
  {
    UsageProblem(
      "\(option) takes a whole number from \(least) to \(most), not \(visible(value))",
      "\(option) 需要 \(least) 到 \(most) 的整数，而不是 \(visible(value))")
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
