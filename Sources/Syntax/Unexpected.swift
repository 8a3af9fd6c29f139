// Unexpected.swift: a token that no rule takes arrives; the one message that helps most leaves.

extension Parser {
  /// Notes what is wrong with the present token.
  mutating func unexpected() -> SyntaxFailure {
    switch detail {
    case .none: break
    case .headline: diagnostic = briefDiagnostic()
    case .advice: diagnostic = unexpectedDiagnostic()
    }
    return SyntaxFailure()
  }

  /// Only the code and the headline.
  private func briefDiagnostic() -> Diagnostic {
    guard isAtEnd else { return .unexpectedWord(typed(index), at: token.range, hints: []) }
    return .stopsAfter(typed(limit - 1), at: SourceRange(stop, stop), expected: nil)
  }

  private func unexpectedDiagnostic() -> Diagnostic {
    var diagnostic = plainDiagnostic()
    // The first word makes the statement what it is: if another was meant, all else follows.
    guard index <= statementLower + 1, statementLower < limit else { return diagnostic }
    let first = tokens[statementLower]
    let meant = meant(by: first.range)
    guard !meant.isEmpty else { return diagnostic }
    let hint = question(for: meant.map(\.spelling))
    let correction = meant.count == 1 ? meant[0].sentence : nil
    let word = source.slice(first.range)
    switch first.kind {
    case .name where !known.contains(word):
      return .unknownWord(word, at: first.range, hints: [hint], correction: correction)
    case .keyword where first.keyword != .define:
      return .isAKeyword(
        Diagnostic.shortened(word), at: first.range, expected: hint, correction: correction)
    case .keyword:
      diagnostic.hints = [hint] + diagnostic.hints.prefix(1)
      diagnostic.correction = diagnostic.correction ?? correction
      return diagnostic
    default: return diagnostic
    }
  }

  private func plainDiagnostic() -> Diagnostic {
    if let culprit = keywordTakenAsName, culprit + 1 == index, culprit < limit {
      let word = source.slice(tokens[culprit].range)
      return .isAKeyword(Diagnostic.shortened(word), at: tokens[culprit].range, expected: nil)
    }
    if isAtEnd { return stopped() }
    if let open = openMarks.last, startsLine, expectsClosing {
      return .neverClosed(
        open.mark.spelling, column: source.column(of: open.offset),
        at: SourceRange(stopBefore, stopBefore),
        expected: expectedPhrase())
    }
    if let keyword, Keywords.isReserved(keyword), !expected.slots.isDisjoint(with: .names) {
      return .isAKeyword(typed(index), at: token.range, expected: expectedPhrase())
    }
    switch token.kind {
    case .name, .keyword: return strayWord()
    default:
      return .unexpectedWord(
        source.slice(token.range), at: token.range, hints: expectedPhrase().map { [$0] } ?? [])
    }
  }

  private var startsLine: Bool { index < limit && tokens[index].startsLine }

  /// The end of the token before the present one.
  private var stopBefore: Int { index > 0 ? tokens[index - 1].range.upper : offset }

  private var expectsClosing: Bool {
    expected.marks.contains(")") || expected.marks.contains("}")
  }

  /// A token as typed; of a Chinese word that stands for several tokens, the whole word.
  func typed(_ position: Int) -> String {
    guard position >= 0, position < tokens.count else { return "" }
    let range = tokens[position].range
    if range.lower == range.upper, position > 0 { return typed(position - 1) }
    return Diagnostic.shortened(source.slice(range))
  }

  /// The statement ends too early: P07 if a bracket could be closed here, else P06.
  private func stopped() -> Diagnostic {
    let place = SourceRange(stop, stop)
    if let open = openMarks.last, expectsClosing {
      return .neverClosed(
        open.mark.spelling, column: source.column(of: open.offset), at: place,
        expected: expectedPhrase())
    }
    return .stopsAfter(typed(limit - 1), at: place, expected: expectedPhrase())
  }

  // MARK: - Words

  private func strayWord() -> Diagnostic {
    let range = token.range
    let word = source.slice(range)
    if let sql = limitClause(word) { return sql }
    var near = nearKeywords(to: word)
    var correction = near.count == 1 ? corrected(range, near[0]) : nil
    if near.isEmpty {
      let meant = meant(by: range)
      near = meant.map(\.spelling)
      correction = meant.count == 1 ? meant[0].sentence : nil
    }
    var hints: [Bilingual] = []
    if !near.isEmpty { hints.append(question(for: near)) }
    if near.isEmpty, followsName, let clash = twoNames(word) { return clash }
    if let phrase = expectedPhrase() { hints.append(phrase) }
    let isHanzi = word.unicodeScalars.contains(where: NameCharacters.isHanzi)
    if isHanzi, keyword == nil, !known.contains(word) {
      if let part = unknownPart(of: range) { return part }
      return .unknownWord(word, at: range, hints: hints, correction: correction)
    }
    return .unexpectedWord(word, at: range, hints: hints, correction: correction)
  }

  /// `limit 5` of SQL is `top 5`.
  private func limitClause(_ word: String) -> Diagnostic? {
    guard foldedName(word) == "limit", index + 1 < limit,
      tokens[index + 1].kind == .number
    else { return nil }
    let number = lexed.number(tokens[index + 1])
    guard number.form == .whole else { return nil }
    let text = corrected(token.range, "top")
    return .looksLikeSQL(
      at: token.range,
      hints: [Bilingual("write `top \(number.digits)`", "请写“前 \(number.digits)”")],
      correction: text)
  }

  private var followsName: Bool {
    guard index > 0, index - 1 < limit else { return false }
    switch (tokens[index - 1].kind, tokens[index - 1].keyword) {
    case (.name, _), (.bracketedName, _), (_, .month?), (_, .quarter?), (_, .year?): return true
    default: return false
    }
  }

  /// P02, unless the second word is so strange that "unknown word" says more.
  private func twoNames(_ word: String) -> Diagnostic? {
    let isKnown = known.contains(word) || keyword != nil
    let isHanzi = word.unicodeScalars.contains(where: NameCharacters.isHanzi)
    guard isKnown || !isHanzi && expected.marks.contains(",") else { return nil }
    let before = typed(index - 1)
    var hints: [Bilingual] = []
    var correction: String?
    if clauseStart == nil, known.dimensions.contains(foldedName(word)) {
      let by = isHanzi ? "按" : "by"
      correction = corrected(SourceRange(token.range.lower, token.range.lower), by + " ")
      let start = "\(before) \(by) \(word)"
      hints.append(
        Bilingual("`\(word)` is a dimension: write `\(start)`", "“\(word)”是维度，请写“\(start)”"))
      if let example = known.exampleMetric {
        hints.append(
          Bilingual(
            "if a second metric is wanted put a comma: `\(before), \(example.english)`",
            "要并列第二个指标请加逗号：“\(before)，\(example.chinese)”"))
      }
    } else {
      hints.append(
        Bilingual(
          "several are separated by commas: `\(before), \(word)`",
          "并列的名称之间用逗号：“\(before)，\(word)”"))
      if let phrase = expectedPhrase() { hints.append(phrase) }
    }
    return .nothingBetween(at: token.range, hints: hints, correction: correction)
  }

  // MARK: - Near keywords

  /// Keywords that would be taken here and are spelled nearly so (11.1, rule 3), at most three.
  private func nearKeywords(to word: String) -> [String] {
    let folded = foldedName(word)
    let isHanzi = folded.unicodeScalars.contains(where: NameCharacters.isHanzi)
    let limit = folded.unicodeScalars.count < 5 ? 1 : 2
    var found: [(distance: Int, spelling: String)] = []
    for keyword in expected.keywords.members {
      let row = Keywords.table[Int(keyword.rawValue)]
      for spelling in isHanzi ? row.chinese : [row.english] {
        if SameSound.sound(folded) == SameSound.sound(spelling) {
          found.append((0, spelling))
        } else if spelling.unicodeScalars.count > 1,
          let distance = editDistance(folded, spelling, limit: limit)
        {
          found.append((distance, spelling))
        }
      }
    }
    let least = found.map(\.distance).min() ?? 0
    return Array(found.filter { $0.distance == least }.map(\.spelling).prefix(3))
  }

  /// "did you mean …": with the other language's word where a Chinese one is offered.
  private func question(for spellings: [String]) -> Bilingual {
    let twins = spellings.map { spelling -> String? in
      guard let keyword = Keywords.keyword(spelled: spelling) else { return nil }
      let isChinese = Keywords.keyword(chinese: spelling) != nil
      let twin = Keywords.spelling(of: keyword, in: isChinese ? .english : .chinese)
      return twin == spelling ? nil : twin
    }
    let english = zip(spellings, twins).map { spelling, twin in
      let isASCII = spelling.utf8.allSatisfy { $0 < 0x80 }
      return "`\(spelling)`" + (isASCII ? "" : twin.map { " (\($0))" } ?? "")
    }
    let chinese = zip(spellings, twins).map { spelling, twin in
      "“\(spelling)”" + (twin.map { "（\($0)）" } ?? "")
    }
    return Bilingual(
      "did you mean \(Phrase.join(english, last: " or "))?",
      "是否要写\(Phrase.join(chinese, by: "、", last: "或"))？")
  }

  // MARK: - Corrections

  /// The statement with one range replaced, or nil if that is no sentence either.
  func corrected(_ range: SourceRange, _ replacement: String) -> String? {
    guard explains, let (text, start) = statementText() else { return nil }
    let before = text.slice(SourceRange(0, range.lower - start))
    let after = text.slice(SourceRange(range.upper - start, text.utf8.count))
    let candidate = before + replacement + after
    return isSentence(candidate, known: known) ? candidate : nil
  }

  /// The statement as typed and where it begins; nil for a long one, which no message repeats.
  func statementText() -> (text: String, start: Int)? {
    guard statementLower < limit else { return nil }
    let start = tokens[statementLower].range.lower
    let end = tokens[limit - 1].range.upper
    guard end - start <= Self.longestCorrection else { return nil }
    return (source.slice(SourceRange(start, end)), start)
  }

  static let longestCorrection = 500
}

/// Whether a short text is one right sentence.
func isSentence(_ text: String, known: KnownWords) -> Bool {
  let lexed = lex(text, knowing: known)
  guard lexed.diagnostics.isEmpty else { return false }
  let sentences = lexed.sentences()
  guard sentences.statements.count == 1, let extent = sentences.statements.first else {
    return false
  }
  if let first = sentences.tokens.first?.keyword, Keywords.isClause(first) { return false }
  var parser = Parser(lexed, sentences.tokens, known: known)
  parser.begin(extent)
  parser.detail = .none
  let statement = try? parser.statement(isFirst: false, refines: false)
  guard let statement, parser.findings.isEmpty else { return false }
  return StaticChecks(source: text).findings(in: statement).isEmpty
}

/// Characters of one sound that an IME offers in place of a keyword.
enum SameSound {
  private static let groups: [[Unicode.Scalar]] = [
    ["按", "案", "暗", "岸", "安"], ["前", "钱", "浅", "欠"], ["末", "莫", "默", "没"],
    ["后", "候", "厚"], ["附", "付", "负", "复", "赋", "副", "富"], ["期", "其", "起", "齐"],
    ["中", "钟", "终", "种"], ["间", "见", "件", "简"], ["满", "慢", "漫"], ["足", "组", "族", "租"],
    ["排", "牌", "派"], ["序", "续", "绪", "叙"], ["横", "恒", "衡"], ["列", "例", "裂"],
    ["对", "队", "兑"], ["比", "笔", "彼"], ["假", "加", "价"], ["设", "社", "射", "涉"],
    ["输", "书", "数"], ["出", "初", "处"], ["存", "村", "寸"], ["为", "位", "未", "维"],
    ["且", "切", "窃"], ["或", "获", "货", "火"], ["每", "美", "没"], ["依", "一", "已", "以"],
    ["升", "生", "声"], ["降", "将", "讲"], ["占", "站", "战"], ["合", "和", "核"],
    ["计", "记", "季", "纪"], ["介", "界", "借"], ["于", "与", "余"],
  ]

  private static let first: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for group in groups {
      for scalar in group where table[scalar] == nil { table[scalar] = group[0] }
    }
    return table
  }()

  /// A word with every character replaced by the first of its sound.
  static func sound(_ word: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: word.unicodeScalars.map { first[$0] ?? $0 })
    return String(view)
  }
}
