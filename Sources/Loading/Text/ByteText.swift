// ByteText.swift: what the readers ask of a stretch of UTF-8 bytes: blanks, trimming, cleaning,
// folding.
//
// Bytes, not Characters: a table has thousands of cells, and every mark that is looked for is known
// by its UTF-8 form.

/// Length in bytes of the blank at `index`, 0 where there is none. Counts U+00A0, U+2000–U+200B,
/// U+202F, U+205F, U+3000 and U+FEFF beside the ASCII ones: copied tables hold all of them.
func blankLength(_ bytes: [UInt8], at index: Int, before end: Int) -> Int {
  let byte = bytes[index]
  if byte < 0x80 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
  if byte == 0xC2 { return index + 1 < end && bytes[index + 1] == 0xA0 ? 2 : 0 }
  guard byte >= 0xE2, byte <= 0xEF, index + 2 < end else { return 0 }
  let second = bytes[index + 1]
  let third = bytes[index + 2]
  switch byte {
  case 0xE2:
    let isThin = second == 0x80 && (third <= 0x8B || third == 0xAF)
    return isThin || (second == 0x81 && third == 0x9F) ? 3 : 0
  case 0xE3: return second == 0x80 && third == 0x80 ? 3 : 0
  case 0xEF: return second == 0xBB && third == 0xBF ? 3 : 0
  default: return 0
  }
}

/// Whether any blank stands in `range`.
func hasBlank(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  range.contains { blankLength(bytes, at: $0, before: range.upperBound) > 0 }
}

/// `range` without blanks at both ends.
func trimmed(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
  var lower = range.lowerBound
  var upper = range.upperBound
  while lower < upper {
    let length = blankLength(bytes, at: lower, before: upper)
    if length == 0 { break }
    lower += length
  }
  while lower < upper {
    let last = bytes[upper - 1]
    if last < 0x80 {
      if blankLength(bytes, at: upper - 1, before: upper) == 0 { break }
      upper -= 1
    } else if upper - 2 >= lower, blankLength(bytes, at: upper - 2, before: upper) == 2 {
      upper -= 2
    } else if upper - 3 >= lower, blankLength(bytes, at: upper - 3, before: upper) == 3 {
      upper -= 3
    } else {
      break
    }
  }
  return lower..<upper
}

/// The full-width ASCII character (U+FF01–U+FF5E) at `index` as ASCII, or nil.
func narrowForm(_ bytes: [UInt8], at index: Int, before end: Int) -> UInt8? {
  guard bytes[index] == 0xEF, index + 2 < end else { return nil }
  let second = bytes[index + 1]
  let third = bytes[index + 2]
  if second == 0xBC, third >= 0x81 { return third - 0x60 }
  if second == 0xBD, third <= 0x9E { return third - 0x20 }
  return nil
}

func isASCIIWord(_ byte: UInt8) -> Bool {
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
    || (byte >= 0x61 && byte <= 0x7A)
}

func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// Writes `range` into `output` without the blanks and line breaks that a page layout put between
/// Chinese characters; between Latin words one blank stays.
///
/// - Returns: true if a blank inside a word was taken out (one beside punctuation is layout, no
///   repair).
func clean(
  _ range: Range<Int>, of bytes: [UInt8], into output: inout [UInt8]
) -> Bool {
  output.removeAll(keepingCapacity: true)
  let inner = trimmed(range, of: bytes)
  var isRepaired = false
  let isPlainASCII = bytes[inner].allSatisfy { $0 < 0x80 }
  var index = inner.lowerBound
  while index < inner.upperBound {
    let length = blankLength(bytes, at: index, before: inner.upperBound)
    guard length > 0 else {
      output.append(bytes[index])
      index += 1
      continue
    }
    var next = index + length
    while next < inner.upperBound {
      let more = blankLength(bytes, at: next, before: inner.upperBound)
      if more == 0 { break }
      next += more
    }
    let left = output.last ?? 0
    let right = bytes[next]
    if isPlainASCII || (isASCIIWord(left) && isASCIIWord(right)) {
      output.append(0x20)
    } else if (left >= 0x80 || isASCIIWord(left)) && (right >= 0x80 || isASCIIWord(right)) {
      isRepaired = true
    }
    index = next
  }
  return isRepaired
}

/// Writes the form in which headings and phrases are compared: narrow, lower case, without blanks.
func fold(_ range: Range<Int>, of bytes: [UInt8], into output: inout [UInt8]) {
  var index = range.lowerBound
  while index < range.upperBound {
    let length = blankLength(bytes, at: index, before: range.upperBound)
    if length > 0 {
      index += length
    } else if let narrow = narrowForm(bytes, at: index, before: range.upperBound) {
      output.append(lowered(narrow))
      index += 3
    } else {
      output.append(lowered(bytes[index]))
      index += 1
    }
  }
}

private func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

func folded(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count)
  fold(0..<bytes.count, of: bytes, into: &output)
  return output
}

func text(_ range: Range<Int>, of bytes: [UInt8]) -> String {
  String(decoding: bytes[range], as: UTF8.self)
}

/// Where `needle` begins in `range`, or nil.
func position(of needle: [UInt8], in range: Range<Int>, of bytes: [UInt8]) -> Int? {
  guard let first = needle.first, range.count >= needle.count else { return nil }
  var index = range.lowerBound
  let last = range.upperBound - needle.count
  while index <= last {
    if bytes[index] == first, starts(with: needle, at: index, of: bytes) { return index }
    index += 1
  }
  return nil
}

func starts(with needle: [UInt8], at index: Int, of bytes: [UInt8]) -> Bool {
  guard index + needle.count <= bytes.count else { return false }
  for offset in 0..<needle.count where bytes[index + offset] != needle[offset] { return false }
  return true
}

private let sentenceEnds = ["。", "！", "？", "…"].map { Array($0.utf8) }

/// Whether text ends as a sentence does, or opens something that follows.
func endsSentence(_ bytes: [UInt8]) -> Bool {
  guard let last = bytes.last else { return false }
  if last == 0x3A || last == 0x3B || last == 0x21 || last == 0x3F { return true }
  return bytes.count >= 3
    && sentenceEnds.contains { starts(with: $0, at: bytes.count - 3, of: bytes) }
}
