// BuiltInCatalogTests.swift: the built-in rulebook becomes a catalogue without a fault.

import Catalog
import Support
import Syntax
import Testing

private let built = buildCatalog(from: builtInRulebook())

@Suite struct BuiltInCatalogTests {
  @Test func theRulebookHasNoFault() {
    #expect(built.problems.map { "\($0.file): \($0.diagnostic)" } == [])
  }

  @Test func everyDefinitionOfTheTextIsInTheCatalogue() throws {
    let text = try #require(ProjectFiles.text("Sources/Catalog/Rulebook/tongbao.tb"))
    let catalog = built.catalog
    let given = catalog.metrics.count { $0.place == nil }
    let counts = [
      "metric": catalog.metrics.count - given, "dataset": catalog.datasets.count,
      "dimension": catalog.dimensions.count - 4, "scheme": catalog.schemes.count,
      "query": catalog.queries.count,
    ]
    for (kind, count) in counts {
      #expect(
        count == text.split(separator: "\n").count { $0.hasPrefix("define \(kind) ") }, "\(kind)")
    }
    // Seven items, each with a score and its points lost.
    #expect(given == 14)
  }

  @Test(arguments: [
    ("orders", MetricKind.count), ("ontime", .count), ("open", .stock), ("ontime_rate", .ratio),
    ("avg_days", .ratio), ("median_days", .distinct), ("stated.close_rate", .score),
    ("score", .score), ("score.ontime", .score), ("lost", .score), ("claimed.orders", .count),
    ("claimed.ontime_rate", .ratio), ("accounts", .distinct), ("checks_due", .count),
    ("submitted", .count), ("satisfaction_rate", .ratio),
  ])
  func theKindOfAMetricFollowsFromItsDefinition(_ name: String, _ kind: MetricKind) {
    #expect(built.catalog.metric(named: name)?.kind == kind)
  }

  @Test func labelsOfItemsAreMadeFromTheScheme() throws {
    let score = try #require(built.catalog.metric(named: "score.ontime"))
    #expect(score.label == Bilingual("On time score", "按期得分"))
    #expect(score.schemeRole == .item("ontime"))
    let lost = try #require(built.catalog.metric(named: "lost.ontime"))
    #expect(lost.label == Bilingual("On time lost", "按期失分"))
    // 满意度 names its score; 按期 is an alias of `ontime` already.
    #expect(built.catalog.metric(named: "score.satisfaction")?.isSpelled("满意度") == true)
    #expect(score.isSpelled("按期") == false)
  }

  @Test func theWeightsOfTheSchemeAddUpToFullMarks() {
    let weights = built.catalog.schemes.map { $0.items.reduce(0) { $0 + $1.weightDigits } }
    #expect(weights == [100])
  }

  @Test func unitsHaveTheirKindsAndNames() throws {
    let unit = try #require(built.catalog.dimension(named: "unit"))
    #expect(unit.members.count == 51)
    #expect(unit.members.count { $0.parent == "town" } == 8)
    #expect(unit.unranked == ["其他"])
    for word in ["住建局", "县住建局", "housing", "扶风县住建局"] {
      guard case .found(let member) = memberMatch(word, in: unit) else {
        Issue.record("\(word) was not found")
        continue
      }
      #expect(member.name == "县住建局")
    }
    guard case .ambiguous(let candidates) = memberMatch("交通", in: unit) else {
      Issue.record("a shared short name was chosen")
      return
    }
    #expect(candidates.map(\.name) == ["县交通运输局", "县交管大队"])
  }

  @Test(arguments: [
    ("column b time = coalesce(c, a)", "N08"), ("column b flag where c > 1", "N08"),
    ("column b whole = a * 2", "D01"), ("column b text = a", "D01"),
    ("column b decimal = days(a, a)", "D01"), ("column b flag where a like 'x'", "D01"),
    ("column b flag drop where a is null\ndefine metric m from d rows where b = yes", "N08"),
  ])
  func aFormulaThatNoRowCanAnswerIsAFault(_ column: String, _ code: String) {
    let text = "define dataset d source file 'd.csv' grain a column a time \(column)"
    let problems = buildCatalog(from: [RulebookFile(name: "x.tb", text: text)]).problems
    #expect(problems.map(\.diagnostic.code) == [code], "\(column)")
  }

  @Test func aDamagedRulebookNamesItsFaults() {
    let text = """
      define metric a = b
      define metric b = a
      define metric c
      define metric c = a
      define dataset d  column x whole
      define dimension e  members 'nowhere.csv'
      define metric f from d sum(x)  class ratio

      """
    let faults = buildCatalog(from: [RulebookFile(name: "x.tb", text: text)]).problems
    let codes = faults.map(\.diagnostic.code).sorted()
    #expect(codes == ["D01", "D01", "D02", "D10", "N07", "N09", "N09"])
  }
}
