// CatalogueTables.swift: definitions of the catalogue arrive; tables that list them leave.

import Catalog
import Columns
import Planning
import Syntax

/// The tables of `show`, in one language.
struct CatalogueTables {
  let catalog: Catalog
  let language: Language

  typealias Heading = (name: String, label: Bilingual)

  static func columns(
    _ headings: [Heading], _ language: Language, numeric: Set<String> = []
  ) -> [AnswerColumn] {
    headings.map {
      AnswerColumn(
        name: $0.name, label: $0.label[language], kind: numeric.contains($0.name) ? .count : .text)
    }
  }

  private func table(
    _ headings: [Heading], numeric: Set<String> = [], _ rows: [[AnswerCell]]
  ) -> Answer {
    Answer(
      sentence: "", language: language,
      columns: Self.columns(headings, language, numeric: numeric), rows: rows.map { AnswerRow($0) })
  }

  /// One row for each line of a text.
  func lines(of text: String) -> Answer {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return table([("text", Bilingual("text", "text"))], lines.map { [.text($0)] })
  }

  func sentences(_ sentences: [(String, String)]) -> Answer {
    table([name, definition], sentences.map { [.text($0.0), .text($0.1)] })
  }

  private var name: Heading { ("name", Bilingual("Name", "名字")) }
  private var label: Heading { ("label", Bilingual("Label", "显示名")) }
  private var definition: Heading { ("definition", Bilingual("Definition", "定义")) }
  private var aliases: Heading { ("aliases", Bilingual("Also called", "又称")) }
  private var rowCount: Heading { ("rows", Bilingual("Rows", "行数")) }

  /// Label, kind, formula or sources, and the other spellings of each metric.
  func metrics(_ metrics: [Metric]) -> Answer {
    table(
      [name, label, ("kind", Bilingual("Kind", "性质")), definition, aliases],
      metrics.map { metric in
        [
          .text(metric.name), .text(metric.label[language]), .text(metric.kind.rawValue),
          .text(meaning(of: metric)), list(metric.aliases),
        ]
      })
  }

  private func meaning(of metric: Metric) -> String {
    if let expression = metric.expression { return "= " + sentence(of: expression, in: .english) }
    if let role = metric.schemeRole {
      let schemes = catalog.schemes.filter { $0.gives(role, metric.name) }.map(\.name)
      return "scheme " + schemes.joined(separator: ", ")
    }
    let sources = metric.sources.map(\.dataset)
    if !sources.isEmpty { return "from " + sources.joined(separator: ", ") }
    return metric.missing?[language] ?? ""
  }

  func dimensions(_ dimensions: [Dimension]) -> Answer {
    table(
      [
        name, label, ("members", Bilingual("Members", "成员数")),
        ("parent", Bilingual("Parent", "上级")), ("default", Bilingual("Default", "默认")), aliases,
      ], numeric: ["members"],
      dimensions.map { dimension in
        [
          .text(dimension.name), .text(dimension.label[language]),
          dimension.timeUnit == nil ? .whole(dimension.members.count) : .undefined,
          .text(dimension.parent ?? ""), .text(dimension.defaultMember ?? ""),
          list(dimension.aliases),
        ]
      })
  }

  func members(of dimension: Dimension) -> Answer {
    table(
      [
        name, label, ("parent", Bilingual("Parent", "上级")), aliases,
        ("valid", Bilingual("Valid", "有效期")),
      ],
      dimension.members.map { member in
        let label = language == .chinese ? member.chinese : member.english
        let isLimited = member.validFrom != nil || member.validTo != nil
        return [
          .text(member.name), .text(label ?? ""), .text(member.parent ?? ""), list(member.aliases),
          .text(isLimited ? "\(member.validFrom ?? "")..\(member.validTo ?? "")" : ""),
        ]
      })
  }

  /// Every data set with the number of its loaded rows.
  func datasets(rowCounts: [String: Int]) -> Answer {
    table(
      [
        name, label, rowCount, ("time", Bilingual("Time", "时间")),
        ("grain", Bilingual("Grain", "粒度")),
      ], numeric: ["rows"],
      catalog.datasets.map { dataset in
        [
          .text(dataset.name), .text(dataset.label[language]),
          .whole(rowCounts[dataset.name] ?? 0), .text(dataset.time?.unit.rawValue ?? ""),
          list(dataset.grain),
        ]
      })
  }

  func columns(of dataset: Dataset) -> Answer {
    table(
      [
        name, ("type", Bilingual("Type", "类型")), ("headings", Bilingual("Headings", "表头")),
        ("remark", Bilingual("Remark", "附注")),
      ],
      dataset.columns.map { column in
        let remark =
          column.isDropped
          ? Bilingual("never stored", "不保存")
          : column.isHashed
            ? Bilingual("stored as a salted hash", "仅存加盐散列值")
            : column.isOptional ? Bilingual("may be absent", "可缺") : Bilingual(same: "")
        return [
          .text(column.name), .text(column.type.rawValue), list(column.headers),
          .text(remark[language]),
        ]
      })
  }

  func schemes() -> Answer {
    table(
      [
        name, label, ("valid", Bilingual("Valid", "有效期")),
        ("full", Bilingual("Full mark", "总分值")), ("rule", Bilingual("Rule", "依据")),
      ], numeric: ["full"],
      catalog.schemes.map { scheme in
        [
          .text(scheme.name), .text(scheme.label[language]),
          .text("\(scheme.validFrom.text)..\(scheme.validTo?.text ?? "")"),
          mark(scheme.fullMark, places: scheme.weightPlaces), .text(scheme.rule ?? ""),
        ]
      })
  }

  /// The items of a scheme, and the full mark as the total.
  func items(of scheme: Scheme) -> Answer {
    var answer = table(
      [name, label, ("weight", Bilingual("Weight", "权重")), definition], numeric: ["weight"],
      scheme.items.map { item in
        let rule =
          switch item.rule {
          case .formula(let expression, let otherwise):
            "= " + sentence(of: expression, in: .english)
              + (otherwise.map { " else " + sentence(of: $0, in: .english) } ?? "")
          case .stated(let metric): "stated \(metric)"
          }
        return [
          .text(item.name), .text(item.label[language]),
          mark(item.weight, places: scheme.weightPlaces), .text(rule),
        ]
      })
    answer.totals = AnswerRow([
      .text(Bilingual("Full mark", "总分值")[language]), .blank,
      mark(scheme.fullMark, places: scheme.weightPlaces), .blank,
    ])
    return answer
  }

  func keywords() -> Answer {
    table(
      [
        ("english", Bilingual("English", "英文")), ("chinese", Bilingual("Chinese", "中文")),
        ("reserved", Bilingual("Reserved", "保留")),
      ],
      Keywords.table.map { row in
        let mark = row.isReserved ? Bilingual("yes", "是") : Bilingual(same: "")
        return [.text(row.english), list(row.chinese), .text(mark[language])]
      })
  }

  private func list(_ words: [String]) -> AnswerCell {
    .text(words.joined(separator: language == .chinese ? "、" : ", "))
  }

  /// An exact mark with as many places as its weights have; `-` where it outgrows all bounds.
  private func mark(_ value: Exact?, places: Int) -> AnswerCell {
    guard let text = value.flatMap({ try? $0.text(places: places) }) else { return .undefined }
    return AnswerCell(raw: .decimal(text), shown: text)
  }
}

extension SchemeItem {
  fileprivate var weight: Exact? { Exact(digits: weightDigits, scale: weightScale) }
}

extension Scheme {
  fileprivate var weightPlaces: Int { items.map(\.weightScale).max() ?? 0 }

  /// The sum of the weights.
  fileprivate var fullMark: Exact? {
    items.reduce(Exact.zero) { sum, item in
      guard let sum, let weight = item.weight else { return nil }
      return try? sum.adding(weight)
    }
  }
}
