// Language.swift: the two languages every message, label and keyword exists in.

/// The language of a question, and so of its answer.
package enum Language: String, Sendable, Hashable, CaseIterable {
  case english, chinese
}

/// One text in both languages.
package struct Bilingual: Sendable, Hashable {
  package var english: String
  package var chinese: String

  package init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The same words in both languages: a member name, a number, a sentence of the language itself.
  package init(same text: String) { self.init(text, text) }

  /// Names behind each other, as each language parts them: `a, b and 3 more`.
  package init(listing names: [Bilingual], atMost limit: Int = .max) {
    let shown = names.prefix(limit)
    let rest = names.count - shown.count
    self.init(
      shown.map(\.english).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""),
      shown.map(\.chinese).joined(separator: "、") + (rest > 0 ? "等 \(names.count) 个" : ""))
  }

  package init(listing names: [String], atMost limit: Int = .max) {
    self.init(listing: names.map(Bilingual.init(same:)), atMost: limit)
  }

  package subscript(language: Language) -> String {
    language == .chinese ? chinese : english
  }
}
