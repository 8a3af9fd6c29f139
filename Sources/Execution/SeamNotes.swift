// SeamNotes.swift: the rows of an answer arrive; members that were renamed or took others over in
// its periods leave as notes (I19).

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// I19: whose rows stand under a member, and which members ended.
  mutating func addSeams(_ rows: FigureRows) {
    for dimension in catalog.dimensions
    where dimension.members.contains(where: { !$0.formerNames.isEmpty || $0.validTo != nil }) {
      for member in shownMembers(of: dimension, rows) {
        for name in member.formerNames where holds(name) { addSeam(member, name) }
        addEnd(of: member)
      }
    }
  }

  /// Whether a member has rows under a former name in the periods of the answer.
  func joinsFormerNames(_ name: String, of dimension: String) -> Bool {
    let member = catalog.dimension(named: dimension)?.members.first { $0.name == name }
    return member?.formerNames.contains(where: holds) ?? false
  }

  private func holds(_ name: FormerName) -> Bool {
    quarters.contains { name.isValid(in: $0) }
  }

  /// Those of the question, and those it is compared with.
  private var quarters: Set<Quarter> {
    let earlier = query.earlierMonths(in: catalog).joined()
    return Set((query.months + earlier).map { Month(index: $0).quarter })
  }

  private func shownMembers(of dimension: Dimension, _ rows: FigureRows) -> [Member] {
    if let position = frame.dimensions.firstIndex(of: dimension.name) {
      var isShown = Array(repeating: false, count: dimension.members.count)
      for row in rows.rows {
        let code = groups.code(row, position)
        if isShown.indices.contains(code) { isShown[code] = true }
      }
      return dimension.members.indices.filter { isShown[$0] }.map { dimension.members[$0] }
    }
    guard let fixed = query.condition?.fixedMember(among: [dimension.name]) else { return [] }
    return dimension.members.filter { $0.name == fixed.member }
  }

  private mutating func addSeam(_ member: Member, _ former: FormerName) {
    let (english, chinese): (String, String)
    switch (former.validFrom, former.validTo) {
    case (let from?, let to?): (english, chinese) = (" from \(from) to \(to)", "\(from) 至 \(to) ")
    case (nil, let to?): (english, chinese) = (" until \(to)", "至 \(to) ")
    case (let from?, nil): (english, chinese) = (" from \(from)", "\(from) 起")
    case (nil, nil): (english, chinese) = ("", "")
    }
    notes.append(
      note(
        "I19", "\(member.name) includes \(former.name)\(english)",
        "\(member.name)含\(chinese)的\(former.name)"))
  }

  /// A member that no longer is there has no figures, which is not nothing to do.
  private mutating func addEnd(of member: Member) {
    guard let end = member.validTo, let last = query.months.last else { return }
    let next = Month(index: last + 1)
    guard let after = Day(year: next.year, month: next.number, day: 1),
      Day(index: after.index - 1).text > end
    else { return }
    let successor = member.successor
    notes.append(
      note(
        "I19",
        "\(member.name) ended on \(end)" + (successor.map { "; \($0) goes on" } ?? ""),
        "\(member.name)至 \(end) 为止" + (successor.map { "，由\($0)承接" } ?? "")))
  }
}
