// PlanningFault.swift: why a question has no plan: a wrong word, or right words that no data
// answers.

import Catalog
import Syntax

package enum PlanningFault: Error, Sendable {
  case wrong(Diagnostic)
  case refused(Refusal)
  /// U04, which states the one figure there is: that figure is asked for before the text is
  /// written.
  case constant(metric: String, dimension: String)
  /// U03 likewise: a total that the text publishes, and no table behind it.
  case totalOnly(metric: String, dimension: String, filter: String, member: String)
}

extension Diagnostic {
  /// - Parameter place: what the word is, where it is a name of another kind.
  static func unknownMetric(
    _ name: Name, near: [Metric], alike: [Metric], place: Bilingual?
  ) -> Diagnostic {
    var hints = didYouMean(near.map { ($0.name, $0.label) })
    if alike.count > 1, hints.count == 1 {
      hints[0].english +=
        " metrics whose names start alike: " + alike.map(\.name).joined(separator: ", ")
      hints[0].chinese += "相近的指标有：" + alike.map(\.label.chinese).joined(separator: "、")
    }
    if let place { hints.insert(place, at: 0) }
    return unknownMetric(name, hints, replacement: only(near.map(\.spoken)))
  }

  static func unknownDimension(
    _ name: Name, near: [Dimension], of metric: Bilingual?, known: [Dimension]
  ) -> Diagnostic {
    let list = Bilingual(listing: known.map(\.spoken))
    return Diagnostic(
      "N02", at: name.range,
      Bilingual("unknown dimension `\(name.text)`", "没有维度“\(name.text)”"),
      hints: [
        joined(
          didYouMean(near.map { ($0.name, $0.label) }).first,
          Bilingual(
            (metric.map { "dimensions of \($0.english): " } ?? "dimensions: ") + list.english,
            "\(metric?.chinese ?? "")可按：\(list.chinese)"))
      ], replacement: only(near.map { Bilingual($0.name, $0.label.chinese) }))
  }

  static func unknownMember(
    _ word: String, of dimension: Dimension, near: [Member], at range: SourceRange
  ) -> Diagnostic {
    let names = near.map(\.name)
    let label = dimension.label.chinese
    let list = Bilingual(
      "`show members of \(dimension.name)` lists all \(dimension.members.count)",
      "“列出 成员 属 \(label)”可列出全部 \(dimension.members.count) 个")
    let hint =
      names.isEmpty
      ? list
      : Bilingual(
        "did you mean \(names.joined(separator: " or "))? \(list.english)",
        "是否要写\(names.joined(separator: "或"))？\(list.chinese)")
    return Diagnostic(
      "N03", at: range,
      Bilingual("no \(dimension.name) is called \(word)", "没有名为“\(word)”的\(label)"),
      hints: [hint],
      replacement: only(near.map { Bilingual($0.name, $0.chinese ?? $0.name) }))
  }

  private static func only(_ names: [Bilingual]) -> Bilingual? {
    names.count == 1 ? names[0] : nil
  }

  static func ambiguousMember(
    _ word: String, _ members: [Member], at range: SourceRange
  ) -> Diagnostic {
    let names = members.map(\.name)
    return Diagnostic(
      "N04", at: range,
      Bilingual(
        "\(word) may be \(names.joined(separator: " or "))",
        "“\(word)”可能是\(names.joined(separator: "或"))"),
      hints: [Bilingual("write one of them", "请写其中一个")])
  }

  /// A metric where only a dimension has a meaning: behind `by`, `across`, `per`.
  static func metricAsGroup(
    _ name: Name, near: [Dimension], of metric: Bilingual?, known: [Dimension]
  ) -> Diagnostic {
    var fault = unknownDimension(name, near: near, of: metric, known: known)
    fault.code = "T01"
    fault.message = Bilingual(
      "`\(name.text)` is a metric; groups are made by dimensions",
      "“\(name.text)”是指标；分组要用维度")
    return fault
  }

  static func metricInCondition(_ name: Name, _ metric: Metric) -> Diagnostic {
    Diagnostic(
      "T01", at: name.range,
      Bilingual(
        "`\(name.text)` is a metric; `where` filters rows before they are added up",
        "“\(name.text)”是指标；“其中”筛选汇总前的行"),
      hints: [
        Bilingual(
          "to filter results write `having \(metric.name) > 10`",
          "要筛选结果请写“满足 \(metric.label.chinese)＞10”")
      ])
  }

  static func dimensionInHaving(
    _ name: Name, _ dimension: Dimension, test: String = "= …"
  ) -> Diagnostic {
    Diagnostic(
      "T02", at: name.range,
      Bilingual(
        "`\(name.text)` is a dimension; `having` filters results", "“\(name.text)”是维度；“满足”筛选汇总结果"),
      hints: [
        Bilingual(
          "write `where \(dimension.name) \(test)`",
          "请写“其中 \(dimension.label.chinese) \(test)”")
      ])
  }

  /// - Parameter example: a metric that the message shows.
  static func dimensionAsMetric(
    _ name: Name, _ dimension: Dimension, like example: Metric?
  ) -> Diagnostic {
    let metric = example.map { Bilingual($0.name, $0.label.chinese) } ?? Bilingual("…", "…")
    return Diagnostic(
      "T02", at: name.range,
      Bilingual(
        "`\(name.text)` is a dimension; figures are asked for by a metric",
        "“\(name.text)”是维度；求数要用指标"),
      hints: [
        Bilingual(
          "write `\(metric.english) by \(dimension.name)`, "
            + "or `\(metric.english) where \(dimension.name) = …`",
          "请写“\(metric.chinese) 按 \(dimension.label.chinese)”，"
            + "或“\(metric.chinese) 其中 \(dimension.label.chinese) = …”")
      ])
  }

  static func mixedKinds(
    _ left: MetricKind, _ right: MetricKind, _ names: [Metric], at range: SourceRange
  ) -> Diagnostic {
    let told = names.map { metric in
      let formula = metric.kind == .ratio ? metric.expression : nil
      let parts = formula.map { " (" + sentence(of: $0, in: .english) + ")" } ?? ""
      let quantity = metric.quantity.map { " of \($0.id)s" } ?? ""
      return Bilingual(
        "`\(metric.name)` is a \(metric.kind.rawValue)\(parts)\(quantity)",
        "“\(metric.label.chinese)”是\(metric.kind.chinese)")
    }
    let sideBySide = Bilingual(
      names.map(\.name).joined(separator: ", "),
      names.map(\.label.chinese).joined(separator: "，"))
    return Diagnostic(
      "T03", at: range,
      Bilingual(
        "adding a \(left.rawValue) and a \(right.rawValue) has no meaning",
        "\(left.chinese)与\(right.chinese)不能相加减"),
      hints: [
        Bilingual(
          told.map(\.english).joined(separator: ", "), told.map(\.chinese).joined(separator: "，")),
        Bilingual(
          "put them side by side: `\(sideBySide.english)`", "请并列写：“\(sideBySide.chinese)”"),
      ])
  }

  static func noSuchDimension(
    _ metric: Metric, _ dimension: Dimension, has known: [Dimension], at range: SourceRange?
  ) -> Diagnostic {
    let list = Bilingual(listing: known.map(\.spoken))
    return Diagnostic(
      "T05", at: range,
      Bilingual(
        "`\(metric.name)` has no `\(dimension.name)`",
        "“\(metric.label.chinese)”没有“\(dimension.label.chinese)”这个维度"),
      hints: [
        known.isEmpty
          ? Bilingual("nothing of its data is loaded", "它的数据没有载入")
          : Bilingual("it can be split by: \(list.english)", "可按：\(list.chinese)")
      ])
  }

  static func onlySomeHave(
    _ dimension: Dimension, _ metric: Metric, not other: Metric, at range: SourceRange?
  ) -> Diagnostic {
    let (name, label) = (dimension.name, dimension.label.chinese)
    return Diagnostic(
      "T06", at: range,
      Bilingual("only some of these metrics have `\(name)`", "只有部分指标有“\(label)”"),
      hints: [
        Bilingual(
          "`\(metric.name)` has it, `\(other.name)` does not: the same \(other.name) would be "
            + "counted once for every \(name)",
          "“\(metric.label.chinese)”有，“\(other.label.chinese)”没有："
            + "同样的\(other.label.chinese)会按每个\(label)各计一次"),
        Bilingual("drop `\(name)`, or ask in two queries", "请去掉“\(label)”，或分两次查询"),
      ])
  }

  static func scoreOfGroup(
    _ metric: Metric, per dimension: Dimension, by groups: [Dimension], weight: Metric?,
    at range: SourceRange
  ) -> Diagnostic {
    let list = Bilingual(listing: groups.map(\.spoken))
    let (by, 按) = groups.isEmpty ? ("", "") : (" by \(list.english)", " 按 \(list.chinese)")
    let (name, label) = (metric.name, metric.label.chinese)
    let (per, 每) = (dimension.name, dimension.label.chinese)
    var hint = Bilingual(
      "say how to combine: `avg(\(name) per \(per))\(by)`",
      "请说明如何合并：“平均（\(label) 每 \(每)）\(按)”")
    if let weight {
      hint.english += ", or `avg(\(name) per \(per) weighted \(weight.name))\(by)`"
      hint.chinese += "，或“平均（\(label) 每 \(每) 加权 \(weight.label.chinese)）\(按)”"
    }
    let split = Bilingual(
      "or split further: `\(name) by \(groups.isEmpty ? per : list.english + ", " + per)`",
      "或再细分：“\(label) 按 \(groups.isEmpty ? 每 : list.chinese + "、" + 每)”")
    return Diagnostic(
      "T07", at: range,
      Bilingual("`\(name)` cannot be added across \(per)", "“\(label)”不能跨\(每)相加"),
      hints: [hint, split])
  }

  static func noShare(_ kind: MetricKind, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "T08", at: range,
      Bilingual("a \(kind.rawValue) has no share", "\(kind.chinese)没有占比"),
      hints: [Bilingual("ask the share of a count", "请问计数指标的占比")])
  }

  static func wrongValue(_ dimension: Dimension, _ value: ScalarSyntax) -> Diagnostic {
    let (found, expected) = (value.kindName, dimension.kindOfValue)
    let name = dimension.label.chinese
    return Diagnostic(
      "V02", at: value.range,
      Bilingual(
        "\(dimension.name) is compared with a \(found.english), expected a \(expected.english)",
        "\(name)应与\(expected.chinese)比较，不是\(found.chinese)"))
  }

  static func backwards(at range: SourceRange) -> Diagnostic {
    Diagnostic("V03", at: range, Bilingual("the range runs backwards", "范围的起止颠倒"))
  }

  static func noValue(_ parameter: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "N05", at: range,
      Bilingual("parameter `$\(parameter)` has no value", "参数“$\(parameter)”没有值"),
      hints: [Bilingual("write `let $\(parameter) = …` before", "请先写“令 $\(parameter) = …”")])
  }

  static func severalPeriods(
    _ count: Int, _ baseline: BaselineSyntax, at range: SourceRange
  ) -> Diagnostic {
    let clause =
      switch baseline {
      case .previous: Bilingual("vs previous", "环比")
      case .yearAgo: Bilingual("vs year ago", "同比")
      case .all, .period: Bilingual("vs", "对比")
      }
    return Diagnostic(
      "T14", at: range,
      Bilingual(
        "\(count) periods are in scope, so `\(clause.english)` is not decided",
        "范围内有\(count)个时期，“\(clause.chinese)”无法确定"),
      hints: [
        Bilingual(
          "add `by month`, or ask for one range: `during 2024-10..2024-12`",
          "可加“按 月”，或只写一个连续范围：“期间 2024-10..2024-12”")
      ])
  }

  static func runningNeedsTime(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "T12", at: range,
      Bilingual("`running` needs one time dimension, or `along`", "“累计”须有一个时间维度或“沿”"),
      hints: [Bilingual("add `by month`", "可加“按 月”")])
  }

  package static func nothingSaved(_ name: Name) -> Diagnostic {
    Diagnostic(
      "N06", at: name.range,
      Bilingual("nothing is saved as `@\(name.text)`", "没有保存过“@\(name.text)”"))
  }

  private static func didYouMean(_ near: [(String, Bilingual)]) -> [Bilingual] {
    guard !near.isEmpty else { return [] }
    let english = near.map { name, label in
      label.chinese == name ? "`\(name)`" : "`\(name)` (\(label.chinese))"
    }
    let chinese = near.map { name, label in "“\(label.chinese)”（\(name)）" }
    return [
      Bilingual(
        "did you mean \(english.joined(separator: " or "))?",
        "是否要写\(chinese.joined(separator: "或"))？")
    ]
  }

  private static func joined(_ first: Bilingual?, _ second: Bilingual) -> Bilingual {
    guard let first else { return second }
    return Bilingual(first.english + " " + second.english, first.chinese + second.chinese)
  }
}

extension Dimension {
  /// What a test of the dimension takes.
  fileprivate var kindOfValue: Bilingual {
    timeUnit == nil ? Bilingual("name", "名称") : Bilingual("number or period", "数字或时期")
  }
}

extension ScalarSyntax {
  fileprivate var kindName: Bilingual {
    switch kind {
    case .number: Bilingual("number", "数字")
    case .text, .name: Bilingual("name", "名称")
    case .period, .relative: Bilingual("period", "时期")
    case .parameter: Bilingual("value of another kind", "这种值")
    }
  }
}

extension MetricKind {
  var chinese: String {
    switch self {
    case .count: "计数"
    case .stock: "存量"
    case .distinct: "去重数"
    case .ratio: "比率"
    case .score: "评分"
    case .points: "百分点"
    case .text: "文字"
    case .decimal: "小数"
    }
  }
}
