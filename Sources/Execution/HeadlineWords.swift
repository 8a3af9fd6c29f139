// HeadlineWords.swift: members, months and the whole of a question arrive; what the sentence above
// the table calls them leaves.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// A member as a sentence names it: a month by its number, where the question is about one year.
  func spoken(_ code: Int, of dimension: String) -> String {
    guard catalog.dimension(named: dimension)?.timeUnit == .month, code >= 0 else {
      return label(code, of: dimension).shown
    }
    return spoken(Month(index: code))
  }

  func spoken(_ month: Month) -> String {
    let years = Set(query.months.map { Month(index: $0).year })
    guard years == [month.year] else { return month.text }
    return say(Bilingual("month \(month.number)", "\(month.number) 月"))
  }

  /// The members of a group: a unit, and a month of it.
  func spokenName(of row: Int) -> String {
    zip(frame.dimensions, groups[row]).map { spoken($0.1, of: $0.0) }
      .joined(separator: say(Bilingual(", ", " ")))
  }

  /// Chinese words behind another: a blank parts them from figures, names and letters, and none
  /// from the word of a month.
  func behind(_ name: String, _ words: String) -> String {
    name + (name.hasSuffix(" 月") ? "" : " ") + words
  }

  /// What a figure without groups is a figure of: the county, by the level that its own name ends
  /// with, where nothing is left out; else all that was asked for.
  var wholeName: Bilingual {
    let conditions = query.condition?.flattened ?? []
    let everything = Bilingual("all", "全部")
    guard conditions.allSatisfy(\.isAboutTime),
      let issuers = catalog.dimension(named: "issuer")?.members, issuers.count == 1,
      let level = issuers[0].aliases.first?.last, !level.isASCII
    else { return everything }
    return Bilingual("all", "全\(level)")
  }

  /// Whom and when a question without groups is about; nil where a condition has no such words, or
  /// nobody is named.
  var subject: String? {
    var name: String?
    var month: String?
    for condition in query.condition?.flattened ?? [] {
      switch condition {
      case .isMember(let dimension, let members) where members.count == 1 && name == nil:
        let member = catalog.dimension(named: dimension)?.members.first { $0.name == members[0] }
        name = language == .chinese ? member?.chinese ?? members[0] : members[0]
      case .months(let range) where range.count == 1 && month == nil:
        month = spoken(Month(index: range.lowerBound))
      case .part(.month, let range) where range.count == 1 && month == nil:
        month = say(Bilingual("month \(range.lowerBound)", "\(range.lowerBound) 月"))
      default: return nil
      }
    }
    guard let name else { return nil }
    return [name, month].compactMap(\.self).joined(separator: say(Bilingual(", ", " ")))
  }

  /// `逾期 45 件`, `overdue 45`
  func worded(_ column: QueryColumn, _ shown: String) -> String {
    let unit = column.quantity?.unit.map { " " + $0 } ?? ""
    return say(
      Bilingual(
        column.label.english.lowercased() + " " + shown,
        column.label.chinese + " " + shown + (column.kind == .ratio ? "" : unit)))
  }
}

extension Condition {
  fileprivate var isAboutTime: Bool {
    switch self {
    case .part, .months: true
    default: false
    }
  }
}
