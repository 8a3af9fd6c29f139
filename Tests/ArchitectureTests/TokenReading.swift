// TokenReading.swift: the small questions that rules ask of tokens and words.

extension SwiftToken {
  /// Compares with a name or a mark; a literal is neither.
  static func == (token: SwiftToken, text: String) -> Bool {
    switch token.kind {
    case .word, .mark: token.text == text
    case .literal: false
    }
  }
}

extension [SwiftToken] {
  func follows(_ place: Int, _ text: String) -> Bool {
    place + 1 < count && self[place + 1] == text
  }

  func precedes(_ place: Int, _ text: String) -> Bool {
    place > 0 && self[place - 1] == text
  }

  /// The place of the bracket that closes the one at `place`; the last token if none does.
  func closing(_ place: Int) -> Int {
    let pairs = ["(": ")", "[": "]", "{": "}"]
    guard let close = pairs[self[place].text] else { return place }
    var depth = 0
    for next in place..<count {
      if self[next] == self[place].text { depth += 1 }
      if self[next] == close { depth -= 1 }
      if depth == 0 { return next }
    }
    return count - 1
  }
}

extension String {
  /// Its runs of letters, digits and `_`.
  var words: [String] {
    split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  /// Whether any character is Chinese: U+4E00 to U+9FFF, or its extension A.
  var hasHanzi: Bool { unicodeScalars.contains { $0.isHanzi } }
}

extension Unicode.Scalar {
  var isHanzi: Bool { (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) }
}
