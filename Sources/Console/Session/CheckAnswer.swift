// CheckAnswer.swift: findings arrive; the table that `check` prints leaves, with what agrees as
// notes.

import Catalog
import Columns
import Execution
import Planning
import Syntax

extension Session {
  /// `check [NAME] [during P]`
  func reconciled(
    _ name: Name?, during spans: [PeriodSpanSyntax]?, _ language: Language
  ) throws(PlanningFault) -> Answer {
    if ground.cluster != nil, ground.loaded.store.partitions.isEmpty {
      throw .refused(.nothingToCheck)
    }
    let result = try pipeline.reconciliation()
    var findings = result.findings
    if let name { findings = try selected(findings, name) }
    var periods = ground.holdings.quarters
    if let spans {
      var quarters: Set<Int> = []
      for span in spans {
        let months = try months(
          of: span, in: ground.vocabulary, holding: ground.holdings, scope: pipeline.scope)
        quarters.formUnion(months.map { $0.flooredDividing(by: 3) })
      }
      findings = findings.filter { $0.quarterIndex.map(quarters.contains) ?? true }
      periods.removeAll { !quarters.contains($0.index) }
    }
    var answer = Answer(sentence: "", language: language, columns: columns(language))
    answer.rows = AnswerRows(findings.map { row($0, language) })
    answer.rowTexts = findings.map { texts($0, language) }
    answer.headline = headline(findings)[language]
    answer.basis = periods.map(\.text).joined(separator: ", ")
    if name == nil {
      answer.notes = result.agreements.map {
        AnswerNote(code: "OK", text: $0[language], isInformational: false)
      }
    }
    return answer
  }

  /// Whether findings of this code are errors; strictly, warnings too.
  func isFault(_ code: String, isStrict: Bool) -> Bool {
    ground.vocabulary.catalog.checks.contains {
      $0.code == code && ($0.severity == "error" || (isStrict && $0.severity == "warning"))
    }
  }

  /// Findings of a group, a metric, a data set or a code.
  private func selected(_ findings: [Finding], _ name: Name) throws(PlanningFault) -> [Finding] {
    let folded = foldedName(name.text)
    let codes = Set(
      ground.vocabulary.catalog.checks.filter {
        foldedName($0.group.english) == folded || foldedName($0.group.chinese) == folded
          || foldedName($0.code) == folded
      }.map(\.code))
    if !codes.isEmpty {
      // A figure that cannot be concerns every group.
      return findings.filter { codes.contains($0.code) || $0.code == "R34" }
    }
    let metric = ground.vocabulary.metric(name.text)?.name
    guard let word = metric ?? ground.vocabulary.catalog.dataset(called: name.text)?.name else {
      let groups = Set(ground.vocabulary.catalog.checks.map(\.group))
        .filter { !$0.english.isEmpty }.sorted { $0.english < $1.english }
      throw .wrong(.unknownCheck(name, groups))
    }
    return findings.filter {
      $0.subject.english.contains(word) || $0.concerns.contains { $0.hasPrefix(word) }
    }
  }

  private func columns(_ language: Language) -> [AnswerColumn] {
    let labels: [(String, Bilingual)] = [
      ("severity", Bilingual("Severity", "程度")), ("code", Bilingual("Code", "代码")),
      ("where", Bilingual("Where", "何处")), ("stated", Bilingual("Stated", "公布")),
      ("computed", Bilingual("Computed", "重算")), ("difference", Bilingual("Difference", "相差")),
      ("cause", Bilingual("Likely cause", "可能原因")),
    ]
    return labels.map { AnswerColumn(name: $0.0, label: $0.1[language], kind: .text) }
  }

  private func row(_ finding: Finding, _ language: Language) -> AnswerRow {
    var place = finding.subject[language]
    if let first = finding.places.first { place += " (\(first.text))" }
    let texts = [
      finding.severity.word[language], finding.code, place, finding.stated, finding.computed,
      finding.difference, finding.cause?[language] ?? "",
    ]
    return AnswerRow(texts.map { .text($0) })
  }

  /// The fact, its likely cause, and where it stands: a line each (domain.md 7).
  private func texts(_ finding: Finding, _ language: Language) -> [String] {
    let facts: [(label: Bilingual, text: String)] = [
      (Bilingual("stated", "公布"), finding.stated),
      (Bilingual("computed", "重算"), finding.computed),
      (Bilingual("difference", "相差"), finding.difference),
    ]
    let fact = facts.filter { !$0.text.isEmpty }
      .map { "  \($0.label[language]) \(worded($0.text, language))" }
    let head = "\(finding.code) \(finding.severity.word[language])"
    var lines = ["\(head)  \(finding.subject[language])" + fact.joined()]
    if let cause = finding.cause {
      // A cause that is worded as possible needs no second doubt.
      let label = cause.chinese.hasPrefix("可能") ? "原因" : "可能原因"
      lines.append(Bilingual("perhaps: \(cause.english)", "\(label)：\(cause.chinese)")[language])
    }
    let shown = 3
    if !finding.places.isEmpty {
      var list = finding.places.prefix(shown).map(\.text).joined(
        separator: language == .chinese ? "、" : ", ")
      let rest = finding.places.count - shown
      if rest > 0 {
        list += Bilingual(" and \(rest) more", "等 \(finding.places.count) 处")[language]
      }
      lines.append(Bilingual("from: \(list)", "依据：\(list)")[language])
    }
    return lines
  }

  /// A fact for people: figures as tables print them, a metric by its label, a list in the
  /// language's own marks.
  private func worded(_ text: String, _ language: Language) -> String {
    if let metric = ground.vocabulary.metric(text) { return metric.label[language] }
    let sign = text.prefix { $0 == "+" || $0 == "-" }
    if let count = Int64(text.dropFirst(sign.count)) { return sign + groupedDigits(count) }
    guard language == .chinese else { return text }
    return text.split(separator: ", ").joined(separator: "、")
  }

  /// H11
  private func headline(_ findings: [Finding]) -> Bilingual {
    func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
    let (errors, warnings, notes) = (count(.error), count(.warning), count(.info))
    return Bilingual(
      "\(counted(findings.count, "finding")): \(counted(errors, "error")), "
        + "\(counted(warnings, "warning")), \(counted(notes, "note"))",
      "核对 \(findings.count) 条：错误 \(errors)，警告 \(warnings)，提示 \(notes)")
  }
}

extension Severity {
  fileprivate var word: Bilingual {
    switch self {
    case .error: Bilingual("error", "错误")
    case .warning: Bilingual("warning", "警告")
    case .info: Bilingual("info", "提示")
    }
  }
}

extension SourcePlace {
  /// Line 0 stands for the whole file.
  fileprivate var text: String { line > 0 ? "\(file):\(line)" : file }
}

extension Diagnostic {
  static func unknownCheck(_ name: Name, _ groups: [Bilingual]) -> Diagnostic {
    let list = Bilingual(listing: groups)
    return Diagnostic(
      "N01", at: name.range,
      Bilingual("nothing is checked as `\(name.text)`", "没有名为“\(name.text)”的核对"),
      hints: [
        Bilingual(
          "groups: \(list.english); or a metric, or a code such as R04",
          "可写：\(list.chinese)，或指标，或代码如 R04")
      ])
  }
}
