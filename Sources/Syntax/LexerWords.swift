// LexerWords.swift: a run of name characters arrives; keywords, names, numbers and periods leave.

/// A longest sequence of name characters with the dots that join them.
struct Run {
  let start: Int
  var end: Int
  /// Narrowed and in small letters.
  var scalars: [Unicode.Scalar] = []
  /// The offset of each scalar, and after the last one the end.
  var offsets: [Int] = []
  var hasHanzi = false

  var beginsWithDigit: Bool { scalars.first.map(NameCharacters.isDigit) ?? false }

  var folded: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

extension Lexer {
  func readRun(at start: Int) -> Run {
    var run = Run(start: start, end: start)
    var offset = start
    while let (scalar, end) = scalar(at: offset) {
      var plain = Folding.lowercased(Folding.narrowed(scalar))
      if NameCharacters.canContinue(scalar) {
        if scalar.value >= 0x2E80, NameCharacters.isHanzi(scalar) {
          run.hasHanzi = true
          if let form = Folding.plainForm(of: scalar), form.count == 1 { plain = form[0] }
        }
      } else if joins(scalar, at: offset, end: end, in: run) {
        plain = "."
      } else {
        break
      }
      run.scalars.append(plain)
      run.offsets.append(offset)
      offset = end
    }
    run.end = offset
    run.offsets.append(offset)
    return run
  }

  /// Whether a dot stands directly between two name characters, or `。` between two digits.
  private func joins(_ scalar: Unicode.Scalar, at offset: Int, end: Int, in run: Run) -> Bool {
    guard let before = run.scalars.last, before != ".", let (after, _) = self.scalar(at: end) else {
      return false
    }
    if scalar.value == 0x3002 {
      return NameCharacters.isDigit(before) && NameCharacters.isDigit(after)
    }
    return Folding.narrowed(scalar) == "." && NameCharacters.canContinue(after)
  }

  mutating func lexWord() {
    if expectsPath { return lexPath(from: position) }
    if let end = plainWordEnd(from: position), lexPlainWord(to: end) { return }
    let run = readRun(at: position)
    if run.hasHanzi {
      lexHanzi(run)
    } else if run.beginsWithDigit {
      lexDigits(run)
    } else if let (keyword, end) = englishKeyword(run) {
      position = end
      append(keyword, isChinese: false, at: SourceRange(run.start, end))
    } else if let (end, period) = PeriodSpelling.ascii(run.scalars), end == run.scalars.count {
      position = run.end
      append(period, of: run, from: run.start)
    } else {
      position = run.end
      appendName(from: run.start)
    }
  }

  /// Where a word of ASCII letters, digits and `_` ends; nil if dots or other characters join it.
  func plainWordEnd(from start: Int) -> Int? {
    var end = start
    while end < bytes.count, isASCIIWord(bytes[end]) { end += 1 }
    guard end > start else { return nil }
    guard end < bytes.count else { return end }
    return bytes[end] < 0x80 && bytes[end] != UInt8(ascii: ".") ? end : nil
  }

  private func isASCIIWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  /// Reads the words that nearly every sentence consists of without looking at scalars.
  private mutating func lexPlainWord(to end: Int) -> Bool {
    let start = position
    let word = bytes[start..<end]
    if (0x30...0x39).contains(bytes[start]) {
      guard word.count <= 18, word.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
      let value = word.reduce(Int64(0)) { $0 * 10 + Int64($1) - 0x30 }
      let number = NumberSpelling(digits: value, scale: nil, isFourDigits: word.count == 4)
      appendNumber(number, from: start, to: end)
      return true
    }
    // `Q4`, and words that may be the first of several, are read with more care.
    if word.count == 2, (0x30...0x39).contains(bytes[end - 1]) { return false }
    if let keyword = Keywords.keyword(ascii: word) {
      switch keyword {
      case .year, .quarter, .order: return false
      default: break
      }
      position = end
      append(keyword, isChinese: false, at: SourceRange(start, end))
      return true
    }
    if word.count == 5, String(decoding: word, as: UTF8.self).lowercased() == "group" {
      return false
    }
    position = end
    append(.name, from: start)
    return true
  }

  /// Everything up to a blank, a line end or `;` (language.md 2, rule 10).
  mutating func lexPath(from start: Int) {
    position = start
    while let (scalar, end) = scalar(at: position), scalar != "\n", !Folding.isBlank(scalar),
      Folding.narrowed(scalar) != ";"
    {
      position = end
    }
    append(.path, from: start)
  }

  mutating func appendName(from start: Int) {
    if slot.isOpen {
      let name = Folding.normalized(text(start, position))
      let folded = foldedName(name)
      if name.unicodeScalars.contains(where: NameCharacters.isHanzi),
        !known.words.contains(folded)
      {
        introducedWords.insert(folded)
      }
    }
    append(.name, from: start)
  }

  // MARK: - English keywords

  /// The keyword of a run without hanzi and where it ends: `year to date` takes three words.
  func englishKeyword(_ run: Run) -> (keyword: Keyword, end: Int)? {
    let word = run.folded
    switch word {
    case "year":
      if let end = following(["to", "date"], after: run.end) { return (.yearToDate, end) }
      if let end = following(["ago"], after: run.end) { return (.yearAgo, end) }
    case "quarter":
      if let end = following(["to", "date"], after: run.end) { return (.quarterToDate, end) }
    case "order":
      if let end = following(["by"], after: run.end) { return (.order, end) }
    case "group":
      if let end = following(["by"], after: run.end) { return (.by, end) }
    default: break
    }
    return Keywords.keyword(english: word).map { ($0, run.end) }
  }

  /// Where the given words end if they follow on the same line, with blanks between.
  private func following(_ words: [String], after end: Int) -> Int? {
    var offset = end
    for word in words {
      let blank = offset
      while let (scalar, next) = scalar(at: offset), Folding.isBlank(scalar) { offset = next }
      guard offset > blank, let (first, _) = scalar(at: offset), NameCharacters.canStart(first)
      else { return nil }
      let run = readRun(at: offset)
      guard run.folded == word else { return nil }
      offset = run.end
    }
    return offset
  }

  // MARK: - Words that begin with a digit

  private mutating func lexDigits(_ run: Run) {
    if let (end, number) = NumberSpelling.number(run.scalars, at: 0), end == run.scalars.count {
      return appendNumber(number, from: run.start, to: run.end)
    }
    position = run.end
    if let (end, period) = PeriodSpelling.ascii(run.scalars), end == run.scalars.count {
      append(period, of: run, from: run.start)
    } else if known.words.contains(run.folded) || words.introduced.number(of: run.scalars) != nil {
      appendName(from: run.start)
    } else {
      reportWord(run.start, run.end)
      append(.unknown, from: run.start)
    }
  }

  /// A number, together with a `%` or the month of `2024-11` directly behind it.
  mutating func appendNumber(_ number: NumberSpelling, from start: Int, to end: Int) {
    position = end
    if number.isFourDigits, let month = monthAfterYear(at: end) {
      position = month.end
      let range = SourceRange(start, position)
      guard month.isWellFormed else {
        reportWord(start, position)
        return append(.unknown, from: start)
      }
      let period = PeriodSpelling.month(year: number.digits, Int64(month.number))
      return append(period, text: text(start, position), at: range)
    }
    var form: NumberSyntax.Form = number.scale == nil ? .whole : .decimal
    if let (scalar, next) = scalar(at: end), Folding.narrowed(scalar) == "%" {
      form = .percent
      position = next
    }
    let range = SourceRange(start, position)
    guard let digits = number.digits, number.scale ?? 0 <= 18 else {
      reportWord(start, position)
      return append(.unknown, from: start)
    }
    append(NumberSyntax(form, digits: digits, scale: number.scale ?? 0, at: range))
  }

  /// L02
  mutating func reportWord(_ start: Int, _ end: Int) {
    let word = text(start, end)
    report { .notANumber(word, at: SourceRange(start, end), hasHints: $0) }
  }

  /// `-11` directly behind the four digits of a year; `-11-05` is no month.
  private func monthAfterYear(at offset: Int) -> (number: Int, end: Int, isWellFormed: Bool)? {
    guard let (dash, first) = scalar(at: offset), Folding.narrowed(dash) == "-" else { return nil }
    var end = first
    var number = 0
    var count = 0
    while let (digit, next) = scalar(at: end), NameCharacters.isDigit(digit), count < 3 {
      number = number * 10 + Int(Folding.narrowed(digit).value) - 0x30
      count += 1
      end = next
    }
    guard count == 1 || count == 2 else { return nil }
    guard let (after, next) = scalar(at: end) else { return (number, end, true) }
    if Folding.narrowed(after) == "-", let (digit, _) = scalar(at: next),
      NameCharacters.isDigit(digit)
    {
      return (number, readRun(at: next).end, false)
    }
    if NameCharacters.canContinue(after), !NameCharacters.isHanzi(after) { return nil }
    return (number, end, true)
  }

  mutating func append(_ period: PeriodSpelling, of run: Run, from start: Int) {
    append(period, text: text(start, position), at: SourceRange(start, position))
  }

  mutating func append(_ period: PeriodSpelling, text: String, at range: SourceRange) {
    switch period {
    case .literal(let literal): append(literal, at: range)
    case .outOfRange(let unit, let number):
      report { _ in .noSuchPeriod(text, unit: unit, number: number, at: range) }
      append(.unknown, from: range.lower)
    }
  }
}
