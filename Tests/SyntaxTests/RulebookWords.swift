// RulebookWords.swift: the built-in rulebook arrives as text; the words it defines leave.

@testable import Syntax

/// A stand-in for the catalogue, which later stages build: the names of the rulebook, and for each
/// the one canonical name.
struct RulebookWords {
  private(set) var known = KnownWords()
  private(set) var metrics: [String: String] = [:]
  private(set) var dimensions: [String: String] = [:]
  /// By folded dimension and folded member, with a blank between.
  private(set) var members: [String: String] = [:]

  static let builtIn: RulebookWords? = RulebookWords()

  private init?() {
    guard let rulebook = ProjectFile.text("Sources/Catalog/Rulebook/tongbao.tb"),
      let units = ProjectFile.text("Sources/Catalog/Rulebook/units.csv"),
      let aliases = ProjectFile.text("Sources/Catalog/Rulebook/units.aliases.csv")
    else { return nil }
    for statement in parse(rulebook).statements.compactMap(\.statement) {
      guard case .define(let definition) = statement.kind else { continue }
      add(definition)
    }
    for (english, chinese) in [("month", "月"), ("quarter", "季度"), ("year", "年")] {
      add([english, chinese], as: english, to: \.dimensions)
    }
    addUnits(units, aliases)
    known.dimensions = Set(dimensions.keys)
    let ratio = Bilingual("ratio", "比率")
    known.metrics = [
      "ontime_rate": KnownMetric(
        kind: ratio, numerator: Bilingual("ontime", "按期办结"),
        denominator: Bilingual("orders", "应办"))
    ]
    known.exampleMetric = Bilingual("orders", "应办")
  }

  private mutating func add(
    _ spellings: [String], as name: String, to table: WritableKeyPath<Self, [String: String]>
  ) {
    for spelling in spellings {
      let folded = foldedName(spelling)
      known.insert(folded)
      if self[keyPath: table][folded] == nil { self[keyPath: table][folded] = name }
    }
  }

  private mutating func add(_ spellings: [String], as name: String, of dimension: String) {
    for spelling in spellings {
      let folded = foldedName(spelling)
      known.insert(folded)
      if members["\(dimension) \(folded)"] == nil { members["\(dimension) \(folded)"] = name }
    }
  }

  private mutating func add(_ definition: DefinitionSyntax) {
    switch definition {
    case .metric(let metric):
      var spellings = [metric.name.text]
      for part in metric.parts {
        if case .label(let pair) = part {
          spellings += [pair.bilingual.english, pair.bilingual.chinese]
        }
        if case .alias(let names) = part { spellings += names.map(\.text) }
      }
      add(spellings, as: metric.name.text, to: \.metrics)
    case .dimension(let dimension): add(dimension)
    case .scheme(let scheme): add(scheme)
    default: break
    }
  }

  private mutating func add(_ dimension: DimensionSyntax) {
    var spellings = [dimension.name.text]
    for part in dimension.parts {
      switch part {
      case .label(let pair): spellings += [pair.bilingual.english, pair.bilingual.chinese]
      case .alias(let names): spellings += names.map(\.text)
      case .member(let member):
        let labels = [member.english?.text, member.chinese?.text].compactMap { $0 }
        add(
          [member.name.text] + labels + member.aliases.map(\.text), as: member.name.text,
          of: dimension.name.text)
      default: break
      }
    }
    add(spellings, as: dimension.name.text, to: \.dimensions)
  }

  private mutating func add(_ scheme: SchemeSyntax) {
    for case .item(let item) in scheme.parts {
      let label = item.chinese?.text ?? ""
      add(["score.\(item.name.text)", label + "得分"], as: "score.\(item.name.text)", to: \.metrics)
      add(["lost.\(item.name.text)", label + "失分"], as: "lost.\(item.name.text)", to: \.metrics)
    }
  }

  private mutating func addUnits(_ units: String, _ aliases: String) {
    var names: [String: String] = [:]
    for line in units.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 3 else { continue }
      names[cells[0]] = cells[1]
      add([cells[1], cells[2], cells[3]].filter { !$0.isEmpty }, as: cells[1], of: "unit")
    }
    for line in aliases.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if cells.count > 1, let name = names[cells[1]] { add([cells[0]], as: name, of: "unit") }
    }
  }

  /// Prints every name by its canonical one.
  var canonical: NamePrinter {
    let (metrics, dimensions, members) = (metrics, dimensions, members)
    return NamePrinter(
      knowing: known,
      metric: { metrics[foldedName($0.text)] ?? dimensions[foldedName($0.text)] },
      dimension: { dimensions[foldedName($0.text)] },
      member: { value, dimension in
        dimensions[foldedName(dimension.text)].flatMap { members["\($0) \(foldedName(value))"] }
      })
  }
}
