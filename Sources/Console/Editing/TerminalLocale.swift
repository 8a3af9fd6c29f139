// TerminalLocale.swift: the locale of the environment arrives, the character set of the terminal
// leaves (console.md 3.9). Called only when standard input is a terminal.

/// The characters the terminal sends and shows.
package enum TerminalLocale: Sendable, Hashable {
  case utf8
  /// GB18030, GBK or GB2312: the plain reader, converted both ways.
  case chinese(String)
  /// No locale in which hanzi could be typed is installed.
  case none

  /// Chooses the locale of this process: `LC_CTYPE` alone, so that numbers keep their points.
  package static func choose() -> TerminalLocale {
    if Libedit.setCharacterLocale("") {
      let name = Libedit.characterSet.uppercased()
      if name == "UTF-8" || name == "UTF8" { return .utf8 }
      if ["GB18030", "GBK", "GB2312"].contains(name) { return .chinese(name) }
    }
    // C, POSIX, Latin-1, or not installed: what is typed is UTF-8 all the same, today.
    return Libedit.setCharacterLocale("C.UTF-8") ? .utf8 : .none
  }
}

/// UTF-8 in the character set of a terminal; a character it lacks is shown as `<U+XXXX>`.
final class TerminalEncoding {
  private let toTerminal: CharacterConverter
  private let fromTerminal: CharacterConverter

  init?(_ characterSet: String) {
    guard let toTerminal = CharacterConverter(from: "UTF-8", to: characterSet),
      let fromTerminal = CharacterConverter(from: characterSet, to: "UTF-8")
    else { return nil }
    self.toTerminal = toTerminal
    self.fromTerminal = fromTerminal
  }

  func encode(_ bytes: [UInt8]) -> [UInt8] {
    var encoded: [UInt8] = []
    var rest = bytes[...]
    while true {
      let (made, usedCount) = toTerminal.convert(rest)
      encoded += made
      rest = rest.dropFirst(usedCount)
      guard !rest.isEmpty else { return encoded }
      switch decodeScalar(rest) {
      case .scalar(let scalar, let count):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        encoded += "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>".utf8
        rest = rest.dropFirst(count)
      case .incomplete, .invalid:
        encoded += escapedByte(rest[rest.startIndex]).utf8
        rest = rest.dropFirst()
      }
    }
  }

  /// The UTF-8 of a line typed; nil when it has bytes that are no character.
  func decode(_ line: [UInt8]) -> [UInt8]? {
    let (made, usedCount) = fromTerminal.convert(line[...])
    return usedCount == line.count ? made : nil
  }
}
