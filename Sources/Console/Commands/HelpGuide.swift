// HelpGuide.swift: the session arrives; the pages of `.help` leave, with sentences that can be run
// on the loaded data.

import Catalog
import Planning
import Rendering
import Syntax

struct HelpGuide {
  let session: Session
  let language: Language
  private let examples: ExampleQuestions

  init(session: Session, language: Language) {
    self.session = session
    self.language = language
    examples = ExampleQuestions(session: session, language: language)
  }

  private var vocabulary: Vocabulary { session.ground.vocabulary }

  private static let exampleCount = 3

  /// The lines of the first page.
  func contents(to width: Int?) -> [String] {
    let opening = [
      "{monthly}", "{count} by {parent} with totals", "{monthly} by {leaf} top 5 with share",
      "{monthly} by {leaf} where month = {month}", "{ratio} by {leaf} bottom 3",
    ]
    var lines = [Bilingual("Questions to begin with:", "可以先问：")[language]]
    lines += opening.compactMap(examples.sentence).map { "  " + $0 }
    lines += ["", Bilingual("Commands:", "命令：")[language]]
    lines += alignedLines(
      DotCommand.all.map { (Self.call(of: $0, language), $0.help[language]) }, atMost: 26,
      to: width)
    lines += [
      "",
      Bilingual(
        "Tab completes, F1 says what may come here, .help WORD tells more, .tour shows around",
        "Tab 补全，F1 提示此处可写什么，.帮助 词 看说明，.导览 走一遍")[language],
    ]
    return lines
  }

  /// nil where nothing has that name. A command is meant by its dot, or where no word of the
  /// language has the name.
  func page(about text: String) -> [String]? {
    let dots: [Character] = [".", "。", "．"]
    let isCommand = text.first.map { dots.contains($0) } ?? false
    let bare = isCommand ? String(text.dropFirst()) : text
    let command: DotCommand?
    if case .command(let found) = DotCommand.named(bare) { command = found } else { command = nil }
    if isCommand { return command.map(page) }
    if let metric = vocabulary.metric(text) { return page(of: metric) }
    if let dimension = vocabulary.dimension(text) { return page(of: dimension) }
    let keyword = keyword(text)
    // A keyword that questions are made of goes before a command of its name.
    if let keyword, wordMeaning(keyword) != nil { return page(of: keyword) }
    if let command, foldedName(bare) == command.english || foldedName(bare) == command.chinese {
      return page(of: command)
    }
    if let keyword { return page(of: keyword) }
    return command.map(page)
  }

  func nearest(to text: String) -> String? {
    let catalog = vocabulary.catalog
    let names =
      DotCommand.all.flatMap { [$0.english, $0.chinese] }
      + catalog.metrics.flatMap { [$0.name, $0.label.chinese] }
      + catalog.dimensions.flatMap { [$0.name, $0.label.chinese] }
      + Keyword.allCases.map { Keywords.spelling(of: $0, in: .english) }
    return nearestName(to: text, among: names).flatMap { name in
      editDistance(foldedName(text), foldedName(name), limit: 2) == nil ? nil : name
    }
  }

  // MARK: - Commands

  static func call(of command: DotCommand, _ language: Language) -> String {
    let usage = command.usage(in: language)
    return ".\(command.name(in: language))" + (usage.isEmpty ? "" : " \(usage)")
  }

  private func page(of command: DotCommand) -> [String] {
    var lines = [
      "." + names(command.name(in: language), [command.name(in: language.other)], dot: "."),
      command.help[language],
    ]
    if !command.isForBatch {
      lines.append(Bilingual("at the prompt only", "只在提示符下可用")[language])
    }
    lines.append(form(Self.call(of: command, language)))
    return lines + exampleLines(commandExamples(of: command))
  }

  /// Calls that can be typed as they stand.
  private func commandExamples(of command: DotCommand) -> [String] {
    let name = "." + command.name(in: language)
    guard let first = command.arguments.first else { return [name] }
    let tails: [String]
    switch first.kind {
    case .choice(let choices): tails = choices.map(\.word)
    case .dimension:
      tails = vocabulary.catalog.dimensions.filter { !$0.members.isEmpty }
        .map { language == .chinese ? $0.label.chinese : $0.name }
    case .topic:
      tails = vocabulary.catalog.metrics.prefix(2).map { title(of: $0) } + [".mode"]
    case .statement: tails = examples.sentence("{monthly}").map { [$0] } ?? []
    case .file: tails = ["result.csv"]
    case .folder: tails = ["results"]
    case .number, .entry: tails = ["1", "2", "3"]
    case .period: tails = session.ground.holdings.quarters.map(\.text)
    case .member, .text: tails = []
    }
    let bare = first.usage.english.hasPrefix("[") ? [name] : []
    let behind = command.arguments.dropFirst().first
    return (bare + tails.map { "\(name) \($0)" + followUp(behind) }).prefix(Self.exampleCount)
      .map { $0 }
  }

  /// A second word where the command needs one.
  private func followUp(_ argument: CommandArgument?) -> String {
    guard let argument, !argument.usage.english.hasPrefix("[") else { return "" }
    if case .file = argument.kind { return " result.md" }
    return ""
  }

  // MARK: - Words of the catalogue

  private func title(of metric: Metric) -> String {
    language == .chinese ? metric.label.chinese : metric.name
  }

  private func page(of metric: Metric) -> [String] {
    let other = language == .chinese ? metric.name : metric.label.chinese
    var lines = [names(title(of: metric), [other] + metric.aliases)]
    if let help = metric.help?[language], !help.isEmpty { lines.append(help) }
    lines.append(session.definition(of: metric, language))
    let catalog = vocabulary.catalog
    // What is loaded of it: the rest would be refused.
    let holdings = session.ground.holdings
    let dimensions = catalog.orderedDimensions(of: metric) {
      holdings.combinations[$0]?.isEmpty == false
    }.map { language == .chinese ? $0.label.chinese : $0.name }
    if !dimensions.isEmpty {
      let list = dimensions.joined(separator: Bilingual(", ", "、")[language])
      lines.append(Bilingual("split by: \(list)", "可按：\(list)")[language])
    }
    lines.append(
      form(
        Bilingual(
          "\(metric.name) [by DIMENSION] [where DIMENSION = MEMBER] [during PERIOD]",
          "\(metric.label.chinese) [按 维度] [其中 维度=成员] [期间 时期]")[language]))
    return lines
      + exampleLines(examples.sentences(ofMetric: metric.name, atMost: Self.exampleCount))
  }

  private func page(of dimension: Dimension) -> [String] {
    let title = language == .chinese ? dimension.label.chinese : dimension.name
    let other = language == .chinese ? dimension.name : dimension.label.chinese
    var lines = [names(title, [other] + dimension.aliases)]
    if let help = dimension.help?[language], !help.isEmpty { lines.append(help) }
    let members = dimension.members.map { language == .chinese ? $0.chinese ?? $0.name : $0.name }
    if !members.isEmpty {
      let separator = Bilingual(", ", "、")[language]
      let list = members.prefix(6).joined(separator: separator)
      let more = members.count > 6 ? Bilingual(" …", "等")[language] : ""
      lines.append(
        Bilingual(
          "\(counted(members.count, "member")): \(list)\(more)",
          "\(members.count) 个成员：\(list)\(more)")[language])
    }
    lines.append(
      form(
        Bilingual(
          "METRIC by \(dimension.name), METRIC where \(dimension.name) = MEMBER",
          "指标 按 \(dimension.label.chinese)，指标 其中 \(dimension.label.chinese)=成员")[language]))
    return lines
      + exampleLines(
        examples.sentences(
          ofDimension: dimension.name, dimension.members.first?.name, atMost: Self.exampleCount))
  }

  // MARK: - Keywords

  private func keyword(_ text: String) -> Keyword? {
    let folded = foldedName(text)
    return Keyword.allCases.first { keyword in
      let spelling = Keywords.table[Int(keyword.rawValue)]
      return ([spelling.english] + spelling.chinese).contains { foldedName($0) == folded }
    }
  }

  private func page(of keyword: Keyword) -> [String] {
    let spelling = Keywords.table[Int(keyword.rawValue)]
    let shown = Keywords.spelling(of: keyword, in: language)
    let others = ([spelling.english] + spelling.chinese).filter { $0 != shown }
    var lines = [names(shown, others)]
    if let meaning = wordMeaning(keyword) { lines.append(meaning[language]) }
    let forms = WrittenForms(language)
    lines += forms.lines(holding: spelling.english).prefix(Self.exampleCount).map(form)
    return lines + exampleLines(examples.sentences(holding: keyword, atMost: Self.exampleCount))
  }

  // MARK: - Lines

  private func names(_ name: String, _ others: [String], dot: String = "") -> String {
    var seen: Set<String> = [name]
    let rest = others.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(8).map { dot + $0 }
    guard !rest.isEmpty else { return name }
    return language == .chinese
      ? "\(name)（\(rest.joined(separator: "、"))）" : "\(name) (\(rest.joined(separator: ", ")))"
  }

  private func form(_ text: String) -> String {
    Bilingual("written: ", "写法：")[language] + text
  }

  private func exampleLines(_ sentences: [String]) -> [String] {
    guard !sentences.isEmpty else { return [] }
    return [Bilingual("for example:", "例如：")[language]] + sentences.map { "  " + $0 }
  }
}
