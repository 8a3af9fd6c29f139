// PersonalCells.swift: texts arrive; the numbers in them that lead to a person are found, and taken
// out of what may be shown.
//
// Headings name most personal columns; a column of telephone or identity numbers under another
// heading is known by its cells (domain.md 11).

/// Whether a text holds an eleven-digit mobile number, or an identity number whose check character
/// is right (GB 11643-1999).
func holdsPerson(_ bytes: [UInt8]) -> Bool {
  if personalSpan(in: bytes, from: 0) != nil { return true }
  guard bytes.contains(where: { $0 >= 0xEF }) else { return false }
  // Digits of full width.
  var narrow: [UInt8] = []
  fold(0..<bytes.count, of: bytes, into: &narrow)
  return personalSpan(in: narrow, from: 0) != nil
}

/// What stands for a person: the first eight bytes of a salted digest, without blanks and hyphens,
/// so that two ways to write one number are one person.
func personCode(of range: Range<Int>, _ bytes: [UInt8], salt: [UInt8]) -> String {
  var narrow: [UInt8] = []
  fold(range, of: bytes, into: &narrow)
  narrow.removeAll { $0 == 0x20 || $0 == 0x2D }
  let digits = sha256(salt + narrow).prefix(8).map { byte in
    let text = String(byte, radix: 16)
    return text.utf8.count == 1 ? "0" + text : text
  }
  return digits.joined()
}

/// A message about a bad row, without what leads to a person.
func withoutPersons(_ text: String) -> String {
  let bytes = Array(text.utf8)
  guard holdsPerson(bytes) else { return text }
  var output: [UInt8] = []
  var index = 0
  while let span = personalSpan(in: bytes, from: index) {
    output += bytes[index..<span.lowerBound] + Array("***".utf8)
    index = span.upperBound
  }
  // Of full width: nothing of the text is worth the risk.
  guard index > 0 else { return "***" }
  return String(decoding: output + bytes[index...], as: UTF8.self)
}

/// The next number of a person: a run of letters and digits that is one as a whole.
private func personalSpan(in bytes: [UInt8], from start: Int) -> Range<Int>? {
  var index = start
  while index < bytes.count {
    guard isDigit(bytes[index]) else {
      // Digits behind a letter are part of a longer name.
      index = isWord(bytes[index]) ? end(ofWordAt: index, in: bytes) : index + 1
      continue
    }
    let end = end(ofWordAt: index, in: bytes)
    let word = Array(bytes[index..<end])
    if isMobile(word) || isIdentityNumber(word) { return index..<end }
    if let grouped = groupedMobile(at: index, in: bytes) { return grouped }
    index = end
  }
  return nil
}

private func isWord(_ byte: UInt8) -> Bool {
  isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

private func end(ofWordAt start: Int, in bytes: [UInt8]) -> Int {
  var end = start
  while end < bytes.count, isWord(bytes[end]) { end += 1 }
  return end
}

private func isMobile(_ word: [UInt8]) -> Bool {
  word.count == 11 && word[0] == 0x31 && (0x33...0x39).contains(word[1])
    && word.allSatisfy(isDigit)
}

/// `138 0000 0000`, `138-0000-0000`
private func groupedMobile(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
  var digits: [UInt8] = []
  var index = start
  for length in [3, 4, 4] {
    if length == 4, digits.count == 3 || digits.count == 7 {
      guard index < bytes.count, [0x20, 0x2D].contains(bytes[index]) else { return nil }
      index += 1
    }
    let end = end(ofWordAt: index, in: bytes)
    guard end - index == length else { return nil }
    digits += bytes[index..<end]
    index = end
  }
  return isMobile(digits) ? start..<index : nil
}

private let identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
private let identityChecks = Array("10X98765432".utf8)

/// The birth date and the check character tell it from an order number of eighteen digits.
private func isIdentityNumber(_ bytes: [UInt8]) -> Bool {
  guard bytes.count == 18, bytes.prefix(17).allSatisfy(isDigit) else { return false }
  func number(_ range: Range<Int>) -> Int {
    bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
  guard (1900...2100).contains(number(6..<10)), (1...12).contains(number(10..<12)),
    (1...31).contains(number(12..<14))
  else { return false }
  var sum = 0
  for index in 0..<17 { sum += Int(bytes[index] - 0x30) * identityWeights[index] }
  let last = bytes[17] == 0x78 ? 0x58 : bytes[17]
  return identityChecks[sum % 11] == last
}
