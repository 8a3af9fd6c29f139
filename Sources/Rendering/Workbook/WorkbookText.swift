// WorkbookText.swift: any text arrives; what the XML of a workbook and the names of its sheets can
// hold leaves.

/// Characters that XML lacks are written `_x0007_`, as spreadsheets do; a text that looks like that
/// already has its first mark written so, and reads back as it was.
func workbookText(_ text: String) -> String {
  let bytes = text.utf8
  guard bytes.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x5F || $0 == 0xEF })
  else { return text }
  let scalars = Array(text.unicodeScalars)
  var written = ""
  written.reserveCapacity(bytes.count + 16)
  for (index, scalar) in scalars.enumerated() {
    switch scalar {
    case "\t", "\n": written.unicodeScalars.append(scalar)
    case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": written += escape(scalar)
    case "_" where beginsEscape(scalars[index...]): written += escape(scalar)
    default: written.unicodeScalars.append(scalar)
    }
  }
  return written
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "_x" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "_"
}

/// `_x` and four hexadecimal digits and `_`.
private func beginsEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  let form = Array(scalars.prefix(7))
  return form.count == 7 && form[1] == "x" && form[6] == "_"
    && form[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
}

/// A name that a spreadsheet takes: at most 31 units of UTF-16, none of `[]:*?/\`, no quote at an
/// end, and no other sheet of that name in whatever case.
func uniqueSheetName(_ wanted: String, among taken: inout Set<String>) -> String {
  var base = ""
  for scalar in wanted.unicodeScalars {
    let isForbidden = "[]:*?/\\".unicodeScalars.contains(scalar) || scalar.value < 0x20
    base.unicodeScalars.append(isForbidden || scalar == "\u{7F}" ? " " : scalar)
  }
  while let first = base.first, first == " " || first == "'" { base.removeFirst() }
  var number = 1
  while true {
    let ending = number == 1 ? "" : " (\(number))"
    var name = base
    if name.utf16.count + ending.utf16.count > 31 {
      while name.utf16.count + ending.utf16.count > 30 { name.removeLast() }
      name += "…"
    }
    while let last = name.last, last == " " || last == "'" { name.removeLast() }
    // Spreadsheets keep the name History for themselves.
    if name.isEmpty || name.lowercased() == "history" { name = "Sheet" }
    name += ending
    if taken.insert(name.lowercased()).inserted { return name }
    number += 1
  }
}
