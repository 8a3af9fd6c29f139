// PaletteTests.swift: roles arrive, their colours are compared.

import Columns
import Glibc
import Syntax
import Testing

@testable import Rendering

@Suite struct PaletteTests {
  @Test func `Without colours nothing is added`() {
    for ink in Ink.allCases { #expect(Palette.none.paint("x", ink) == "x") }
  }

  @Test func `Colours are of the sixteen, mono is bold, underline and reverse`() {
    let colors = ((30...37).map { "\($0)" } + (90...97).map { "\($0)" })
    let sixteen = Set(colors + colors.map { "1;\($0)" } + ["1", "2", "4", "7"])
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

  @Test func `Words of the edited line differ by their kind`() {
    let words: [Ink] = [
      .metric, .dimension, .member, .keyword, .number, .text, .comment, .parameter, .unknownWord,
    ]
    for theme in [Theme.dark, .light] {
      let painted = words.map { Palette(theme: theme).paint("x", $0) }
      #expect(Set(painted).count == words.count && !painted.contains("x"))
    }
    for theme in Theme.allCases {
      let messages: [Ink] = [.error, .caret, .headline, .chosen]
      let painted = messages.map { Palette(theme: theme).paint("x", $0) }
      #expect(Set(painted).count >= (theme == .mono ? 2 : 4) && !painted.contains("x"))
    }
  }

  /// The colours of xterm and of the Linux console, as red, green and blue.
  static let screens: [[String: (Double, Double, Double)]] = [
    [
      "31": (205, 0, 0), "32": (0, 205, 0), "33": (205, 205, 0), "34": (0, 0, 238),
      "35": (205, 0, 205), "36": (0, 205, 205), "37": (229, 229, 229), "90": (127, 127, 127),
      "91": (255, 0, 0), "92": (0, 255, 0), "93": (255, 255, 0), "94": (92, 92, 255),
      "95": (255, 0, 255), "96": (0, 255, 255), "97": (255, 255, 255),
    ],
    [
      "31": (170, 0, 0), "32": (0, 170, 0), "33": (170, 85, 0), "34": (0, 0, 170),
      "35": (170, 0, 170), "36": (0, 170, 170), "37": (170, 170, 170), "90": (85, 85, 85),
      "91": (255, 85, 85), "92": (85, 255, 85), "93": (255, 255, 85), "94": (85, 85, 255),
      "95": (255, 85, 255), "96": (85, 255, 255), "97": (255, 255, 255),
    ],
  ]

  /// The luminance of WCAG 2.
  private func luminance(_ color: (Double, Double, Double)) -> Double {
    func part(_ value: Double) -> Double {
      let share = value / 255
      return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * part(color.0) + 0.7152 * part(color.1) + 0.0722 * part(color.2)
  }

  @Test func `Every colour stands out from the screen it is for, bold type drawn bright or not`() {
    for (theme, background) in [(Theme.dark, 0.0), (.light, 1.0)] {
      for ink in Ink.allCases {
        let code = Palette(theme: theme).paint("x", ink).dropFirst(2).prefix { $0 != "m" }
        let parts = code.split(separator: ";").map(String.init)
        guard let color = parts.first(where: { $0.count == 2 }), let digit = Int(color) else {
          continue
        }
        // Many terminals draw bold type in the bright colour.
        let codes = parts.contains("1") && digit < 40 ? [color, "\(digit + 60)"] : [color]
        for (screen, code) in Self.screens.flatMap({ screen in codes.map { (screen, $0) } }) {
          let own = screen[code].map(luminance) ?? background
          let contrast = (max(own, background) + 0.05) / (min(own, background) + 0.05)
          #expect(contrast >= 2.5, "\(theme) \(ink) \(code): \(contrast)")
        }
      }
    }
  }

  /// The dark theme is taken where no other is named, whatever the terminal's own is.
  @Test func `No colour of any theme vanishes on white`() {
    for theme in Theme.allCases {
      for ink in Ink.allCases {
        let code = Palette(theme: theme).paint("x", ink).dropFirst(2).prefix { $0 != "m" }
        let parts = code.split(separator: ";").map(String.init)
        guard let color = parts.first(where: { $0.count == 2 }) else { continue }
        #expect(!["33", "37", "92", "93", "96", "97"].contains(color), "\(theme) \(ink)")
        // Bold type may be drawn in the bright colour.
        #expect(!(parts.contains("1") && ["32", "36"].contains(color)), "\(theme) \(ink)")
      }
    }
  }

  @Test func `A change is better or worse by the direction of its metric`() {
    var answer = changeByUnit
    let dark = Palette(theme: .dark)
    let options = RenderOptions(mode: .box, isTerminal: true, color: dark)
    func cells(isHighBetter: Bool?, _ mode: OutputMode) -> [Bool] {
      answer.columns[1].isHighBetter = isHighBetter
      var options = options
      options.mode = mode
      let text = render(answer, options)
      let better = dark.paint("x", .better).prefix { $0 != "x" }
      let worse = dark.paint("x", .worse).prefix { $0 != "x" }
      return ["40", "13"].flatMap { digits in
        let line = text.split(separator: "\n").first { $0.contains(digits) } ?? ""
        return [line.contains(better), line.contains(worse)]
      }
    }
    for mode in [OutputMode.box, .plain, .vertical, .chart] {
      #expect(cells(isHighBetter: false, mode) == [false, true, true, false])
      #expect(cells(isHighBetter: true, mode) == [true, false, false, true])
      #expect(cells(isHighBetter: nil, mode) == [false, false, false, false])
    }
    #expect(dark.paint("x", .better) != dark.paint("x", .worse))
  }

  @Test func `Without a written sign a change has no colour`() {
    let column = AnswerColumn(name: "d", label: "d", kind: .change, isHighBetter: false)
    #expect(changeInk(of: change(3, "+3"), in: column) == .worse)
    #expect(changeInk(of: change(-3, "-3"), in: column) == .better)
    #expect(changeInk(of: change(0, "0"), in: column) == nil)
    #expect(changeInk(of: ratio(0.00001, "0.00"), in: column) == nil)
    #expect(changeInk(of: .undefined, in: column) == nil)
  }

  @Test func `The severity of a finding has its colour, side by side and line by line`() {
    let words = [("R04", "错误"), ("R01", "警告"), ("R08", "提示")]
    var answer = Answer(
      sentence: "核对", language: .chinese,
      columns: [
        AnswerColumn(name: "severity", label: "程度", kind: .text), measure("n", "数"),
      ],
      rows: words.map { AnswerRow([.text($0.1), count(1)]) })
    answer.rowTexts = words.map { ["\($0.0) \($0.1)  何处", "原因"] }
    let dark = Palette(theme: .dark)
    for width in [80, 12] as [Int] {
      var options = RenderOptions(mode: .box, isTerminal: true, width: max(21, width), color: dark)
      if width == 12 { answer.columns[1].label = String(repeating: "数", count: 40) }
      let text = render(answer, options)
      #expect(text.contains(dark.paint("错误", .error)))
      #expect(text.contains(dark.paint("警告", .warning)))
      #expect(text.contains("提示") && !text.contains("m提示"))
      options.color = .none
      #expect(withoutColors(text) == render(answer, options))
    }
    #expect(render(answer, RenderOptions(mode: .box, width: 21)).contains("R04 错误  何处"))
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
    var judged = changeByUnit
    judged.columns[1].isHighBetter = false
    let places: [(Answer, OutputMode)] = [
      (judged, .box), (judged, .vertical), (judged, .chart),
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
