// Keywords.swift: a spelling arrives, the keyword leaves; and the other way round.

/// The table of language.md 4 and the look-ups in it.
package enum Keywords {
  /// The keyword of an ASCII word in small letters.
  package static func keyword(english word: String) -> Keyword? {
    keyword(ascii: Array(word.utf8)[...])
  }

  /// The keyword of an ASCII word, in letters of any size.
  static func keyword(ascii word: ArraySlice<UInt8>) -> Keyword? {
    guard word.count <= longestEnglish else { return nil }
    var position = hash(word)
    while true {
      let entry = englishSlots[position]
      guard entry != noKeyword else { return nil }
      if englishBytes[Int(entry)].elementsEqual(word.lazy.map(smallLetter)) {
        return Keyword(rawValue: entry)
      }
      position = (position + 1) & (englishSlots.count - 1)
    }
  }

  private static let noKeyword = UInt8.max
  private static let longestEnglish = 15
  private static let englishBytes: [[UInt8]] = table.map { Array($0.english.utf8) }

  /// A hash table of the English spellings, a quarter full; each slot is a keyword's number.
  private static let englishSlots: [UInt8] = {
    var slots = [UInt8](repeating: noKeyword, count: 1024)
    for (number, bytes) in englishBytes.enumerated() {
      var position = hash(bytes[...])
      while slots[position] != noKeyword { position = (position + 1) & (slots.count - 1) }
      slots[position] = UInt8(truncatingIfNeeded: number)
    }
    return slots
  }()

  private static func hash(_ word: ArraySlice<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(smallLetter(byte))) &* 16_777_619 }
    return Int((hash ^ hash >> 15) & 1023)
  }

  private static func smallLetter(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// The keyword of one Chinese word.
  package static func keyword(chinese word: String) -> Keyword? {
    guard let number = chineseIndex.number(of: Array(word.unicodeScalars)) else { return nil }
    let token = chineseWords[Int(number)]
    return token.count == 1 ? token.first?.keyword : nil
  }

  /// The spelling that is printed in a language.
  package static func spelling(of keyword: Keyword, in language: Language) -> String {
    let row = table[Int(keyword.rawValue)]
    return language == .chinese ? row.chinese.first ?? row.english : row.english
  }

  package static func isReserved(_ keyword: Keyword) -> Bool {
    table[Int(keyword.rawValue)].isReserved
  }

  /// Whether the keyword has a Chinese word at all; `csv` and `sqlite` belong to both languages.
  static func hasChinese(_ keyword: Keyword) -> Bool {
    !table[Int(keyword.rawValue)].chinese.isEmpty
  }

  /// The words that begin a clause, in canonical order.
  package static let clauses: [Keyword] = [
    .by, .across, .where, .during, .having, .order, .top, .bottom, .with, .vs, .assume, .as, .into,
  ]

  /// The keyword of a spelling in either language, whatever its case and width.
  package static func keyword(spelled word: String) -> Keyword? {
    let plain = word.unicodeScalars.map { Folding.lowercased(Folding.narrowed($0)) }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: plain)
    return keyword(english: String(view)) ?? keyword(chinese: String(view))
  }

  /// Whether a word is a name only inside brackets: reserved words, clause words, and `group`,
  /// which with a following `by` is one keyword.
  package static func mustBeBracketed(_ word: String) -> Bool {
    guard let keyword = keyword(spelled: word) else { return foldedName(word) == "group" }
    return isReserved(keyword) || isClause(keyword)
  }

  package static func isClause(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .by, .across, .where, .during, .having, .order, .top, .bottom, .with, .vs, .assume, .as,
      .into:
      true
    default: false
    }
  }

  // MARK: - Chinese words and the tokens they stand for

  /// One token of a Chinese word and how many of its scalars it takes.
  struct Part: Sendable {
    let keyword: Keyword
    let scalarCount: Int
  }

  /// A Chinese word that stands for several tokens. Where the tokens outnumber what can be told
  /// apart in the word, the first takes it all and the others are empty.
  static let chinesePhrases: [(word: String, parts: [Part])] = [
    ("环比", [Part(keyword: .vs, scalarCount: 2), Part(keyword: .previous, scalarCount: 0)]),
    ("同比", [Part(keyword: .vs, scalarCount: 2), Part(keyword: .yearAgo, scalarCount: 0)]),
    ("为空", [Part(keyword: .is, scalarCount: 1), Part(keyword: .null, scalarCount: 1)]),
    ("为空白", [Part(keyword: .is, scalarCount: 1), Part(keyword: .blank, scalarCount: 2)]),
    (
      "非空",
      [
        Part(keyword: .is, scalarCount: 2), Part(keyword: .not, scalarCount: 0),
        Part(keyword: .null, scalarCount: 0),
      ]
    ),
    (
      "非空白",
      [
        Part(keyword: .is, scalarCount: 3), Part(keyword: .not, scalarCount: 0),
        Part(keyword: .blank, scalarCount: 0),
      ]
    ),
    ("不属于", [Part(keyword: .not, scalarCount: 1), Part(keyword: .in, scalarCount: 2)]),
    ("不含", [Part(keyword: .not, scalarCount: 1), Part(keyword: .contains, scalarCount: 1)]),
    ("本月", [Part(keyword: .this, scalarCount: 1), Part(keyword: .month, scalarCount: 1)]),
    ("本季度", [Part(keyword: .this, scalarCount: 1), Part(keyword: .quarter, scalarCount: 2)]),
    ("本年", [Part(keyword: .this, scalarCount: 1), Part(keyword: .year, scalarCount: 1)]),
    ("上月", [Part(keyword: .last, scalarCount: 1), Part(keyword: .month, scalarCount: 1)]),
    ("上季度", [Part(keyword: .last, scalarCount: 1), Part(keyword: .quarter, scalarCount: 2)]),
    ("上年", [Part(keyword: .last, scalarCount: 1), Part(keyword: .year, scalarCount: 1)]),
    ("去年", [Part(keyword: .last, scalarCount: 1), Part(keyword: .year, scalarCount: 1)]),
  ]

  /// All Chinese words; `chineseIndex` numbers them.
  static let chineseWords: [[Part]] =
    Keyword.allCases.flatMap { keyword in
      table[Int(keyword.rawValue)].chinese.map {
        [Part(keyword: keyword, scalarCount: $0.unicodeScalars.count)]
      }
    } + chinesePhrases.map(\.parts)

  static let chineseIndex: WordIndex = {
    var index = WordIndex()
    var number: Int32 = 0
    let spellings = table.flatMap(\.chinese) + chinesePhrases.map(\.word)
    for spelling in spellings {
      index.insert(spelling, number: number)
      number += 1
    }
    return index
  }()
}
