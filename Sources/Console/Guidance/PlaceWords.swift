// PlaceWords.swift: a place in a sentence arrives; what may be written there leaves, in words.

import Planning
import Syntax

/// Names what a place takes, for the head of the help panel and for places that nothing can be
/// listed for.
struct PlaceWords {
  private let place: CompletionPlace

  init(_ place: CompletionPlace) { self.place = place }

  /// `here: a dimension, a saved filter`
  func title(_ language: Language) -> String {
    let kinds = kinds.map { $0[language] }
    guard !kinds.isEmpty else {
      return Bilingual("nothing can follow here", "这里不能再接什么了")[language]
    }
    return language == .chinese
      ? "这里可写：" + kinds.joined(separator: "、") : "here: " + kinds.joined(separator: ", ")
  }

  /// Where there is nothing to choose from; nil where there is nothing to say.
  func notice(_ language: Language) -> String? {
    let slots = place.expected.slots
    guard let slot = slots.first(where: { [.number, .text, .newName].contains($0) }) else {
      return nil
    }
    switch slot {
    case .number: return Bilingual("a number goes here, such as 5", "这里写一个数，如 5")[language]
    case .text: return Bilingual("a text in quotes goes here", "这里写引号中的文字")[language]
    default: return Bilingual("a new name goes here", "这里写一个新名称")[language]
    }
  }

  private var kinds: [Bilingual] {
    var kinds = place.expected.slots.compactMap(Self.kind)
    if let dimension = place.valueDimension {
      kinds = [
        Bilingual("a value of \(dimension.name)", "“\(dimension.label.chinese)”的取值")
      ]
    }
    if place.expected.marks.contains("!=") {
      kinds.append(Bilingual("a comparison", "比较"))
    }
    let keywords = place.expected.keywords.compactMap(Keywords.keyword(english:))
    if place.isOpening {
      kinds.append(Bilingual("the word of another statement", "其他语句的开头词"))
    } else if keywords.contains(where: Keywords.isClause) {
      kinds.append(Bilingual("a clause", "子句"))
    } else if kinds.isEmpty, !keywords.isEmpty {
      kinds.append(Bilingual("one of these words", "下列词之一"))
    }
    return kinds
  }

  private static func kind(_ slot: Expectation.Slot) -> Bilingual? {
    switch slot {
    case .metric: Bilingual("a metric", "指标")
    case .dimension: Bilingual("a dimension", "维度")
    case .value: Bilingual("a value", "取值")
    case .period: Bilingual("a period", "时期")
    case .number: Bilingual("a number", "数")
    case .text: Bilingual("a text in quotes", "引号中的文字")
    case .savedFilter: Bilingual("a saved filter", "已存的筛选")
    case .savedQuery: Bilingual("a saved query", "已存的查询")
    case .parameter: nil
    case .path: Bilingual("a file", "文件")
    case .newName: Bilingual("a new name", "新名称")
    case .dataset: Bilingual("a data set", "数据集")
    case .scheme: Bilingual("a scheme", "评分方案")
    case .column: Bilingual("a column", "列")
    }
  }
}
