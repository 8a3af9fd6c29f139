// UnknownParts.swift: a run of Chinese that cannot be split arrives; the one part of it that no
// word explains leaves, as P11.

extension Parser {
  /// Refuses a name that is a run of Chinese of which a part is a keyword, a part a known name and
  /// a part neither: somebody left the blanks out and mistyped a word. In definitions names may
  /// come later, so there nothing is refused.
  mutating func checkKnown(_ name: Name, _ slot: Slots) throws(SyntaxFailure) {
    guard !isDefinition, slot != .newName, !name.isBracketed,
      !name.text.utf8.allSatisfy({ $0 < 0x80 }), !known.contains(name.text),
      let found = unknownPart(of: name.range)
    else { return }
    diagnostic = found
    throw SyntaxFailure()
  }

  /// P11 for the one part of a run that no word explains.
  func unknownPart(of range: SourceRange) -> Diagnostic? {
    let typed = Array(source.slice(range).unicodeScalars)
    let scalars = typed.map { Folding.lowercased(Folding.narrowed($0)) }
    guard scalars.count <= 200, lexed.words.introduced.number(of: scalars) == nil else {
      return nil
    }
    let pieces = Splitter(words: lexed.words).partialSplit(scalars)
    guard let position = Self.unknownPosition(pieces) else { return nil }
    let (part, near) = mistyped(scalars, pieces, position)
    func text(_ start: Int, _ end: Int) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: typed[start..<end])
      return String(view)
    }
    let lower = range.lower + text(0, part.start).utf8.count
    let word = text(part.start, part.end)
    let place = SourceRange(lower, lower + word.utf8.count)
    guard near.isEmpty else {
      let correction = near.count == 1 ? corrected(place, near[0]) : nil
      return .unknownWord(word, at: place, hints: [Self.question(near)], correction: correction)
    }
    let split = pieces.map { text($0.start, $0.end) }.joined(separator: " ")
    return .unknownWord(
      word, at: place, hints: [Bilingual("read so far: `\(split)`", "已读作：“\(split)”")])
  }

  private static func question(_ names: [String]) -> Bilingual {
    Bilingual(
      "did you mean \(Phrase.join(names.map { "`\($0)`" }, last: " or "))?",
      "是否要写\(Phrase.join(names.map { "“\($0)”" }, by: "、", last: "或"))？")
  }

  /// The one piece without a meaning among keywords and known names.
  private static func unknownPosition(_ pieces: [Piece]) -> Int? {
    var keywords = 0
    var names = 0
    var found: [Int] = []
    for (position, piece) in pieces.enumerated() {
      switch piece.kind {
      case .keywords, .english: keywords += 1
      case .name: names += 1
      case .unknown: found.append(position)
      default: break
      }
    }
    return keywords > 0 && names > 0 && found.count == 1 ? found[0] : nil
  }

  /// The unknown piece, or it and a neighbour of one character, whichever a known word is near to.
  private func mistyped(
    _ scalars: [Unicode.Scalar], _ pieces: [Piece], _ position: Int
  ) -> (part: Piece, near: [String]) {
    let unknown = pieces[position]
    let before = position > 0 && pieces[position - 1].count == 1 ? 1 : 0
    let after = position + 1 < pieces.count && pieces[position + 1].count == 1 ? 1 : 0
    for (left, right) in [(0, 0), (0, after), (before, 0), (before, after)] {
      var part = unknown
      part.start -= left
      part.count += left + right
      let near = nearNames(scalars[part.start..<part.end])
      if !near.isEmpty { return (part, near) }
    }
    return (unknown, [])
  }

  /// Known names that differ in one character or only in characters of one sound, at most three.
  private func nearNames(_ scalars: ArraySlice<Unicode.Scalar>) -> [String] {
    guard scalars.count > 1 else { return [] }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let word = String(view)
    let sound = SameSound.sound(word)
    var found: [(isSameSound: Bool, name: String)] = []
    for name in known.words where name.unicodeScalars.count == scalars.count {
      if SameSound.sound(name) == sound {
        found.append((true, name))
      } else if editDistance(word, name, limit: 1) != nil {
        found.append((false, name))
      }
    }
    if found.contains(where: \.isSameSound) { found.removeAll { !$0.isSameSound } }
    return Array(found.map(\.name).sorted().prefix(3))
  }
}
