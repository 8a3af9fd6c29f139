// SentencePrinter.swift: a question's tree arrives; its one canonical sentence leaves.

struct SentencePrinter {
  let language: Language
  let naming: NamePrinter
  /// Names that the sentence itself introduces, so that they need no brackets in it.
  private let words: RunWords

  init(_ language: Language, _ naming: NamePrinter, introducing names: [Name]) {
    self.language = language
    self.naming = naming
    var introduced = WordIndex()
    for name in names where name.text.unicodeScalars.contains(where: NameCharacters.isHanzi) {
      introduced.insert(foldedName(name.text))
    }
    words = RunWords(known: naming.knowing.index, introduced: introduced)
  }

  var isChinese: Bool { language == .chinese }

  // MARK: - Words

  func word(_ keyword: Keyword) -> String { Keywords.spelling(of: keyword, in: language) }

  /// A keyword by its English spelling, for enumerations that are named after their keywords.
  func word(_ english: String) -> String {
    Keywords.keyword(english: english).map(word) ?? english
  }

  /// Joins what is present with one blank.
  func phrase(_ words: String?...) -> String {
    words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  func list(_ words: [String]) -> String { words.joined(separator: isChinese ? "，" : ", ") }

  func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { result += "'" }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }

  func quoted(_ text: TextSyntax?) -> String? { text.map { quoted($0.text) } }

  // MARK: - Names

  /// A name that comes bare if it reads back as one word, else in brackets. A clause word is a name
  /// wherever a name is asked for, but not at the start of a sentence nor before `by`.
  func bracketedIfNeeded(_ text: String, allowsClauseWords: Bool = true) -> String {
    readsBack(text) && (allowsClauseWords || !Keywords.mustBeBracketed(text))
      ? text : bracketed(text)
  }

  private func bracketed(_ text: String) -> String {
    var result = "["
    for scalar in text.unicodeScalars {
      if scalar == "]" { result += "]" }
      result.unicodeScalars.append(scalar)
    }
    return result + "]"
  }

  private func name(
    _ name: Name, _ replacement: String?, allowsClauseWords: Bool = true
  ) -> String {
    if name.isBracketed, replacement == nil { return bracketed(name.text) }
    let text = replacement ?? name.text
    // A unit of time is the only reserved word that the parser takes without brackets.
    if let unit = TimeUnit(rawValue: text) { return word(unit.rawValue) }
    return bracketedIfNeeded(text, allowsClauseWords: allowsClauseWords)
  }

  func metric(_ name: Name) -> String {
    self.name(name, naming.metric(name), allowsClauseWords: false)
  }
  /// A name that `by` follows.
  func nameBeforeBy(_ name: Name) -> String {
    self.name(name, naming.other(name), allowsClauseWords: false)
  }
  func dimension(_ name: Name) -> String { self.name(name, naming.dimension(name)) }
  func other(_ name: Name) -> String { self.name(name, naming.other(name)) }
  func dimensions(_ names: [Name]) -> String { list(names.map(dimension)) }

  /// A name that the statement introduces is printed as it stands in the tree.
  func introduced(_ name: Name) -> String {
    name.isBracketed ? bracketed(name.text) : bracketedIfNeeded(name.text)
  }

  /// Names of a definition's list, where a quoted text is a name too.
  func namings(_ names: [Name]) -> String {
    list(names.map { $0.isBracketed ? quoted($0.text) : bracketedIfNeeded($0.text) })
  }

  func group(_ names: [Name]) -> String {
    names.count == 1 ? dimensions(names) : "(\(dimensions(names)))"
  }

  /// Whether a text read as source gives exactly one word, the same name.
  private func readsBack(_ text: String) -> Bool {
    // 至 behind a value would be a range.
    guard !text.isEmpty, !text.hasPrefix("至") else { return false }
    if let keyword = Keywords.keyword(spelled: text), Keywords.isReserved(keyword) { return false }
    var lexer = Lexer(text, knowing: naming.knowing, words: words)
    lexer.lexAll()
    guard lexer.tokens.count == 2, lexer.diagnostics.isEmpty else { return false }
    switch lexer.tokens[0].kind {
    case .name: return Folding.normalized(text).utf8.elementsEqual(text.utf8)
    case .keyword: return Keywords.keyword(spelled: text) != nil
    default: return false
    }
  }

  // MARK: - Questions

  func question(_ question: QuestionSyntax) -> String {
    let columns = question.columns.map { column in
      phrase(
        expression(column.expression), column.alias.map { phrase(word(.named), introduced($0)) })
    }
    let clauses = question.clauses.enumerated().sorted { first, second in
      let order = (first.element.kind.rank, second.element.kind.rank)
      return order.0 == order.1 ? first.offset < second.offset : order.0 < order.1
    }
    return ([list(columns)] + clauses.map { clause($0.element) }).joined(separator: " ")
  }

  func clause(_ clause: ClauseSyntax) -> String {
    switch clause.kind {
    case .by(let names): return phrase(word(.by), dimensions(names))
    case .across(let names): return phrase(word(.across), dimensions(names))
    case .where(let condition): return phrase(word(.where), self.condition(condition))
    case .during(let spans): return during(spans)
    case .having(let condition): return phrase(word(.having), having(condition))
    case .order(let items): return phrase(word(.order), list(items.map(orderItem)))
    case .top(let top): return self.top(top)
    case .with(let extras): return phrase(word(.with), list(extras.map(extra)))
    case .versus(let baseline, let parts):
      let words = parts.map { word($0.rawValue) }
      return phrase(versus(baseline), parts.isEmpty ? nil : "(\(list(words)))")
    case .assume(let assumptions): return phrase(word(.assume), list(assumptions.map(assumption)))
    case .form(let form, let title):
      return phrase(word(.as), word(form.rawValue), quoted(title))
    case .into(let into): return self.into(into)
    }
  }

  func during(_ spans: [PeriodSpanSyntax]) -> String {
    phrase(word(.during), list(spans.map(periodSpan)))
  }

  private func orderItem(_ item: OrderSyntax) -> String {
    phrase(expression(item.expression), item.isDescending.map { word($0 ? .desc : .asc) })
  }

  private func top(_ top: TopSyntax) -> String {
    let count =
      switch top.count {
      case .number(let number): String(number)
      case .parameter(let name): "$" + name.text
      }
    return phrase(
      word(top.isBottom ? .bottom : .top), count, top.on.map { phrase(word(.on), expression($0)) },
      top.per.isEmpty ? nil : phrase(word(.per), group(top.per)),
      top.isExact ? word(.exactly) : nil)
  }

  private func extra(_ extra: ExtraSyntax) -> String {
    switch extra.kind {
    case .share(let names):
      phrase(word(.share), names.isEmpty ? nil : phrase(word(.of), group(names)))
    case .rank(let names, let isDense):
      phrase(
        word(.rank), names.isEmpty ? nil : phrase(word(.per), group(names)),
        isDense ? word(.dense) : nil)
    case .running(let name):
      phrase(word(.running), name.map { phrase(word(.along), dimension($0)) })
    case .totals: word(.totals)
    case .subtotals: word(.subtotals)
    case .others: word(.others)
    case .empty: word(.empty)
    }
  }

  private func versus(_ baseline: BaselineSyntax) -> String {
    switch baseline {
    case .previous: isChinese ? "环比" : phrase(word(.vs), word(.previous))
    case .yearAgo: isChinese ? "同比" : phrase(word(.vs), word(.yearAgo))
    case .all: phrase(word(.vs), word(.all))
    case .period(let period): phrase(word(.vs), self.period(period))
    }
  }

  private func assumption(_ assumption: AssumptionSyntax) -> String {
    measure(assumption.metric, assumption.filter) + compared("=") + expression(assumption.value)
  }

  private func into(_ into: IntoSyntax) -> String {
    let target =
      switch into.target {
      case .path(let path): Self.isBarePath(path) ? path : quoted(path)
      case .parameter(let name): "$" + name.text
      }
    return phrase(
      word(.into), target, into.existing == .refuse ? nil : word(into.existing.rawValue))
  }

  private static func isBarePath(_ path: String) -> Bool {
    guard let first = path.unicodeScalars.first, Quotes.closing(for: first) == nil,
      IMEMarks.ascii(first) != "$", IMEMarks.ascii(first) != "#"
    else { return false }
    return path.unicodeScalars.allSatisfy {
      $0 != "\n" && !Folding.isBlank($0) && Folding.narrowed($0) != ";"
    }
  }

  /// A comparison between its two sides: without blanks in Chinese.
  func compared(_ mark: String) -> String { isChinese ? mark : " \(mark) " }
}
