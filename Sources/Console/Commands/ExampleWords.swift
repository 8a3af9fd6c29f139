// ExampleWords.swift: the session arrives; the words leave that examples on its data are made of.

import Catalog
import Columns
import Planning
import Syntax

/// Found by trying: the catalogue's first words that the data has figures for.
struct ExampleWords {
  private(set) var all: [String: String] = [:]
  private let session: Session

  init(_ session: Session) {
    self.session = session
    let catalog = session.ground.vocabulary.catalog
    let leaf = catalog.dimensions.first { $0.parent != nil } ?? catalog.dimensions.first
    let parent = leaf?.parent.flatMap { catalog.dimension(named: $0) }
    all["leaf"] = leaf?.name
    all["parent"] = parent?.name
    let counts = catalog.metrics.filter { $0.kind == .count }.map(\.name)
    let count = counts.first { answers($0, by: leaf?.name) } ?? counts.first
    all["count"] = count
    let monthly = counts.first { answers($0, by: TimeUnit.month.rawValue) } ?? count
    all["monthly"] = monthly
    all["ratio"] = leaf.flatMap { leaf in
      catalog.metrics.first { $0.kind == .ratio && differs($0.name, by: leaf.name) }?.name
    }
    let scores = catalog.metrics.filter { $0.kind == .score && answers($0.name, by: leaf?.name) }
    all["score"] = (scores.first { $0.schemeRole == .total } ?? scores.first)?.name
    all["quarter"] = session.ground.holdings.quarters.last?.text
    addMembers(leaf, parent, monthly)
  }

  private mutating func addMembers(_ leaf: Dimension?, _ parent: Dimension?, _ metric: String?) {
    guard let metric else { return }
    if let leaf {
      let names = greatest(metric, by: leaf.name)
      all["member"] = names.first.map { ExampleQuestions.quoted($0) }
      all["other"] = names.dropFirst().first.map { ExampleQuestions.quoted($0) }
      all["ending"] = names.first?.last.map { ExampleQuestions.quoted(String($0)) }
    }
    if let parent {
      all["group"] = greatest(metric, by: parent.name).first.map { ExampleQuestions.quoted($0) }
    }
    if let month = greatest(metric, by: TimeUnit.month.rawValue).first,
      let number = month.split(separator: "-").last.flatMap({ Int($0) })
    {
      all["month"] = String(number)
    }
  }

  private func answer(_ metric: String, by dimension: String?) -> Answer? {
    let question = QuestionSyntax(metric: metric, by: dimension, where: nil)
    return try? session.pipeline.answer(question, in: .english)
  }

  private func answers(_ metric: String, by dimension: String?) -> Bool {
    answer(metric, by: dimension).map { !$0.rows.isEmpty } ?? false
  }

  /// Whether the last three are few: a rate that most have alike is no example.
  private func differs(_ metric: String, by dimension: String) -> Bool {
    let source = "\(metric) by \(dimension) bottom 3"
    guard
      case .query(let question)? = parse(source, knowing: session.knownWords).statements.first?
        .statement?.kind, let answer = try? session.pipeline.answer(question, in: .english)
    else { return false }
    return (1...6).contains(answer.rows.count)
  }

  /// The members with the greatest figures first.
  private func greatest(_ metric: String, by dimension: String) -> [String] {
    let rows = answer(metric, by: dimension)?.rows ?? []
    let counted = rows.enumerated().compactMap { place, row -> (String, Int64, Int)? in
      guard case .text(let name)? = row.cells.first?.raw,
        case .whole(let count)? = row.cells.last?.raw
      else { return nil }
      return (name, count, place)
    }
    return counted.sorted { ($1.1, $0.2) < ($0.1, $1.2) }.map(\.0)
  }
}
