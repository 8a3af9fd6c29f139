// Glyph.swift: one character of an edited text arrives, what stands on the screen for it leaves.

import Rendering
import Syntax

/// A style over UTF-8 bytes of an edited text.
package struct StyledRange: Sendable, Hashable {
  package var range: SourceRange
  package var ink: Ink

  package init(_ range: SourceRange, _ ink: Ink) {
    self.range = range
    self.ink = ink
  }
}

/// What stands in one, two or more neighbouring cells.
struct Glyph: Sendable, Hashable {
  var text: String
  var widthCells: Int
  var ink: Ink?

  init(_ text: String, widthCells: Int, ink: Ink? = nil) {
    self.text = text
    self.widthCells = widthCells
    self.ink = ink
  }

  /// The glyph of a character of the text: itself, or its name in reverse where a terminal would
  /// obey it or show nothing.
  init(_ character: Character, ink: Ink?, ambiguous: Int) {
    let plain = String(character)
    if let byte = character.asciiValue, byte >= 0x20, byte < 0x7F {
      self.init(plain, widthCells: 1, ink: ink)
      return
    }
    let safe = terminalSafe(plain)
    self.init(
      safe, widthCells: displayWidth(safe, ambiguous: ambiguous), ink: safe == plain ? ink : .chosen
    )
  }

  /// The glyphs of a text of ours: prompt, hint, notice, menu.
  static func all(of text: String, ink: Ink?, ambiguous: Int) -> [Glyph] {
    text.map { Glyph($0, ink: ink, ambiguous: ambiguous) }
  }
}
