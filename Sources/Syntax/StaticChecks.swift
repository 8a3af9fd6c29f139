// StaticChecks.swift: a tree arrives; what is wrong with it as a whole, without any catalogue,
// leaves.

/// The checks of language.md 3 that need no catalogue: P04, P09, T09, T10, T13 and O03. Names are
/// compared as written, so `by unit across 单位` is left to the planner.
struct StaticChecks {
  let source: String

  func findings(in statement: StatementSyntax) -> [Diagnostic] {
    switch statement.kind {
    case .query(let question), .explain(_, let question): return findings(in: question)
    case .assert(let assertion): return findings(in: assertion.question)
    case .define(.query(_, _, let question)): return findings(in: question)
    case .then(let refinements):
      let clauses = refinements.compactMap { refinement in
        if case .clause(let clause) = refinement { clause } else { nil }
      }
      return repeated(clauses) + shared(clauses)
    default: return []
    }
  }

  private func findings(in question: QuestionSyntax) -> [Diagnostic] {
    let clauses = question.clauses
    return repeated(clauses) + shared(clauses) + extras(clauses) + form(clauses)
  }

  // MARK: - P04 and P09

  private func repeated(_ clauses: [ClauseSyntax]) -> [Diagnostic] {
    // Nearly always there is nothing to find.
    var seen: UInt32 = 0
    var hasTwice = false
    for clause in clauses {
      let bit: UInt32 = 1 << UInt32(clause.kind.rank)
      hasTwice = hasTwice || seen & bit != 0
      seen |= bit
    }
    guard hasTwice else { return [] }
    var first: [(name: ClauseName, clause: ClauseSyntax)] = []
    var findings: [Diagnostic] = []
    for (position, clause) in clauses.enumerated() {
      let name = clause.kind.name == .bottom ? .top : clause.kind.name
      guard let earlier = first.first(where: { $0.name == name })?.clause else {
        first.append((name, clause))
        continue
      }
      let isRanking =
        name == .by && position > 0 && clauses[position - 1].kind.name.isRanking
      findings.append(
        .writtenTwice(
          isRanking ? "P09" : "P04", source.slice(clause.keyword),
          firstColumn: source.column(of: earlier.keyword.lower), at: clause.keyword,
          hint: isRanking ? onHint(clauses[position - 1], clause) : joinHint(earlier, clause)))
    }
    return findings
  }

  private func body(_ clause: ClauseSyntax) -> String {
    let text = source.slice(SourceRange(clause.keyword.upper, clause.range.upper))
    return Diagnostic.excerpt(text)
  }

  private func whole(_ clause: ClauseSyntax) -> String {
    Diagnostic.excerpt(source.slice(clause.range))
  }

  private func onHint(_ top: ClauseSyntax, _ by: ClauseSyntax) -> Bilingual {
    Bilingual(
      "the ranking of a top list is written with `on`: `\(whole(top)) on \(body(by))`",
      "排名所依的指标用“依”写：“\(whole(top)) 依 \(body(by))”")
  }

  private func joinHint(_ first: ClauseSyntax, _ second: ClauseSyntax) -> Bilingual {
    switch first.kind.name {
    case .where, .having:
      let isChinese = source.slice(second.keyword).utf8.contains { $0 >= 0x80 }
      let and = isChinese ? "且" : "and"
      return Bilingual(
        "join the conditions: `\(whole(first)) \(and) \(body(second))`",
        "请合并条件：“\(whole(first)) \(and) \(body(second))”")
    case .by, .across, .during, .order, .with, .assume:
      return Bilingual(
        "join the lists: `\(whole(first)), \(body(second))`",
        "请合并列表：“\(whole(first))，\(body(second))”")
    default:
      return Bilingual("keep one: `\(whole(second))`", "请保留一个：“\(whole(second))”")
    }
  }

  // MARK: - T13, T10, T09, O03

  private func shared(_ clauses: [ClauseSyntax]) -> [Diagnostic] {
    guard clauses.contains(where: { $0.kind.name == .across }) else { return [] }
    var rows: Set<String> = []
    for clause in clauses {
      guard case .by(let names) = clause.kind else { continue }
      rows.formUnion(names.map { foldedName($0.text) })
    }
    var findings: [Diagnostic] = []
    for clause in clauses {
      guard case .across(let names) = clause.kind else { continue }
      for name in names where rows.contains(foldedName(name.text)) {
        findings.append(.standsInByAndAcross(name.text, at: name.range))
      }
    }
    return findings
  }

  private func extras(_ clauses: [ClauseSyntax]) -> [Diagnostic] {
    var dimensionCount = 0
    var hasTop = false
    for clause in clauses {
      if case .by(let names) = clause.kind { dimensionCount += names.count }
      if case .top = clause.kind { hasTop = true }
    }
    var findings: [Diagnostic] = []
    for clause in clauses {
      guard case .with(let extras) = clause.kind else { continue }
      for extra in extras {
        switch extra.kind {
        case .others where !hasTop: findings.append(.othersNeedTop(at: extra.range))
        case .subtotals where dimensionCount < 2:
          findings.append(.subtotalsNeedTwoDimensions(at: extra.range))
        default: break
        }
      }
    }
    return findings
  }

  private func form(_ clauses: [ClauseSyntax]) -> [Diagnostic] {
    let writes = clauses.contains { $0.kind.name == .into }
    guard !writes else { return [] }
    return clauses.compactMap { clause in
      guard case .form(.xlsx, _) = clause.kind else { return nil }
      return .onlyToAFile("xlsx", at: clause.range)
    }
  }
}

extension ClauseSyntax.Kind {
  /// The clause's own name, as `without` takes it.
  package var name: ClauseName {
    switch self {
    case .by: .by
    case .across: .across
    case .where: .where
    case .during: .during
    case .having: .having
    case .order: .order
    case .top(let top): top.isBottom ? .bottom : .top
    case .with: .with
    case .versus: .vs
    case .assume: .assume
    case .form: .as
    case .into: .into
    }
  }
}

extension ClauseSyntax.Kind {
  /// The place in the canonical order; `top` and `bottom` share one.
  var rank: Int {
    switch self {
    case .by: 0
    case .across: 1
    case .where: 2
    case .during: 3
    case .having: 4
    case .order: 5
    case .top: 6
    case .with: 7
    case .versus: 8
    case .assume: 9
    case .form: 10
    case .into: 11
    }
  }
}

extension ClauseName {
  fileprivate var isRanking: Bool { self == .top || self == .bottom }
}
