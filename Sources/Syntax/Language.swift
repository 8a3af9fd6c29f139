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

  /// Names behind each other, as each language parts them.
  package init(listing names: [String]) {
    self.init(names.joined(separator: ", "), names.joined(separator: "、"))
  }

  package subscript(language: Language) -> String {
    language == .chinese ? chinese : english
  }
}
