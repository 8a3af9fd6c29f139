// Palette.swift: a role in, the same text with the colour of that role out.
//
// Only the sixteen colours of the terminal's own theme, and none of them says anything that is not
// also written (console.md 8.7).

package enum Theme: String, Sendable, Hashable, CaseIterable {
  case dark, light, mono
}

/// What a piece of text is; the palette says how that looks.
package enum Ink: Sendable, Hashable, CaseIterable {
  case error, warning, caret, headline, header, faint, bar
  /// Words of the edited line.
  case metric, dimension, member, keyword, number, text, comment, parameter, unknownWord
  /// Things around the edited line.
  case ghost, chosen, partner
}

package struct Palette: Sendable, Hashable {
  /// nil: no `ESC[…m` anywhere.
  package var theme: Theme?

  package init(theme: Theme?) { self.theme = theme }

  package static let none = Palette(theme: nil)

  /// `text` is safe already (`terminalSafe`); its width does not change.
  package func paint(_ text: String, _ ink: Ink) -> String {
    guard let code = code(of: ink), !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private func code(of ink: Ink) -> String? {
    switch theme {
    case nil: nil
    case .mono: monoCode(of: ink)
    case .dark: sharedCode(of: ink) ?? colorCode(of: ink, isBright: true)
    case .light: sharedCode(of: ink) ?? colorCode(of: ink, isBright: false)
    }
  }

  /// Bold, underline and reverse only.
  private func monoCode(of ink: Ink) -> String? {
    switch ink {
    case .error, .warning, .headline, .header, .keyword, .partner: "1"
    case .caret, .chosen: "7"
    case .unknownWord: "4"
    default: nil
    }
  }

  private func sharedCode(of ink: Ink) -> String? {
    switch ink {
    case .headline, .header, .partner: "1"
    case .unknownWord: "4"
    case .chosen: "7"
    case .faint, .ghost, .comment: "2"
    default: nil
    }
  }

  /// Bright colours read well on black, plain ones on white.
  private func colorCode(of ink: Ink, isBright: Bool) -> String? {
    let digit: Int
    switch ink {
    case .error: digit = 1
    case .caret, .text: digit = 2
    case .warning, .number: digit = isBright ? 3 : 5
    case .metric, .bar: digit = isBright ? 6 : 4
    case .dimension: digit = 4
    case .member: digit = 2
    case .keyword: digit = 5
    case .parameter: digit = isBright ? 3 : 6
    default: return nil
    }
    return String((isBright ? 90 : 30) + digit)
  }
}
