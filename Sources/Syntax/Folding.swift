// Folding.swift: a name as written arrives, the one spelling that all its variants share leaves.

/// The spelling under which names are compared (language.md 5.1): compatibility forms become plain
/// characters, blanks are dropped, ASCII letters become small, accents are composed.
///
/// Covered are the width forms (U+FF01–FF9F, U+FFE0–FFEE), U+3000, ligatures, Roman and circled
/// numerals, squared signs, radicals and compatibility ideographs, and the Latin letters with one
/// accent. Arabic and Hangul forms and mathematical letters are left as they are.
package func foldedName(_ text: String) -> String {
  if isFolded(text) { return text }
  if let plain = foldedPlainly(text) { return plain }
  var scalars: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars where !Folding.isBlank(scalar) {
    if let forms = Folding.plainForm(of: scalar) {
      scalars += forms.lazy.filter { !Folding.isBlank($0) }.map(Folding.lowercased)
    } else {
      scalars.append(Folding.lowercased(scalar))
    }
  }
  return Folding.composed(scalars)
}

/// Whether folding would change nothing, as for nearly every name: small ASCII and plain hanzi.
private func isFolded(_ text: String) -> Bool {
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x21...0x40, 0x5B...0x7E: continue
    default: return false
    }
  }
  return true
}

/// Words of ASCII and plain hanzi, letters of any size and blanks among them; nil for all others.
private func foldedPlainly(_ text: String) -> String? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x4E00...0x9FFF:
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    case 0x41...0x5A: bytes.append(UInt8(truncatingIfNeeded: scalar.value + 0x20))
    case 0x21...0x7E: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    case 0x20: continue
    default: return nil
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

enum Folding {
  /// A blank between words, other than a newline.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0x0B, 0x0C, 0x0D, 0xA0, 0x3000, 0x2000...0x200A, 0x202F, 0x205F: true
    default: false
    }
  }

  /// The ASCII character a full-width one (U+FF01–FF5E) stands for; any other is unchanged.
  static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
  }

  static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0x41...0x5A).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value + 0x20))
  }

  /// A name as the tree keeps it: ASCII instead of full-width letters, accents composed.
  static func normalized(_ text: String) -> String {
    var needsWork = false
    for scalar in text.unicodeScalars where scalar.value >= 0x300 {
      if (0x4E00...0x9FFF).contains(scalar.value) { continue }
      needsWork = true
      break
    }
    guard needsWork else { return text }
    return composed(text.unicodeScalars.map { $0.value == 0x3000 ? " " : narrowed($0) })
  }

  static func plainForm(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    if scalar.value < 0x80 || (0x4E00...0x9FFF).contains(scalar.value) { return nil }
    if (0xFF01...0xFF5E).contains(scalar.value) { return [narrowed(scalar)] }
    return plainForms[scalar]
  }

  static func composed(_ scalars: [Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(scalars.count)
    var base: Unicode.Scalar?
    for scalar in scalars {
      if let letter = base, (0x300...0x331).contains(scalar.value),
        let whole = compositions[UInt64(letter.value) << 32 | UInt64(scalar.value)]
      {
        base = whole
        continue
      }
      if let base { result.append(base) }
      base = scalar
    }
    if let base { result.append(base) }
    return String(result)
  }

  private static let plainForms: [Unicode.Scalar: [Unicode.Scalar]] = {
    var forms: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for word in CompatibilityForms.forms.unicodeScalars.split(whereSeparator: isSeparator) {
      if let form = word.first { forms[form] = Array(word.dropFirst()) }
    }
    return forms
  }()

  private static let compositions: [UInt64: Unicode.Scalar] = {
    var wholes: [UInt64: Unicode.Scalar] = [:]
    for line in CompatibilityForms.compositions.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let mark = words.first.flatMap({ UInt64($0, radix: 16) }) else { continue }
      for pair in words.dropFirst().map(\.unicodeScalars) {
        guard let base = pair.first, let whole = pair.last else { continue }
        wholes[UInt64(base.value) << 32 | mark] = whole
      }
    }
    return wholes
  }()

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n"
  }
}
