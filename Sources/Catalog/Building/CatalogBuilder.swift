// CatalogBuilder.swift: the statements of a rulebook and its member files arrive; the catalogue
// leaves.
//
// Definitions may stand in any order, so everything is collected first and checked afterwards. All
// faults are reported, each at the name it is about; a definition with a fault is left out.

import Syntax

/// One text of a rulebook: a `*.tb` file, or a member file that one names.
package struct RulebookFile: Sendable {
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What is wrong with a rulebook, and in which of its files.
package struct RulebookProblem: Error, Sendable {
  package var file: String
  package var diagnostic: Diagnostic
}

package struct BuiltCatalog: Sendable {
  package var catalog: Catalog
  package var problems: [RulebookProblem]
}

/// Reads every `*.tb` file in the order given and the member files they name, then the definitions
/// that a session adds, whose problems name no file.
///
/// - Complexity: O(bytes of the files + metrics × length of their chains)
package func buildCatalog(
  from files: [RulebookFile], adding definitions: [DefinitionSyntax] = []
) -> BuiltCatalog {
  var builder = CatalogBuilder(files: files)
  for file in files where file.name.hasSuffix(".tb") { builder.read(file) }
  builder.add(definitions)
  builder.finish()
  return BuiltCatalog(catalog: builder.catalog, problems: builder.problems)
}

struct CatalogBuilder {
  let files: [RulebookFile]
  var catalog = Catalog()
  var problems: [RulebookProblem] = []
  private var fileName = ""
  /// Where each name is defined, under its kind.
  private var places: [String: (file: String, name: Name)] = [:]

  init(files: [RulebookFile]) {
    self.files = files
    catalog.files = files
    for unit in TimeUnit.allCases { catalog.dimensions.append(.builtIn(unit)) }
    catalog.dimensions.append(.issuer)
  }

  mutating func read(_ file: RulebookFile) {
    fileName = file.name
    for parsed in parse(file.text).statements {
      for diagnostic in parsed.diagnostics { report(diagnostic) }
      switch parsed.statement?.kind {
      case .define(let definition): add(definition)
      case .version, nil: break
      default: report(.notADefinition(at: parsed.range))
      }
    }
  }

  mutating func add(_ definitions: [DefinitionSyntax]) {
    fileName = ""
    for definition in definitions { add(definition) }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    problems.append(RulebookProblem(file: fileName, diagnostic: diagnostic))
  }

  private mutating func add(_ definition: DefinitionSyntax) {
    switch definition {
    case .metric(let syntax):
      if isNew("metric", syntax.name) { add(syntax) }
    case .dimension(let syntax):
      if isNew("dimension", syntax.name) { add(syntax) }
    case .dataset(let syntax):
      if isNew("dataset", syntax.name) { add(syntax) }
    case .scheme(let syntax):
      if isNew("scheme", syntax.name) { add(syntax) }
    case .filter(let name, let condition):
      guard isNew("filter", name) else { return }
      catalog.filters.append(Catalog.SavedFilter(name: name.text, condition: condition))
    case .query(let name, let parameters, let question):
      guard isNew("query", name) else { return }
      catalog.queries.append(
        Catalog.SavedQuery(
          name: name.text, parameters: parameters.map(\.text), question: question))
    }
  }

  /// Inside one kind a name is defined once (N07).
  private mutating func isNew(_ kind: String, _ name: Name) -> Bool {
    let key = kind + " " + foldedName(name.text)
    guard places[key] == nil else {
      report(.alreadyDefined(name))
      return false
    }
    places[key] = (fileName, name)
    return true
  }

  /// Reports what is wrong with a definition; a diagnostic without a place stands at its name.
  mutating func report(_ kind: Keyword, _ name: String, _ diagnostic: Diagnostic) {
    let place = places["\(kind) " + foldedName(name)]
    var diagnostic = diagnostic
    if diagnostic.range == nil { diagnostic.range = place?.name.range }
    problems.append(RulebookProblem(file: place?.file ?? "", diagnostic: diagnostic))
  }

  /// The text of a member file, which stands beside the rulebook.
  func memberFile(_ name: String) -> String? { files.first { $0.name == name }?.text }

  mutating func finish() {
    // What a definition that cannot be read would have given is not missed as well.
    let isUnread = problems.contains { ["L", "P"].contains($0.diagnostic.code.prefix(1)) }
    if isUnread { return }
    addSchemeMetrics()
    for index in catalog.dimensions.indices
    where catalog.dimensions[index].memberSource == .scheme {
      catalog.dimensions[index].members = schemeItemMembers()
    }
    checkSources()
    checkSchemes()
    checkParents()
    nameMetricsInFormulas()
    inferKinds()
    if let text = memberFile("checks.csv") {
      for record in commaRecords(of: text).dropFirst() where record.cells.count == 4 {
        let cells = record.cells
        catalog.checks.append(
          CheckCode(
            code: cells[0], severity: cells[1], group: Bilingual(cells[2], cells[3])))
      }
    }
    if let text = memberFile("bulletin.csv") {
      for record in commaRecords(of: text).dropFirst() where record.cells.count == 5 {
        catalog.phrases.append(
          BulletinPhrase(
            phrase: record.cells[0], section: record.cells[1], dataset: record.cells[2],
            column: record.cells[3], value: record.cells[4]))
      }
    }
  }
}

extension Diagnostic {
  package static func alreadyDefined(_ name: Name) -> Diagnostic {
    Diagnostic(
      "N07", at: name.range,
      Bilingual(
        "`\(name.text)` is already defined or is a keyword", "“\(name.text)”已有定义或是关键词"),
      hints: [Bilingual("choose another name", "请另取名称")])
  }

  static func notADefinition(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "N07", at: range,
      Bilingual("a rulebook holds definitions only", "规则书中只能写定义"),
      hints: [Bilingual("put questions into a script", "查询请写入脚本文件")])
  }

  static func metricWithoutSource(_ name: Name) -> Diagnostic {
    Diagnostic(
      "D01", at: name.range,
      Bilingual(
        "metric `\(name.text)` has no source, or not the class that is stated",
        "指标“\(name.text)”没有来源，或与所述性质不符"),
      hints: [
        Bilingual(
          "give it `= expression`, `from dataset …` or `missing '…'`",
          "请写明 = 算式、取自 数据集 … 或 未公布 “…”")
      ])
  }

  static func datasetWithoutGrain(_ name: Name) -> Diagnostic {
    Diagnostic(
      "D02", at: name.range,
      Bilingual("data set `\(name.text)` has no grain", "数据集“\(name.text)”没有粒度"),
      hints: [Bilingual("add `grain` and its key columns", "请写明粒度及其键列")])
  }

  static func hashOfNumber(_ name: Name) -> Diagnostic {
    Diagnostic(
      "D01", at: name.range,
      Bilingual(
        "column `\(name.text)` is kept as a hash, so its type is text",
        "列“\(name.text)”只存散列值，类型应为文字"),
      hints: [Bilingual("write `column \(name.text) text … hash`", "请写作 列 \(name.text) 文字 … 散列")])
  }

  static func badMemberFile(
    _ file: String, _ problem: MemberFileProblem?, at range: SourceRange
  ) -> Diagnostic {
    let place = problem.map { Bilingual(", line \($0.line): ", "，第\($0.line)行：") }
    let why = problem?.message ?? Bilingual(" is not beside the rulebook", "不在规则书旁")
    return Diagnostic(
      "D10", at: range,
      Bilingual(
        file + (place?.english ?? "") + why.english, file + (place?.chinese ?? "") + why.chinese))
  }
}
