// FlagWord.swift: what the values of a flag are called, in sentences and as members.

/// `where redo = yes`, `where is_appealed != yes`.
package enum FlagWord {
  package static let yes = "yes"
  package static let no = "no"

  package static func of(_ value: Bool) -> String { value ? yes : no }

  /// nil for a word that is neither.
  package static func value(of word: String) -> Bool? {
    switch foldedName(word) {
    case yes: true
    case no: false
    default: nil
    }
  }
}
