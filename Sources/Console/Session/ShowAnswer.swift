// ShowAnswer.swift: `show …` arrives; the table of what the catalogue, the session and the data
// hold leaves.

import Catalog
import Columns
import Planning
import Syntax

extension Session {
  /// The answer to `show …`: one row for each thing listed, in catalogue order.
  func shown(_ show: ShowSyntax, _ language: Language) throws(PlanningFault) -> Answer {
    let catalogue = CatalogueTables(catalog: catalog, language: language)
    switch show {
    case .metrics: return catalogue.metrics(catalog.metrics)
    case .dimensions: return catalogue.dimensions(catalog.dimensions)
    case .datasets: return catalogue.datasets(rowCounts: rowCounts)
    case .schemes: return catalogue.schemes()
    case .filters: return catalogue.sentences(filterSentences(language).map { ($0.0, $0.1) })
    case .queries: return catalogue.sentences(querySentences(language).map { ($0.0, $0.1) })
    case .periods: return periods(language)
    case .rulebook:
      let texts = catalog.files.filter { $0.name.hasSuffix(".tb") }.map(\.text)
      return catalogue.lines(of: texts.joined(separator: "\n"))
    case .grammar: return catalogue.lines(of: grammarText)
    case .keywords: return catalogue.keywords()
    case .members(let name): return catalogue.members(of: try dimension(name))
    case .dataset(let name):
      guard let found = catalog.dataset(called: name.text) else {
        throw .wrong(.nothingCalled(name, catalog.datasets.map(\.spoken)))
      }
      return catalogue.columns(of: found)
    case .scheme(let name):
      let found = catalog.schemes.first { foldedName($0.name) == foldedName(name.text) }
      guard let found else { throw .wrong(.nothingCalled(name, catalog.schemes.map(\.spoken))) }
      return catalogue.items(of: found)
    case .filter(let name): return try saved(name, filterSentences(language), catalogue)
    case .query(let name): return try saved(name, querySentences(language), catalogue)
    case .name(let name):
      if let metric = ground.vocabulary.metric(name.text) { return catalogue.metrics([metric]) }
      return catalogue.dimensions([try dimension(name)])
    }
  }

  private var catalog: Catalog { ground.vocabulary.catalog }

  private func dimension(_ name: Name) throws(PlanningFault) -> Dimension {
    guard let dimension = ground.vocabulary.dimension(name.text) else {
      let near = ground.vocabulary.nearDimensions(name.text)
      throw .wrong(
        .nothingCalled(name, (near.isEmpty ? catalog.dimensions : near).map(\.spoken)))
    }
    return dimension
  }

  private func saved(
    _ name: Name, _ sentences: [(String, String)], _ catalogue: CatalogueTables
  ) throws(PlanningFault) -> Answer {
    guard let found = sentences.first(where: { foldedName($0.0) == foldedName(name.text) }) else {
      throw .wrong(.nothingSaved(name))
    }
    return catalogue.lines(of: found.1)
  }

  /// Name and definition of every saved filter, those of the rulebook first.
  private func filterSentences(_ language: Language) -> [(String, String)] {
    let own = pipeline.scope.filters.sorted { $0.key < $1.key }
    let listed =
      catalog.filters.filter { pipeline.scope.filters[foldedName($0.name)] == nil }
      .map { ($0.name, $0.condition) } + own.map { ($0.key, $0.value) }
    return listed.map { name, condition in
      (name, definition(.filter(Name(name, at: condition.range), condition), language))
    }
  }

  private func querySentences(_ language: Language) -> [(String, String)] {
    let order = catalog.queries.map { foldedName($0.name) }
    let own = savedQueries.keys.filter { !order.contains($0) }.sorted()
    return (order + own).compactMap { savedQueries[$0] }.map { query in
      let place = query.question.range
      let parameters = query.parameters.map { Name($0, at: place) }
      let syntax = DefinitionSyntax.query(
        Name(query.name, at: place), parameters: parameters, query.question)
      return (query.name, definition(syntax, language))
    }
  }

  private func definition(_ syntax: DefinitionSyntax, _ language: Language) -> String {
    let statement = StatementSyntax(.define(syntax), at: SourceRange(0, 0))
    return sentence(of: statement, in: language, naming: pipeline.canonicalNames(language))
  }

  private var rowCounts: [String: Int] {
    var counts: [String: Int] = [:]
    for partition in ground.loaded.store.partitions {
      counts[partition.dataset, default: 0] += partition.rowCount
    }
    for part in ground.loaded.store.distant { counts[part.dataset, default: 0] += part.rowCount }
    return counts
  }

  /// One row for each loaded quarter, issuer and version.
  private func periods(_ language: Language) -> Answer {
    struct Load: Hashable {
      var quarter: Int
      var issuer: String
      var version: Int
    }
    var rows: [Load: Int] = [:]
    for partition in ground.pieces.pieces.flatMap(\.store.partitions) {
      guard let quarter = partition.quarterIndex else { continue }
      let load = Load(quarter: quarter, issuer: partition.issuer, version: partition.version)
      rows[load, default: 0] += partition.rowCount
    }
    for part in ground.loaded.store.distant {
      guard let quarter = part.quarterIndex else { continue }
      rows[Load(quarter: quarter, issuer: part.issuer, version: 1), default: 0] += part.rowCount
    }
    let order = rows.keys.sorted {
      ($0.quarter, $0.issuer, $0.version) < ($1.quarter, $1.issuer, $1.version)
    }
    var answer = Answer(
      sentence: "", language: language,
      columns: CatalogueTables.columns(
        [
          ("period", Bilingual("Period", "时期")), ("issuer", Bilingual("Issuer", "发文者")),
          ("version", Bilingual("Version", "第几版")), ("rows", Bilingual("Rows", "行数")),
          ("cutoff", Bilingual("Cut-off", "截止日")), ("issued", Bilingual("Issued", "印发日期")),
          ("rule", Bilingual("Rule", "依据")), ("file", Bilingual("File", "文件")),
        ], language, numeric: ["version", "rows"]))
    let list = order.map { load in
      let notice = ground.pieces.pieces.flatMap(\.notices).first {
        $0.period.index == load.quarter && $0.issuer == load.issuer && $0.version == load.version
      }
      return AnswerRow([
        .text(Quarter(index: load.quarter).text), .text(load.issuer), .whole(load.version),
        .whole(rows[load] ?? 0), .text(notice?.cutoff?.text ?? ""),
        .text(notice?.issued?.text ?? ""), .text(notice?.rule ?? ""), .text(notice?.file ?? ""),
      ])
    }
    answer.rows = AnswerRows(list)
    return answer
  }
}

extension AnswerCell {
  /// A plain number, shown without grouping marks.
  static func whole(_ number: Int) -> AnswerCell {
    AnswerCell(raw: .whole(Int64(number)), shown: String(number))
  }
}

extension Diagnostic {
  /// `show …` of a name that nothing has.
  static func nothingCalled(_ name: Name, _ known: [Bilingual]) -> Diagnostic {
    let list = Bilingual(listing: Array(known.prefix(12)))
    return Diagnostic(
      "N02", at: name.range,
      Bilingual("nothing is called `\(name.text)`", "没有名为“\(name.text)”的内容"),
      hints: known.isEmpty
        ? [] : [Bilingual("there are: \(list.english)", "可写：\(list.chinese)")])
  }
}
