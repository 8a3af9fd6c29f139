// PhraseFinder.swift: running text and a list of phrases become matches, leftmost first, longest
// first.

/// Finds phrases in folded bytes. One look at three bytes rules out nearly every place, so a
/// hundred phrases cost hardly more than one.
struct PhraseFinder {
  struct Match: Hashable {
    var range: Range<Int>
    /// Index of the phrase in the list the finder was made from.
    var phrase: Int
  }

  private let phrases: [[UInt8]]
  /// Phrase indices by bucket, the longest first.
  private var buckets: [[Int]] = Array(repeating: [], count: 256)

  init(_ phrases: [[UInt8]]) {
    self.phrases = phrases
    let longestFirst = phrases.indices.sorted {
      (phrases[$1].count, $0) < (phrases[$0].count, $1)
    }
    for index in longestFirst where !phrases[index].isEmpty {
      for bucket in Self.buckets(of: phrases[index]) { buckets[bucket].append(index) }
    }
  }

  /// A phrase of one or two bytes may be followed by anything, so only its first byte decides.
  private static func buckets(of phrase: [UInt8]) -> [Int] {
    if phrase.count >= 3 { return [bucket(phrase[0], phrase[1], phrase[2])] }
    return Array(0..<256)
  }

  private static func bucket(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    Int(first &+ second &* 31 &+ third &* 7)
  }

  /// The longest phrase that begins at `index` and ends within `end`.
  func match(at index: Int, before end: Int, of bytes: [UInt8]) -> Match? {
    guard index < end else { return nil }
    let second = index + 1 < end ? bytes[index + 1] : 0
    let third = index + 2 < end ? bytes[index + 2] : 0
    for phrase in buckets[Self.bucket(bytes[index], second, third)] {
      let length = phrases[phrase].count
      if index + length <= end, starts(with: phrases[phrase], at: index, of: bytes) {
        return Match(range: index..<index + length, phrase: phrase)
      }
    }
    return nil
  }

  func firstMatch(in range: Range<Int>, of bytes: [UInt8]) -> Match? {
    var index = range.lowerBound
    while index < range.upperBound {
      if let match = match(at: index, before: range.upperBound, of: bytes) { return match }
      index += 1
    }
    return nil
  }

  func matches(in range: Range<Int>, of bytes: [UInt8]) -> [Match] {
    var found: [Match] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if let match = match(at: index, before: range.upperBound, of: bytes) {
        found.append(match)
        index = match.range.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  func length(_ phrase: Int) -> Int { phrases[phrase].count }

  /// The longest phrase that `range` ends with.
  func suffix(of range: Range<Int>, in bytes: [UInt8]) -> Int? {
    var best: Int?
    for (index, phrase) in phrases.enumerated()
    where !phrase.isEmpty && phrase.count <= range.count
      && starts(with: phrase, at: range.upperBound - phrase.count, of: bytes)
    {
      if phrase.count > (best.map { phrases[$0].count } ?? 0) { best = index }
    }
    return best
  }
}
