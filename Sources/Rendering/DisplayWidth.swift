// DisplayWidth.swift: a text arrives, the number of terminal cells it takes leaves.
//
// Width comes from the product's own table (UAX #11), never from the C library, so that tables,
// carets and menus stand the same in every locale.

/// The cells of `text` on a terminal: a hanzi takes two, a cluster is as wide as its widest part
/// and at most two. Controls and invisible characters count nothing; `terminalSafe` makes them
/// visible.
///
/// - Parameter ambiguous: the width of East Asian Ambiguous characters, 1 or 2.
/// - Complexity: O(n); ASCII and common hanzi are counted by their bytes.
package func displayWidth(_ text: String, ambiguous: Int = 1) -> Int {
  if let width = commonWidth(of: text) { return width }
  var width = 0
  for cluster in text { width += clusterWidth(cluster, ambiguous: ambiguous) }
  return width
}

/// The cells of one grapheme cluster, 0 to 2.
func clusterWidth(_ cluster: Character, ambiguous: Int) -> Int {
  var widest = 0
  var besideCount = 0
  for scalar in cluster.unicodeScalars {
    if isDrawnBeside(scalar) {
      besideCount += 1
    } else {
      widest = max(widest, scalarWidth(scalar, ambiguous: ambiguous))
    }
  }
  return min(widest + besideCount, 2)
}

/// Characters that join the one before them and still take a cell: the halves of a flag, the
/// half-width voice marks of katakana, the Thai and Lao vowel AM.
private func isDrawnBeside(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1F1E6...0x1F1FF, 0xFF9E...0xFF9F, 0x0E33, 0x0EB3: true
  default: false
  }
}

func scalarWidth(_ scalar: Unicode.Scalar, ambiguous: Int) -> Int {
  switch WidthClass(of: scalar) {
  case .narrow: 1
  case .wide: 2
  case .ambiguous: ambiguous == 2 ? 2 : 1
  case .combining, .hidden: 0
  }
}

/// What the generated table says about a code point; the raw values are the generator's.
enum WidthClass: UInt32 {
  case narrow, wide, ambiguous
  /// Stands on the character before it.
  case combining
  /// Never drawn as itself: controls, formats, unassigned code points.
  case hidden

  /// - Complexity: O(log runs).
  init(of scalar: Unicode.Scalar) {
    let runs = WidthTable.runs
    // The key sorts behind every run that starts at or before the scalar.
    let key = scalar.value << 3 | 7
    var lower = 0
    var upper = runs.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if runs[middle] <= key { lower = middle + 1 } else { upper = middle }
    }
    // The first run starts at U+0000, so there is always one before the bound.
    self = lower == 0 ? .hidden : WidthClass(rawValue: runs[lower - 1] & 7) ?? .hidden
  }
}

/// The width of a text of printable ASCII, common hanzi and their punctuation; nil for any other.
///
/// None of these characters joins with a neighbour of the same set, so bytes are enough. A text
/// that passes is also safe on a terminal as it is.
func commonWidth(of text: String) -> Int? {
  let bytes = text.utf8.span
  var width = 0
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte >= 0x20 && byte < 0x7F {
      width += 1
      index += 1
    } else if byte >= 0xE3 && byte <= 0xEF, index + 2 < bytes.count,
      isCommonWide(byte, bytes[index + 1], bytes[index + 2])
    {
      width += 2
      index += 3
    } else {
      return nil
    }
  }
  return width
}

/// U+3001–3011 (、。〈《「), U+4E00–9FBF (hanzi), U+FF01–FF3F (！（，：；？ and full-width letters).
private func isCommonWide(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
  switch first {
  case 0xE3: second == 0x80 && third >= 0x81 && third <= 0x91
  case 0xE4: second >= 0xB8
  case 0xE5...0xE8: true
  case 0xE9: second < 0xBF
  case 0xEF: second == 0xBC && third >= 0x81
  default: false
  }
}
