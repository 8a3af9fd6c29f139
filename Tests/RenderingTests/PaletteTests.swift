// PaletteTests.swift: roles arrive, their colours are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

@Suite struct PaletteTests {
  @Test func `Without colours nothing is added`() {
    for ink in Ink.allCases { #expect(Palette.none.paint("x", ink) == "x") }
  }

  @Test func `Colours are of the sixteen, mono is bold, underline and reverse`() {
    let sixteen = Set((30...37).map { "\($0)" } + (90...97).map { "\($0)" } + ["1", "2", "4", "7"])
    for theme in Theme.allCases {
      for ink in Ink.allCases {
        let painted = Palette(theme: theme).paint("x", ink)
        guard painted != "x" else { continue }
        let code = painted.dropFirst(2).prefix { $0 != "m" }
        #expect(painted == "\u{1B}[\(code)mx\u{1B}[0m")
        #expect(theme == .mono ? ["1", "4", "7"].contains(code) : sixteen.contains(String(code)))
      }
    }
  }

  @Test func `Presenting, nothing is dim`() {
    var options = RenderOptions(mode: .box, isTerminal: true, color: Palette(theme: .dark))
    #expect(render(overdueByUnit, options).contains("\u{1B}[2m"))
    options.isPresenting = true
    #expect(!render(overdueByUnit, options).contains("\u{1B}[2m"))
  }

  @Test func `Colours change no letter`() {
    var options = RenderOptions(
      mode: .box, isTerminal: true, width: 60, color: Palette(theme: .dark))
    let places: [(Answer, OutputMode)] = [
      (overdueByUnit, .box), (wideByUnit, .box), (ordersWithTotals, .vertical),
      (overdueByMonth, .chart), (changeByUnit, .chart),
    ]
    for (answer, mode) in places {
      options.mode = mode
      let painted = render(answer, options)
      #expect(painted.contains("\u{1B}["))
      var plain = options
      plain.color = .none
      #expect(withoutColors(painted) == render(answer, plain))
    }
  }
}

/// The text without `ESC[…m`.
func withoutColors(_ text: String) -> String {
  var result = ""
  var isInside = false
  for scalar in text.unicodeScalars {
    if scalar == "\u{1B}" { isInside = true }
    if !isInside { result.unicodeScalars.append(scalar) }
    if isInside, scalar == "m" { isInside = false }
  }
  return result
}
