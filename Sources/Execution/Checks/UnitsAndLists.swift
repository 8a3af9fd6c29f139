// UnitsAndLists.swift: units in two rows (R08), residual rows (R19), and lists of the text that a
// rule does or does not reproduce (R18).

import Catalog
import Columns
import Planning
import Syntax

extension Reconciler {
  mutating func lookAtUnits() throws(ExactOverflow) {
    guard let base = catalog.metrics.first(where: { $0.kind == .count && !$0.sources.isEmpty }),
      let unit = catalog.dimensions.first(where: { !$0.unranked.isEmpty })
    else { return }
    var residuals: [String] = []
    for channel in channels {
      let fixed = [(channel.dimension, channel.member.name)]
      guard let rows = try ask([base.name], by: [unit.name, "annex", "row"], where: fixed) else {
        continue
      }
      var byUnit: [String: [Figures]] = [:]
      for figures in rows {
        byUnit[figures.members[0] + "\u{0}" + figures.members[1], default: []].append(figures)
      }
      for member in unit.members {
        let name = member.name
        // A member that took others over has a row for each in their time.
        let expected = 1 + member.formerNames.count { $0.isValid(in: quarter) }
        for found in byUnit.filter({ $0.key.hasPrefix(name + "\u{0}") }).values {
          if found.count > expected { try tellTwoRows(name, found) }
          if unit.unranked.contains(name), let value = found.first?.values[0] {
            residuals.append(try value.text(places: 0))
          }
        }
      }
    }
    guard let name = unit.unranked.first, !residuals.isEmpty else { return }
    report(
      "R19",
      Bilingual(
        "\(name): counted in totals, in no ranking", "\(name)：计入合计，不参与排名"),
      stated: residuals.joined(separator: ", "))
  }

  private mutating func tellTwoRows(_ name: String, _ rows: [Figures]) throws(ExactOverflow) {
    var total = Exact.zero
    var parts: [String] = []
    for figures in rows {
      let value = figures.values[0] ?? .zero
      total = try total.adding(value)
      parts.append("\(figures.members[2]): \(try value.text(places: 0))")
    }
    report(
      "R08", Bilingual("\(name) in \(rows.count) rows", "\(name)在 \(rows.count) 行"),
      stated: parts.joined(separator: ", "), computed: try total.text(places: 0))
  }

  // MARK: - Lists

  /// The saved queries `list.L` and `list.L.…` together name the units of list L.
  mutating func compareListsWithRules() throws(ExactOverflow) {
    for (list, named) in lists().sorted(by: { $0.key < $1.key }) {
      let prefix = "list.\(list)"
      let rules = catalog.queries.filter {
        $0.name == prefix || $0.name.hasPrefix(prefix + ".")
      }
      guard !rules.isEmpty else { continue }
      var computed: Set<String> = []
      for rule in rules {
        var question = rule.question
        let place = SourceRange(0, 0)
        let period = PeriodSyntax(
          .literal(.quarter(year: quarter.year, quarter.number)), at: place)
        question.clauses.append(
          ClauseSyntax(.during([PeriodSpanSyntax(period)]), at: place, keyword: place))
        computed.formUnion(try kept(question))
      }
      let label = catalog.dimension(named: "listing")?.spoken(list) ?? Bilingual(same: list)
      if computed == named {
        agreements.append(
          Bilingual(
            "list \(list): \(named.count) units",
            "名单“\(label.chinese)”：\(named.count) 个单位相符"))
        continue
      }
      let missing = computed.subtracting(named).sorted().joined(separator: ", ")
      report(
        "R18",
        Bilingual(
          "list \(list) does not follow from the tables",
          "名单“\(label.chinese)”不能由表推出"),
        stated: String(named.count), computed: missing)
    }
  }

  /// The units of every list of the text.
  private func lists() -> [String: Set<String>] {
    guard
      let listing = catalog.datasets.first(where: { dataset in
        dataset.dimensions.contains { $0.dimension == "listing" }
      })
    else { return [:] }
    var lists: [String: Set<String>] = [:]
    for (rows, row) in rows(of: listing) {
      let (name, unit) = (rows.member("listing", row), rows.member("unit", row))
      if !name.isEmpty, !unit.isEmpty { lists[name, default: []].insert(unit) }
    }
    return lists
  }

  /// The units that a question keeps after having and top.
  private func kept(_ question: QuestionSyntax) throws(ExactOverflow) -> Set<String> {
    guard
      let query = try? resolve(
        question, in: vocabulary, holding: holdings, scope: QuestionScope()),
      let plan = try? plan(query, in: vocabulary, holding: holdings)
    else { return [] }
    let answer = try answer(
      plan, from: store, in: vocabulary, holding: holdings, language: .english)
    return Set(
      answer.rows.compactMap {
        if case .text(let name)? = $0.cells.first?.raw { name } else { nil }
      })
  }
}
