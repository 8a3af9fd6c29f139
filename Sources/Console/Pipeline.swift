// Pipeline.swift: the flow, from a question's text to its answer, one stage after the other.

import Catalog
import ClickHouse
import Columns
import Execution
import Loading
import Planning
import Rendering
import SQLGeneration
import Synchronization
import Syntax

// Syntax has made the tree; Catalog says what its words can mean; Planning makes them a query and a
// plan, which SQLGeneration can write as SQL. Over the Columns, Execution answers from the rows
// that Loading brought or a Workspace has kept; Rendering draws.

/// What questions are asked of: a catalogue with the loaded members, and the loaded rows.
package struct Ground: Sendable {
  package var vocabulary: Vocabulary
  package var holdings: Holdings
  /// What is asked: one version of each notice.
  package var loaded: Loaded
  /// Which member each code of the loaded rows stands for, found once.
  let index: StoreIndex
  /// Every version of every notice and export.
  package let pieces: LoadedPieces
  /// `use version`; nil: the latest.
  let version: Int?
  /// What answers for the periods that are not loaded; nil: nothing does.
  let cluster: ClusterData?
  /// Unlike that of any other ground: what was made from it can be told from what was not.
  let number: UInt64

  private static let madeCount = Atomic<UInt64>(0)

  package init(_ catalog: Catalog, _ loaded: Loaded) { self.init(catalog, LoadedPieces(loaded)) }

  package init(
    _ catalog: Catalog, _ pieces: LoadedPieces, version: Int? = nil, cluster: ClusterData? = nil
  ) {
    self.pieces = pieces
    self.version = version
    self.cluster = cluster
    number = Self.madeCount.wrappingAdd(1, ordering: .relaxed).newValue
    var loaded = pieces.chosen(version: version)
    if let cluster {
      loaded.store.distant = cluster.distant(besides: loaded.store.partitions)
    }
    var catalog = catalog.adding(pieces.pieces.flatMap(\.ownDefinitions))
    catalog.admit(pieces.pieces.flatMap(\.newMembers))
    var whole = withLoadedMembers(catalog, from: loaded.store)
    let notices = loaded.notices + loaded.store.distant.compactMap(\.notice)
    for notice in notices where !notice.county.isEmpty {
      whole.nameIssuer(notice.issuer, alsoBy: notice.county)
    }
    vocabulary = Vocabulary(whole)
    holdings = Execution.holdings(of: loaded.store, in: whole)
    holdings.printedMarks = notices.flatMap { notice in
      notice.printedWeights.map {
        PrintedMark(
          issuer: notice.issuer, quarter: notice.period, column: $0.column, digits: $0.digits,
          places: $0.places)
      }
    }
    self.loaded = loaded
    index = StoreIndex(loaded.store, whole)
  }

  /// The same with something else in its place.
  func with(catalog: Catalog? = nil, version: Int?) -> Ground {
    Ground(catalog ?? vocabulary.catalog, pieces, version: version, cluster: cluster)
  }
}

extension Catalog {
  /// With the data sets of tables that no data set of the rulebook fits. The texts stay with the
  /// catalogue, so that one that is built again has them already.
  fileprivate func adding(_ own: [OwnTableText]) -> Catalog {
    let new = own.filter { text in !files.contains { $0.name == text.name } }
    guard !new.isEmpty else { return self }
    return buildCatalog(
      from: files + new.map { RulebookFile(name: $0.name, text: $0.text) }
    ).catalog
  }

  /// Members that a load has met and the rulebook does not know.
  ///
  /// - Complexity: O(members)
  fileprivate mutating func admit(_ new: [NewMember]) {
    for (dimension, found) in Dictionary(grouping: new, by: \.dimension) {
      guard let index = dimensions.firstIndex(where: { $0.name == dimension }) else { continue }
      var names = Set(dimensions[index].members.map(\.name))
      for member in found where names.insert(member.name).inserted {
        dimensions[index].members.append(Member(name: member.name, parent: member.parent))
      }
    }
  }

  /// An issuer is known by its county as well.
  fileprivate mutating func nameIssuer(_ issuer: String, alsoBy county: String) {
    guard let place = dimensions.firstIndex(where: { $0.name == "issuer" }),
      let member = dimensions[place].members.firstIndex(where: { $0.name == issuer }),
      !dimensions[place].members[member].aliases.contains(county)
    else { return }
    dimensions[place].members[member].aliases.append(county)
  }
}

/// Every value that a question becomes on its way; each can be printed.
package struct Pipeline: Sendable {
  package var ground: Ground
  package var scope: QuestionScope
  /// Only some modes show the sentence; printing it needs every word of the catalogue.
  package var writesSentences = true

  package init(ground: Ground, scope: QuestionScope) {
    self.ground = ground
    self.scope = scope
  }

  /// tree → query → plan → aggregate → answer.
  ///
  /// - Parameter monitor: what the question costs is told to it.
  package func answer(
    _ tree: QuestionSyntax, in language: Language,
    watchedBy monitor: ExecutionMonitor = ExecutionMonitor()
  ) throws(PlanningFault) -> Answer {
    let query = try resolve(
      tree, in: ground.vocabulary, holding: ground.holdings, scope: scope)
    let plan = try plan(query, in: ground.vocabulary, holding: ground.holdings)
    var answer: Answer
    var refusal: Refusal?
    let engine = ground.clusterEngine(monitor)
    do throws(ExactOverflow) {
      refusal = try impossibleAssumption(
        of: plan, in: ground.vocabulary, holding: ground.holdings, using: ground.index, by: engine)
      answer = try Execution.answer(
        plan, from: ground.loaded.store, in: ground.vocabulary,
        holding: ground.holdings, language: language, by: engine, using: ground.index,
        watchedBy: monitor)
    } catch {
      throw .wrong(.figureTooLarge(at: tree.range))
    }
    if let fault = engine?.fault { throw .refused(fault.refusal) }
    // Without a column that cannot be read every figure is in doubt.
    if let lost = ground.loaded.store.damage?.first { throw .refused(lost.refusal) }
    if let refusal { throw .refused(refusal) }
    let distant = ground.distantKeys(of: plan)
    if distant.isEmpty {
      answer.notes += try findingNotes(of: plan, answer, in: language)
    } else {
      answer.notes = ground.clusterNotes(distant, answer.notes, language)
    }
    if writesSentences {
      answer.sentence = sentence(of: tree, in: language, naming: canonicalNames(language))
    }
    if let into = query.into { answer.into = try target(of: into) }
    answer.notes += versionNotes(plan, language)
    if ground.loaded.isSample { answer.notes.append(sampleNote(language)) }
    return answer
  }

  private func target(of into: IntoSyntax) throws(PlanningFault) -> AnswerTarget {
    switch into.target {
    case .path(let path):
      return AnswerTarget(path: path, existing: into.existing, range: into.range)
    case .parameter(let name):
      guard case .text(let path)? = scope.values[name.text]?.first?.lower.kind else {
        throw .wrong(.parameterWithoutValue(name))
      }
      return AnswerTarget(path: path, existing: into.existing, range: into.range)
    }
  }

  /// The findings of `check`.
  package func reconciliation() throws(PlanningFault) -> Reconciliation {
    do throws(ExactOverflow) {
      return try reconcile(
        ground.loaded.store, printed: ground.loaded.printedFigures, found: ground.loaded.findings,
        in: ground.vocabulary, holding: ground.holdings, using: ground.index)
    } catch {
      throw .wrong(.figureTooLarge(at: SourceRange(0, 0)))
    }
  }

  /// The loaded rows behind the columns of a question.
  package func baseRows(of tree: QuestionSyntax) throws(PlanningFault) -> [BaseRow] {
    let query = try resolve(
      tree, in: ground.vocabulary, holding: ground.holdings, scope: scope)
    let plan = try plan(query, in: ground.vocabulary, holding: ground.holdings)
    if let key = ground.distantKeys(of: plan).min() { throw .refused(.rowsOfCluster(key)) }
    do throws(ExactOverflow) {
      return try Execution.baseRows(
        of: plan, from: ground.loaded.store, in: ground.vocabulary.catalog)
    } catch {
      throw .wrong(.figureTooLarge(at: tree.range))
    }
  }

  /// Resolves and plans without a look at a row (`--check`).
  package func check(_ tree: QuestionSyntax) throws(PlanningFault) {
    let query = try resolve(
      tree, in: ground.vocabulary, holding: ground.holdings, scope: scope)
    _ = try plan(query, in: ground.vocabulary, holding: ground.holdings)
  }

  /// The lines of `explain`: the numbers in the formulas, or the plan.
  package func explain(_ tree: QuestionSyntax, as form: ExplainForm, in language: Language)
    throws(PlanningFault) -> Answer
  {
    let query = try resolve(
      tree, in: ground.vocabulary, holding: ground.holdings, scope: scope)
    let plan = try plan(query, in: ground.vocabulary, holding: ground.holdings)
    var lines = [sentence(of: tree, in: language, naming: canonicalNames(language))]
    switch form {
    case .figures:
      let engine = ground.clusterEngine()
      do throws(ExactOverflow) {
        lines += try explanation(
          of: plan, in: ground.vocabulary, holding: ground.holdings, language: language,
          using: ground.index, by: engine)
      } catch {
        throw .wrong(.figureTooLarge(at: tree.range))
      }
      if let fault = engine?.fault { throw .refused(fault.refusal) }
      lines += definitionLines(of: plan, in: ground.vocabulary.catalog, language: language)
      lines += referenceLines(plan, language)
    case .plan:
      lines += planText(of: plan).split(separator: "\n").map(String.init)
    case .sqlite: lines = sql(of: plan, for: .sqlite)
    case .clickhouse: lines = sql(of: plan, for: .clickhouse)
    }
    var answer = Answer(
      sentence: "", language: language,
      columns: [AnswerColumn(name: "text", label: "text", kind: .text)],
      rows: lines.map { AnswerRow([.text($0)]) })
    if form == .figures {
      let figures = try self.answer(tree, in: language)
      answer.basis = figures.basis
      answer.notes = figures.notes
    }
    return answer
  }

  /// What the notices say in words about the data sets that answer, such as who reviews a duty.
  private func referenceLines(_ plan: Plan, _ language: Language) -> [String] {
    let datasets = Set(plan.measures.values.flatMap { $0.parts.map(\.dataset) })
    let quarters = Set(plan.query.months.map { Month(index: $0).quarter.index })
    let kinds = ground.vocabulary.catalog.phrases.filter {
      $0.section == "reference" && datasets.contains($0.dataset)
    }
    return kinds.flatMap { kind in
      ground.loaded.referenceTexts.filter {
        $0.kind == kind.phrase && ($0.quarterIndex.map(quarters.contains) ?? true)
      }.map { text in
        let place = "\(text.file):\(text.line)"
        return Bilingual(
          "\(kind.column): \(text.text) (\(place))", "\(kind.value)：\(text.text)（\(place)）")[
            language]
      }
    }
  }

  private func sql(of plan: Plan, for dialect: SQLDialect) -> [String] {
    ground.sqlText(of: plan, for: dialect)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Names as the catalogue spells them in a language.
  package func canonicalNames(_ language: Language) -> NamePrinter {
    let vocabulary = ground.vocabulary
    return NamePrinter(
      knowing: vocabulary.knownWords,
      metric: { name in
        guard let metric = vocabulary.metric(name.text) else { return nil }
        return language == .chinese ? metric.label.chinese : metric.name
      },
      dimension: { name in
        guard let dimension = vocabulary.dimension(name.text) else { return nil }
        // The printer has the word of each language for a unit of time.
        if let unit = dimension.timeUnit { return unit.rawValue }
        return language == .chinese ? dimension.label.chinese : dimension.name
      },
      member: { value, dimension in
        guard let dimension = vocabulary.dimension(dimension.text),
          case .found(let member) = vocabulary.member(value, of: dimension.name)
        else { return nil }
        return language == .chinese ? member.chinese ?? member.name : member.name
      })
  }

  /// I20: a question about a notice or export that was corrected says which version answers.
  private func versionNotes(_ plan: Plan, _ language: Language) -> [AnswerNote] {
    let quarters = Set(plan.query.months.map { Month(index: $0).quarter.index })
    let datasets = Set(plan.measures.values.flatMap { $0.parts.map(\.dataset) })
    let all = ground.pieces.versionNumbers
    let asked = ground.loaded.versionNumbers
    return asked.keys.sorted { $0.text < $1.text }.compactMap { key in
      guard let quarter = key.quarterIndex, quarters.contains(quarter),
        key.dataset.isEmpty || datasets.contains(key.dataset),
        let count = all[key]?.count, count > 1, let version = asked[key]?.max()
      else { return nil }
      let text = Bilingual(
        "\(key.text) is loaded in \(count) versions; this is version \(version)",
        "\(key.text)载入了\(count)版，此为第\(version)版")
      return AnswerNote(code: "I20", text: text[language], isInformational: false)
    }
  }

  private func sampleNote(_ language: Language) -> AnswerNote {
    AnswerNote(
      code: "SAMPLE", text: Bilingual("built-in sample data", "内置样例数据")[language],
      isInformational: true)
  }
}

extension Diagnostic {
  static func figureTooLarge(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "V04", at: range,
      Bilingual("a count grew past 9,223,372,036,854,775,807", "计数超出上限"))
  }
}
