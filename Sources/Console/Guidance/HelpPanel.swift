// HelpPanel.swift: a place in a sentence and its candidates arrive; the rows that explain the place
// leave (console.md 6.3).

import Catalog
import Planning
import Rendering
import Syntax

/// What this place takes, up to ten words with their meaning, and one example on the loaded data.
struct HelpPanel {
  private let place: CompletionPlace
  private let language: Language
  private(set) var lines: [PanelLine] = []

  static let wordLimit = 10

  init(_ place: CompletionPlace, _ request: CompletionRequest?, _ language: Language) {
    self.place = place
    self.language = language
    lines = [PanelLine(PlaceWords(place).title(language))]
    if let request { addWords(request) }
    if let example { lines.append(example) }
  }

  private mutating func addWords(_ request: CompletionRequest) {
    // What is typed narrows the words, unless nothing answers to it.
    var result = request.candidates.matches(request.typed)
    if result.count == 0 { result = request.candidates.matches("") }
    let shown = 0..<min(Self.wordLimit, result.count)
    let candidates = shown.map { result[$0] }
    let names = candidates.map { truncated(terminalSafe($0.name), to: CompletionMenu.nameCells) }
    let twins = candidates.map {
      truncated(terminalSafe($0.twin ?? ""), to: CompletionMenu.nameCells)
    }
    let nameCells = names.map { displayWidth($0) }.max() ?? 0
    let twinCells = twins.map { displayWidth($0) }.max() ?? 0
    for (row, candidate) in candidates.enumerated() {
      var text = "  " + padded(names[row], to: nameCells)
      if twinCells > 0 { text += "  " + padded(twins[row], to: twinCells) }
      var meaning = result.itemCount(row).map(groupedDigits) ?? meaning(of: candidate)
      let folded = foldedName(meaning)
      if [candidate.name, candidate.twin ?? ""].contains(where: { foldedName($0) == folded }) {
        meaning = ""
      }
      lines.append(PanelLine(text, remark: meaning.isEmpty ? "" : "  " + terminalSafe(meaning)))
    }
    let hidden = result.count - shown.count
    if hidden > 0 {
      let more = Bilingual("… \(hidden) more with Tab", "… 还有 \(hidden) 项，按 Tab 可看")
      lines.append(PanelLine("", remark: "  " + more[language]))
    }
  }

  // MARK: - Meanings

  private func meaning(of candidate: Candidate) -> String {
    if let meaning = candidate.meaning { return meaning }
    let name = candidate.name
    let vocabulary = place.context.vocabulary
    let slots = place.expected.slots
    if slots.contains(.metric), let metric = vocabulary.metric(name) { return meaning(of: metric) }
    if slots.contains(.dimension), let dimension = vocabulary.dimension(name) {
      return meaning(of: dimension)
    }
    let keyword = Keywords.keyword(spelled: name)
    return keyword.flatMap(wordMeaning)?[language] ?? ""
  }

  /// Its help, else its formula, else its label.
  private func meaning(of metric: Metric) -> String {
    if let help = metric.help { return help[language] }
    guard let formula = metric.expression else { return metric.label[language] }
    let names = place.context.session.pipeline.canonicalNames(language)
    return "= " + sentence(of: formula, in: language, naming: names)
  }

  /// Its help, else its first members, which say more than a label.
  private func meaning(of dimension: Dimension) -> String {
    if let help = dimension.help { return help[language] }
    let names = dimension.members.prefix(3).map { member in
      language == .chinese ? member.chinese ?? member.name : member.name
    }
    guard !names.isEmpty else { return dimension.label[language] }
    let list = names.joined(separator: language == .chinese ? "、" : ", ")
    return dimension.members.count > names.count ? list + " …" : list
  }

  // MARK: - The example

  /// A sentence that can be run as it stands.
  private var example: PanelLine? {
    let catalog = place.context.catalog
    guard let metric = place.metrics.first ?? catalog.metrics.first(where: { $0.kind == .count }),
      let dimension = place.dimensions.first(where: { $0.parent != nil && !$0.members.isEmpty })
        ?? place.dimensions.first
    else { return nil }
    let source = exampleSource(metric, dimension)
    let context = place.context
    let parsed = parse(source, knowing: context.knownWords)
    guard case .query(let question)? = parsed.statements.first?.statement?.kind,
      (try? context.session.pipeline.check(question)) != nil
    else { return nil }
    let names = context.session.pipeline.canonicalNames(language)
    let text = sentence(of: question, in: language, naming: names)
    return PanelLine(Bilingual("example: ", "例：")[language] + text)
  }

  private func exampleSource(_ metric: Metric, _ dimension: Dimension) -> String {
    let plain = "[\(metric.name)] by [\(dimension.name)]"
    let slots = place.expected.slots
    switch place.keywordBefore {
    case .with?: return plain + " with share"
    case .top?, .bottom?: return plain + " top 5"
    case .having?: return plain + " having [\(metric.name)] > 0"
    case .during?:
      let newest = place.context.session.ground.holdings.quarters.last?.text
      return newest.map { "[\(metric.name)] during \($0)" } ?? plain
    default: break
    }
    if place.isInCondition || place.valueDimension != nil || place.expected.marks.contains("!=") {
      let wanted = place.valueDimension.flatMap { $0.members.isEmpty ? nil : $0 }
      let parent = dimension.parent.flatMap { place.context.catalog.dimension(named: $0) }
      let filter = wanted ?? parent ?? dimension
      let member = filter.members.first?.name ?? ""
      let quoted = member.map { $0 == "'" ? "''" : String($0) }.joined()
      return "[\(metric.name)] where [\(filter.name)] = '\(quoted)'"
    }
    return slots.contains(.dimension) ? plain : plain + " top 5"
  }
}
