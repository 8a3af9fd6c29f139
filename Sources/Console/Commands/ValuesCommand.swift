// ValuesCommand.swift: `.values DIM [text]`: the members of a dimension, with counts.

import Catalog
import Columns
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let values = DotCommand(
    "values", "取值", [.dimension, .member.optional],
    help: Bilingual(
      "the members of a dimension with their counts, found as completion finds them",
      "某维度的各个取值和件数，查找方法同补全"),
    isForBatch: true, instead: Bilingual("`show members of DIM`", "“列出 成员 维度”"),
    action: listValues)

  @Sendable private static func listValues(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let word = call.words.first else { throw .wrong(.wrongArgument(call, of: values)) }
    let session = batch.session
    let vocabulary = session.ground.vocabulary
    guard let dimension = vocabulary.dimension(word.text) else {
      let near = vocabulary.nearDimensions(word.text)
      let known = (near.isEmpty ? vocabulary.catalog.dimensions : near).map(\.spoken)
      throw .wrong(.nothingCalled(Name(word.text, at: word.range), known))
    }
    let context = LineContext(session, dataName: "")
    let counts = ValueQuestion(dimension, in: context)?.counts(from: session.pipeline) ?? [:]
    let total = counts.values.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
    let set = CandidateSet(
      dimension.members.map { member in
        let shown = call.language == .chinese ? member.chinese ?? member.name : member.name
        let others = [member.name, member.english, member.chinese, member.fullName]
        return Candidate(shown, aliases: member.aliases + others.compactMap { $0 })
      }
    ).counted(dimension.members.indices.map { counts[$0] }, total: total)
    let found = set.matches(call.rest(from: 1))
    let matches = (0..<found.count).map { (name: found[$0].name, count: found.itemCount($0)) }
    if matches.isEmpty {
      let near = set.nearest(to: call.rest(from: 1)).map { "\($0.name) (\($0.spelling))" }
      throw .wrong(.noValue(call, nearest: near))
    }
    let widest = matches.map { displayWidth(terminalSafe($0.name)) }.max() ?? 0
    let digits = matches.map { ($0.count.map { withMarks($0) } ?? "-").utf8.count }.max() ?? 1
    let lines = matches.map { match in
      let count = match.count.map { withMarks($0) } ?? "-"
      let share = match.count.flatMap { percent($0, of: total) } ?? ""
      return padded(terminalSafe(match.name), to: widest) + "  "
        + padded(count, to: digits, .right) + padded(share, to: 9, .right)
    }
    batch.tell(lines)
    return .done
  }
}

/// `2,575`
private func withMarks(_ number: Int64) -> String {
  var text = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    text = (index > 0 && index.isMultiple(of: 3) ? "\(digit)," : "\(digit)") + text
  }
  return number < 0 ? "-" + text : text
}

/// `4.31%`, rounded half up.
private func percent(_ part: Int64, of whole: Int64) -> String? {
  guard whole > 0, part >= 0,
    let exact = try? Exact(part).multiplied(by: Exact(100))
      .divided(by: Exact(whole)), let text = try? exact.text(places: 2)
  else { return nil }
  return text + "%"
}

extension Diagnostic {
  fileprivate static func noValue(_ call: CommandCall, nearest: String?) -> Diagnostic {
    let typed = terminalSafe(call.rest(from: 1))
    let offer = nearest.map { Bilingual(", nearest: \($0)", "，最近：\($0)") }
    return Diagnostic(
      "C03", at: call.argumentRange,
      Bilingual(
        "nothing matches \(typed)" + (offer?.english ?? ""),
        "没有匹配 \(typed)" + (offer?.chinese ?? "")))
  }
}
