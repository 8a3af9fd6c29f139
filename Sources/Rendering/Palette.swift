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
  /// A change, by the direction of its metric; the sign is written.
  case better, worse
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
    case .dark: darkCode(of: ink)
    case .light: lightCode(of: ink)
    }
  }

  /// Bold, underline and reverse only.
  private func monoCode(of ink: Ink) -> String? {
    switch ink {
    case .error, .warning, .headline, .header, .keyword, .partner, .worse: "1"
    case .caret, .chosen: "7"
    case .unknownWord: "4"
    default: nil
    }
  }

  /// The same on every screen.
  private func sharedCode(of ink: Ink) -> String? {
    switch ink {
    case .headline, .header, .partner: "1"
    case .unknownWord: "4"
    case .chosen: "7"
    case .faint, .ghost, .comment: "2"
    default: nil
    }
  }

  /// For black screens, and legible on white ones too: a terminal is not asked what it has, and
  /// this theme is taken unless another is named. Bright green, cyan, yellow and white vanish on
  /// white, dull blue on black.
  private func darkCode(of ink: Ink) -> String? {
    switch ink {
    case .error, .worse: "91"
    case .warning: "1;95"
    case .caret, .member, .better: "32"
    case .metric, .bar: "36"
    case .dimension: "94"
    case .keyword: "95"
    case .number: "35"
    case .text: "31"
    case .parameter: "1"
    default: sharedCode(of: ink)
    }
  }

  /// Red, blue and magenta alone read well on white, whatever palette a terminal has: green, cyan
  /// and yellow do not.
  private func lightCode(of ink: Ink) -> String? {
    switch ink {
    case .error: "1;31"
    case .warning, .number: "1;35"
    case .caret, .member, .worse: "31"
    case .metric: "1;34"
    case .dimension, .bar, .better: "34"
    case .keyword: "35"
    case .text: "90"
    case .parameter: "1"
    default: sharedCode(of: ink)
    }
  }
}
