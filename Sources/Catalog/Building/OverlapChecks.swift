// OverlapChecks.swift: schemes and members are held against each other (D04, D05).

import Syntax

extension CatalogBuilder {
  /// Two schemes of one issuer that give one metric may not judge the same quarter.
  mutating func checkSchemes() {
    let schemes = catalog.schemes
    for (index, second) in schemes.enumerated() {
      guard
        let first = schemes[..<index].first(where: { $0.givesAMetric(of: second) }),
        let quarter = first.firstQuarterShared(with: second)
      else { continue }
      report(.scheme, second.name, .overlappingSchemes(first, second, quarter))
    }
  }

  /// Every member of a list has one member of the parent dimension.
  mutating func checkParents() {
    for dimension in catalog.dimensions {
      guard let name = dimension.parent, dimension.memberSource == .closed,
        let parent = catalog.dimension(named: name)
      else { continue }
      let known = Set(parent.members.map(\.name))
      let isOpen = parent.memberSource != .closed
      for member in dimension.members
      where !(member.parent.map { known.contains($0) || (isOpen && !$0.isEmpty) } ?? false) {
        report(
          .dimension, dimension.name,
          .memberWithoutParent(member.name, of: dimension, parent))
      }
    }
  }
}

extension Scheme {
  fileprivate func givesAMetric(of other: Scheme) -> Bool {
    let isSameIssuer = issuer == nil || other.issuer == nil || issuer == other.issuer
    return isSameIssuer && !Set([score, lost]).isDisjoint(with: [other.score, other.lost])
  }

  fileprivate func firstQuarterShared(with other: Scheme) -> Quarter? {
    let first = max(validFrom, other.validFrom)
    for end in [validTo, other.validTo] {
      if let end, end < first { return nil }
    }
    return first
  }
}

extension Diagnostic {
  fileprivate static func overlappingSchemes(
    _ first: Scheme, _ second: Scheme, _ quarter: Quarter
  ) -> Diagnostic {
    Diagnostic(
      "D04", at: nil,
      Bilingual(
        "schemes \(first.name) and \(second.name) both judge \(quarter.text)",
        "方案\(first.name)与\(second.name)在\(quarter.text)重叠"),
      hints: [
        Bilingual(
          "end one with `valid … .. …`, or let it give other metrics",
          "请用“有效 … .. …”结束其一，或产生别的指标")
      ])
  }

  fileprivate static func memberWithoutParent(
    _ member: String, of dimension: Dimension, _ parent: Dimension
  ) -> Diagnostic {
    let known = parent.members.map(\.name).joined(separator: ", ")
    return Diagnostic(
      "D05", at: nil,
      Bilingual(
        "\(member) of \(dimension.name) has no \(parent.name)",
        "\(dimension.label.chinese)“\(member)”没有\(parent.label.chinese)"),
      hints: [
        Bilingual("give it one of: \(known)", "请写明其中之一：\(known)")
      ])
  }
}
