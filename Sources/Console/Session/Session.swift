// Session.swift: statements arrive one after the other; each leaves an answer, silence, or a fault.
//
// What lasts from one statement to the next stands here: the last question, `let` values, saved
// filters and queries, and the scope fixed by `use`.

import Catalog
import ClickHouse
import Columns
import Execution
import Loading
import Planning
import Rendering
import Syntax

/// What a statement comes to.
package enum StatementOutcome {
  case answer(Answer)
  /// A `check`: its errors make the status of a batch.
  case check(Answer)
  /// A statement without a table: `let`, `define`, `use`, a passed `assert`.
  case silent
}

package struct Session {
  package var pipeline: Pipeline
  package private(set) var lastQuestion: QuestionSyntax?
  /// What the last question came to: `rows` and `drill` name its rows.
  private(set) var lastAnswer: Answer?
  /// What the last statement cost; of one that asks nothing, nothing.
  private(set) var cost = ExecutionStatistics()
  /// What `.back` goes back to: the questions that the last one was refined or drilled from.
  private var steps: [(question: QuestionSyntax, answer: Answer)] = []
  var savedQueries: [String: Catalog.SavedQuery] = [:]
  /// The language of statements that do not say one.
  package var language: Language
  /// `--set`: values from outside, still as text.
  package var settings: [String: String] = [:]

  package init(ground: Ground, language: Language) {
    pipeline = Pipeline(ground: ground, scope: QuestionScope())
    self.language = language
    for query in ground.vocabulary.catalog.queries {
      savedQueries[foldedName(query.name)] = query
    }
  }

  package var ground: Ground { pipeline.ground }

  /// Asks other data from now on; what was defined and fixed stays.
  mutating func ask(_ pieces: LoadedPieces) { ask(pieces, ground.cluster) }

  /// - Parameter cluster: what answers for the periods that are not loaded.
  mutating func ask(_ pieces: LoadedPieces, _ cluster: ClusterData?) {
    pipeline.ground = Ground(
      ground.vocabulary.catalog, pieces, version: ground.version, cluster: cluster)
  }

  /// Names of filters and queries that the session has saved, folded.
  var ownNames: Set<String> = []
  /// Metrics, dimensions, data sets and schemes that the session has defined.
  var ownDefinitions: [DefinitionSyntax] = []

  /// The words that split Chinese without blanks: the catalogue's and the session's own.
  package var knownWords: KnownWords {
    var words = ground.vocabulary.knownWords
    for name in ownNames { words.insert(name) }
    return words
  }

  /// Reads a source with the words it needs: one without a hanzi has none to split, and only a
  /// wrong one needs the catalogue for its message.
  package func parsed(_ source: String, isConsole: Bool) -> ParsedSource {
    if source.utf8.allSatisfy({ $0 < 0x80 }) {
      let plain = parse(source, isConsole: isConsole, hasLastQuestion: lastQuestion != nil)
      if plain.diagnostics.isEmpty { return plain }
    }
    return parse(
      source, knowing: knownWords, isConsole: isConsole, hasLastQuestion: lastQuestion != nil)
  }

  /// Runs one statement.
  ///
  /// - Throws: the fault that a person is told; the session is then as it was before. Where a
  ///   column could not be read nothing that was made without it leaves.
  package mutating func run(_ statement: StatementSyntax, in language: Language?)
    throws(PlanningFault) -> StatementOutcome
  {
    guard ground.cluster != nil else { return try undamagedOutcome(of: statement, in: language) }
    try renewCluster()
    let before = self
    for _ in 0..<2 {
      let sent = ground.cluster?.statementCount ?? 0
      let outcome = try undamagedOutcome(of: statement, in: language)
      guard try clusterHasChanged(since: sent) else { return outcome }
      // What was read may be of both loads: once more, of the later one.
      let fresh = ground.cluster
      self = before
      ask(ground.pieces, fresh)
    }
    throw .refused(.beingLoaded)
  }

  private mutating func undamagedOutcome(
    of statement: StatementSyntax, in language: Language?
  ) throws(PlanningFault) -> StatementOutcome {
    guard let damage = ground.loaded.store.damage else {
      return try outcome(of: statement, in: language)
    }
    // What completion has met before does not concern this statement.
    _ = damage.take()
    let before = self
    let result: Result<StatementOutcome, PlanningFault>
    do throws(PlanningFault) {
      result = .success(try outcome(of: statement, in: language))
    } catch {
      result = .failure(error)
    }
    if let lost = damage.take().first {
      self = before
      throw .refused(lost.refusal)
    }
    return try result.get()
  }

  private mutating func outcome(of statement: StatementSyntax, in language: Language?)
    throws(PlanningFault) -> StatementOutcome
  {
    let language = language ?? self.language
    cost = ExecutionStatistics()
    switch statement.kind {
    case .version: return .silent
    case .query(let question): return .answer(try askAnew(question, language))
    case .then(let refinements):
      guard let last = lastQuestion else { throw .wrong(.nothingAsked(at: statement.range, .then)) }
      return .answer(try askOnward(last.refined(by: refinements), language))
    case .letValue(let name, let spans, _):
      pipeline.scope.values[name.text] = spans
      return .silent
    case .parameter(let parameter):
      pipeline.scope.values[parameter.name.text] = [try value(of: parameter)]
      return .silent
    case .define(let definition):
      try define(definition, at: statement.range)
      return .silent
    case .use(let use): return try fix(use)
    case .run(let name, let arguments): return try runSaved(name, arguments, language)
    case .assert(let assertion): return try judge(assertion, language)
    case .explain(let form, let question):
      do throws(PlanningFault) {
        var answer = try pipeline.explain(question, as: form, in: language)
        answer.sentence = sentence(
          of: statement, in: language, naming: pipeline.canonicalNames(language))
        return .answer(answer)
      } catch {
        throw refusalWithFigures(error, language)
      }
    case .check(let name, let spans):
      var answer = try reconciled(name, during: spans, language)
      answer.sentence = sentence(
        of: statement, in: language, naming: pipeline.canonicalNames(language))
      return .check(answer)
    case .show(let show):
      var answer = try shown(show, language)
      answer.sentence = sentence(of: statement, in: language)
      return .answer(answer)
    case .rows(let number):
      var answer = try baseRowAnswer(number, at: statement.range, language)
      answer.sentence = sentence(of: statement, in: language)
      return .answer(answer)
    case .drill(let number, let names):
      return .answer(try askOnward(drilled(number, by: names, at: statement.range), language))
    }
  }

  /// Plans a statement and runs nothing; what it would leave behind is there for the next one.
  package mutating func check(_ statement: StatementSyntax) throws(PlanningFault) {
    switch statement.kind {
    case .query(let question), .explain(_, let question):
      try pipeline.check(question)
      lastQuestion = question
    case .assert(let assertion): try pipeline.check(assertion.question)
    case .then(let refinements):
      guard let last = lastQuestion else { throw .wrong(.nothingAsked(at: statement.range, .then)) }
      let question = last.refined(by: refinements)
      try pipeline.check(question)
      lastQuestion = question
    case .run(let name, _):
      guard savedQueries[foldedName(name.text)] != nil else { throw .wrong(.nothingSaved(name)) }
    case .version, .letValue, .parameter, .define, .use:
      _ = try run(statement, in: nil)
    case .check, .rows, .drill, .show: break
    }
  }

  private mutating func askAnew(_ question: QuestionSyntax, _ language: Language)
    throws(PlanningFault) -> Answer
  {
    let answer = try ask(question, language)
    steps = []
    return answer
  }

  /// A question that grew out of the last one: `back` returns to that.
  private mutating func askOnward(_ question: QuestionSyntax, _ language: Language)
    throws(PlanningFault) -> Answer
  {
    let before = lastQuestion.flatMap { question in lastAnswer.map { (question, $0) } }
    let isStep = lastQuestion?.refined(by: []) != question.refined(by: [])
    let answer = try ask(question, language)
    // The same figures in another form, or in a file, are no step.
    if isStep, let before { steps = steps.suffix(99) + [before] }
    return answer
  }

  /// Makes the question before the last refinement or drill the last one again; nil without one.
  mutating func goBack() -> Answer? {
    guard let step = steps.popLast() else { return nil }
    lastQuestion = step.question
    lastAnswer = step.answer
    return step.answer
  }

  private mutating func ask(_ question: QuestionSyntax, _ language: Language)
    throws(PlanningFault) -> Answer
  {
    let answer: Answer
    let monitor = ExecutionMonitor()
    do throws(PlanningFault) {
      answer = try pipeline.answer(question, in: language, watchedBy: monitor)
      cost = monitor.statistics
    } catch {
      throw refusalWithFigures(error, language)
    }
    lastQuestion = question
    lastAnswer = answer
    return answer
  }

  // MARK: - Parameters

  /// What `--set` gives, read by the declared kind and bound as a value; else the default.
  private func value(of parameter: ParameterSyntax) throws(PlanningFault) -> SpanSyntax {
    guard let text = settings[parameter.name.text] else {
      guard let value = parameter.value else {
        throw .wrong(.parameterWithoutValue(parameter.name))
      }
      return value
    }
    let range = parameter.name.range
    let tokens = lex(text, knowing: knownWords).tokens.map(\.kind).filter { $0 != .end }
    switch (parameter.kind, tokens.first) {
    case (.number, .number(let number)) where tokens.count == 1:
      return SpanSyntax(ScalarSyntax(.number(number, isNegative: false), at: range))
    case (.period, .number(let number)) where tokens.count == 1 && number.form == .whole:
      return SpanSyntax(ScalarSyntax(.number(number, isNegative: false), at: range))
    case (.period, .period(let literal)) where tokens.count == 1:
      return SpanSyntax(ScalarSyntax(.period(literal), at: range))
    case (.text, _), (.member, _):
      return SpanSyntax(ScalarSyntax(.text(text), at: range))
    default: throw .wrong(.wrongSetting(parameter.name, text))
    }
  }

  // MARK: - use

  private mutating func fix(_ use: UseSyntax) throws(PlanningFault) -> StatementOutcome {
    switch use {
    case .none:
      pipeline.scope.resetUse()
      chooseVersion(nil)
    case .where(let condition): pipeline.scope.condition = condition
    case .scheme(let name):
      let schemes = ground.vocabulary.catalog.schemes
      let folded = foldedName(name.text)
      guard let scheme = schemes.first(where: { foldedName($0.name) == folded }) else {
        throw .wrong(.nothingCalled(name, schemes.map(\.spoken)))
      }
      pipeline.scope.scheme = scheme.name
    case .period(let span):
      var scope = pipeline.scope
      scope.months = try months(
        of: span, in: ground.vocabulary, holding: ground.holdings, scope: pipeline.scope)
      pipeline.scope = scope
    case .version(let number):
      guard ground.pieces.versionNumbers.values.contains(where: { $0.contains(number) }) else {
        throw .refused(
          Refusal(
            "U02",
            Bilingual("no version \(number) is loaded", "没有载入第 \(number) 版")))
      }
      chooseVersion(number)
    }
    return .silent
  }

  private mutating func chooseVersion(_ number: Int?) {
    guard number != ground.version else { return }
    pipeline.ground = ground.with(version: number)
  }

  private mutating func runSaved(
    _ name: Name, _ arguments: [ArgumentSyntax], _ language: Language
  ) throws(PlanningFault) -> StatementOutcome {
    guard let saved = savedQueries[foldedName(name.text)] else {
      throw .wrong(.nothingSaved(name))
    }
    let outer = pipeline.scope.values
    defer { pipeline.scope.values = outer }
    for argument in arguments {
      pipeline.scope.values[argument.name.text] = [argument.value]
    }
    return .answer(try askAnew(saved.question, language))
  }

  // MARK: - Refusals that state a figure

  /// U03 and U04 name the one figure there is, which only a question can give.
  private func refusalWithFigures(_ fault: PlanningFault, _ language: Language) -> PlanningFault {
    let catalog = ground.vocabulary.catalog
    switch fault {
    case .constant(let metric, let dimension):
      guard let definition = catalog.metric(named: metric),
        let label = catalog.dimension(named: dimension)?.label
      else { return fault }
      let figure = shownFigure(of: metric, where: nil) ?? "-"
      return .refused(
        Refusal(
          "U04",
          Bilingual(
            "\(metric) is one number for the county (\(figure)), printed on every row; "
              + "it has no \(dimension)",
            "“\(definition.label.chinese)”是全县一个数（\(figure)），各行相同，不能按\(label.chinese)拆分")))
    case .totalOnly(let metric, let dimension, let filter, let member):
      return totalOnly(metric, dimension, filter, member)
    default: return fault
    }
  }

  private func totalOnly(
    _ metric: String, _ dimension: String, _ filter: String, _ member: String
  ) -> PlanningFault {
    let catalog = ground.vocabulary.catalog
    let figure = shownFigure(of: metric, where: (filter, member)) ?? "-"
    let mentions = catalog.metrics.first {
      $0.sources.contains { $0.dataset == "claims" } && $0.kind == .count && $0.companion == nil
        && $0.sources.contains { $0.aggregate == .rows }
    }
    let named = mentions.map { rowCount(of: $0.name, by: dimension, where: (filter, member)) } ?? 0
    let labels = (
      metric: catalog.metric(named: metric)?.label.chinese ?? metric,
      dimension: catalog.dimension(named: dimension)?.label.chinese ?? dimension,
      filter: catalog.dimension(named: filter)?.label.chinese ?? filter,
      member: catalog.dimension(named: filter)?.members.first { $0.name == member }?.chinese
        ?? member
    )
    let (name, 名) = (mentions?.name ?? "", mentions?.label.chinese ?? "")
    return .refused(
      Refusal(
        "U03",
        Bilingual(
          "\(metric) of \(member) is published as a total only (\(figure)). Units named in the "
            + "text: \(named); ask `\(name) by \(dimension) where \(filter) = \(member)`",
          "\(labels.member)的“\(labels.metric)”只公布了总数（\(figure)）。正文点名\(named)个单位，"
            + "可问“\(名) 按 \(labels.dimension) 其中 \(labels.filter) = \(labels.member)”")))
  }

  private func shownFigure(of metric: String, where fixed: (String, String)?) -> String? {
    let question = QuestionSyntax(metric: metric, by: nil, where: fixed)
    let answer = try? pipeline.answer(question, in: .english)
    return answer?.rows.first?.cells.first?.shown
  }

  private func rowCount(of metric: String, by dimension: String, where fixed: (String, String))
    -> Int
  {
    let question = QuestionSyntax(metric: metric, by: dimension, where: fixed)
    return (try? pipeline.answer(question, in: .english))?.rows.count ?? 0
  }
}

extension QuestionScope {
  /// `use none`
  mutating func resetUse() {
    months = nil
    condition = nil
    scheme = nil
  }
}

extension QuestionSyntax {
  /// `metric [by dimension] [where dimension = member]`, made by the program itself.
  init(metric: String, by dimension: String?, where fixed: (String, String)?) {
    let range = SourceRange(0, 0)
    let column = ColumnSyntax(
      ExpressionSyntax(.measure(Name(metric, at: range), filter: nil), at: range))
    var clauses: [ClauseSyntax] = []
    if let dimension {
      clauses.append(ClauseSyntax(.by([Name(dimension, at: range)]), at: range, keyword: range))
    }
    if let fixed {
      let value = SpanSyntax(ScalarSyntax(.text(fixed.1), at: range))
      let test = ConditionSyntax(
        .test(Name(fixed.0, at: range), .compare(.equal, value)), at: range)
      clauses.append(ClauseSyntax(.where(test), at: range, keyword: range))
    }
    self.init(columns: [column], clauses: clauses, at: range)
  }

  /// `where` is joined with `and`, other clauses replace; `without C` removes one.
  ///
  /// What went to a file, or was written in another form, was so once; a chart stays a chart.
  func refined(by refinements: [RefinementSyntax]) -> QuestionSyntax {
    var question = self
    question.clauses.removeAll {
      switch $0.kind {
      case .into: true
      case .form(let form, _): !form.isChart
      default: false
      }
    }
    for refinement in refinements {
      switch refinement {
      case .without(let name): question.clauses.removeAll { $0.kind.isClause(name) }
      case .clause(let clause):
        if case .where(let added) = clause.kind,
          let index = question.clauses.firstIndex(where: { $0.kind.isClause(.where) }),
          case .where(let before) = question.clauses[index].kind
        {
          let joined = ConditionSyntax(.all([before, added]), at: before.range)
          question.clauses[index].kind = .where(joined)
          continue
        }
        question.clauses.removeAll { $0.kind.isSameClause(as: clause.kind) }
        question.clauses.append(clause)
      }
    }
    return question
  }
}

extension ClauseSyntax.Kind {
  func isClause(_ name: ClauseName) -> Bool {
    switch (self, name) {
    case (.by, .by), (.across, .across), (.where, .where), (.during, .during),
      (.having, .having), (.order, .order), (.with, .with), (.versus, .vs), (.assume, .assume),
      (.form, .as), (.into, .into):
      true
    case (.top(let top), .top): !top.isBottom
    case (.top(let top), .bottom): top.isBottom
    default: false
    }
  }

  /// `top` and `bottom` take each other's place.
  func isSameClause(as other: ClauseSyntax.Kind) -> Bool {
    if case .top = self, case .top = other { return true }
    return ClauseName.allCases.contains { isClause($0) && other.isClause($0) }
  }
}
