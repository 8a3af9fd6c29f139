// SentenceWords.swift: a sentence becomes words: known phrases, numbers with their measure, marks,
// the rest.

struct SentenceWord {
  enum Kind {
    case phrase(NoticeVocabulary.Role)
    /// A number with a measure word or a percent sign behind it: a figure.
    case figure(PrintedNumber)
    /// `,` `;` `:` `(` `)` or `、` as 0
    case mark(UInt8)
    /// Anything else, bare numbers too.
    case other
  }
  var kind: Kind
  var range: Range<Int>
}

private let pause = Array("、".utf8)
private let multiplierMarks = ["万", "亿"].map { Array($0.utf8) }

extension NoticeVocabulary {
  /// The role of a phrase in a section; nil if it means nothing there.
  func role(_ phrase: Int, in section: String) -> Role? {
    let meanings = textMeanings[phrase]
    return (meanings.first { $0.section == section } ?? meanings.first { $0.section == nil })?.role
  }

  func sentenceWords(
    _ range: Range<Int>, of bytes: [UInt8], in section: String
  ) -> [SentenceWord] {
    var result: [SentenceWord] = []
    var index = range.lowerBound
    func addOther(upTo end: Int) {
      if let last = result.last, case .other = last.kind {
        result[result.count - 1].range = last.range.lowerBound..<end
      } else {
        result.append(SentenceWord(kind: .other, range: index..<end))
      }
      index = end
    }
    while index < range.upperBound {
      let byte = bytes[index]
      if isDigit(byte) {
        let (word, end) = number(from: index, before: range.upperBound, of: bytes, in: section)
        if let word { result.append(word) } else { addOther(upTo: end) }
        index = end
      } else if [0x2C, 0x3B, 0x3A, 0x28, 0x29].contains(byte) {
        result.append(SentenceWord(kind: .mark(byte), range: index..<index + 1))
        index += 1
      } else if starts(with: pause, at: index, of: bytes) {
        result.append(SentenceWord(kind: .mark(0), range: index..<index + 3))
        index += 3
      } else if let match = textFinder.match(at: index, before: range.upperBound, of: bytes),
        let role = role(match.phrase, in: section)
      {
        result.append(SentenceWord(kind: .phrase(role), range: match.range))
        index = match.range.upperBound
      } else {
        // A whole character, so that a phrase is never found inside one.
        var end = index + 1
        while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
        addOther(upTo: end)
      }
    }
    return result
  }

  /// A number, and its measure if it has one; then it is a figure.
  private func number(
    from start: Int, before end: Int, of bytes: [UInt8], in section: String
  ) -> (word: SentenceWord?, end: Int) {
    var index = start
    while index < end {
      let isPoint = bytes[index] == 0x2C || bytes[index] == 0x2E
      guard isDigit(bytes[index]) || (isPoint && index + 1 < end && isDigit(bytes[index + 1]))
      else { break }
      index += 1
    }
    let digitsEnd = index
    if multiplierMarks.contains(where: { starts(with: $0, at: index, of: bytes) }) { index += 3 }
    while index < end, bytes[index] == 0x25 { index += 1 }
    guard case .number(let number) = readNumber(start..<index, of: bytes) else {
      return (nil, digitsEnd)
    }
    if number.isPercent {
      return (SentenceWord(kind: .figure(number), range: start..<index), index)
    }
    if let match = textFinder.match(at: index, before: end, of: bytes),
      role(match.phrase, in: section) == .measure
    {
      let whole = start..<match.range.upperBound
      return (SentenceWord(kind: .figure(number), range: whole), match.range.upperBound)
    }
    return (nil, digitsEnd)
  }
}
