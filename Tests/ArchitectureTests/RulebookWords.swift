// RulebookWords.swift: the rulebook's files arrive; the words that no Swift file may hold leave.
//
// The reader is deliberately not the product's: it only knows quotes, names and marks, so that a
// fault of the product cannot hide a word from this test.

import Support

struct RulebookWords {
  /// Labels, aliases, members and headers in Chinese, and the names of administrative units.
  private(set) var labels: Set<String> = []
  /// Full unit names of three hanzi and more: they may not even be part of a text.
  private(set) var unitNames: Set<String> = []
  /// `orders.distinct`, `score.closed` …
  private(set) var dottedNames: Set<String> = []

  /// - Parameter keywords: words that the language itself has too; as such they may stand anywhere.
  init(statements: [String], tables: [String], keywords: Set<String> = []) {
    for text in statements { read(statements: text) }
    for text in tables { read(table: text) }
    labels.subtract(keywords)
    unitNames = unitNames.filter { $0.unicodeScalars.count(where: \.isHanzi) >= 3 }
  }

  static func ofProject() -> RulebookWords {
    let paths = ProjectFiles.list(below: "Sources/Catalog/Rulebook")
    func texts(_ suffix: String) -> [String] {
      paths.filter { $0.hasSuffix(suffix) }.compactMap(ProjectFiles.text)
    }
    return RulebookWords(
      statements: texts(".tb"), tables: texts(".csv"), keywords: keywordsOfLanguage())
  }

  /// The literals of the keyword table; the tests of Syntax hold that table to the language.
  private static func keywordsOfLanguage() -> Set<String> {
    let path = "Sources/Syntax/Keyword.swift"
    let table = SwiftSource(path: path, text: ProjectFiles.text(path) ?? "")
    return Set(table.tokens.filter { $0.kind == .literal(isWhole: true) }.map(\.text))
  }

  // MARK: Statements

  private mutating func read(statements text: String) {
    let words = Self.words(of: text)
    var place = 0
    while place < words.count {
      let word = words[place]
      place += 1
      if word.isQuoted || !["quantity", "help", "missing"].contains(word.text) {
        add(word)
        continue
      }
      // A measure word (`quantity box '箱'`) and a sentence of help may well stand in a program.
      if word.text == "quantity" { place += 1 }
      while place < words.count, words[place].isQuoted { place += 1 }
    }
    addSchemeNames(words)
  }

  private mutating func add(_ word: Word) {
    if word.text.hasHanzi { labels.insert(word.text) }
    let isDotted = word.text.contains(".") && word.text.first?.isLetter == true
    if isDotted, !word.isQuoted { dottedNames.insert(word.text) }
  }

  /// `gives score, lost` and the items make `score.closed`, `lost.closed` …
  private mutating func addSchemeNames(_ words: [Word]) {
    var given: [String] = []
    for (place, word) in words.enumerated() where !word.isQuoted && place + 2 < words.count {
      if word.text == "gives" { given = [words[place + 1].text, words[place + 2].text] }
      if word.text == "item" {
        for name in given { dottedNames.insert("\(name).\(words[place + 1].text)") }
      }
    }
  }

  private struct Word {
    var text: String
    var isQuoted: Bool
  }

  private static func words(of text: String) -> [Word] {
    var words: [Word] = []
    var current = ""
    var isQuoted = false
    func isNamed(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_" || character == "."
    }
    for character in text {
      if isQuoted, character != "'" {
        current.append(character)
      } else if !isQuoted, isNamed(character) {
        current.append(character)
      } else {
        if !current.isEmpty { words.append(Word(text: current, isQuoted: isQuoted)) }
        current = ""
        if character == "'" { isQuoted.toggle() }
      }
    }
    if !current.isEmpty { words.append(Word(text: current, isQuoted: false)) }
    return words
  }

  // MARK: Tables

  /// Cells are not quoted where they hold no comma, and no Chinese name of the rulebook holds one.
  private mutating func read(table text: String) {
    let rows = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = rows.first else { return }
    for row in rows.dropFirst() {
      for (column, cell) in zip(header, row) where cell.hasHanzi {
        // One hanzi is a word of everybody's: 日, 等, 每.
        if cell.count > 1 { labels.insert(cell) }
        if column == "name" || column == "full_name" { unitNames.insert(cell) }
      }
    }
  }
}
