// PersonalCells.swift: the texts of a column tell whether it leads to persons; such a column is not
// stored.
//
// Headings name most of them; a column of telephone or identity numbers under another heading is
// known by its cells (domain.md 11).

/// An eleven-digit mobile number, or an identity number whose check character is right (GB
/// 11643-1999).
func isPersonal(_ bytes: [UInt8]) -> Bool {
  switch bytes.count {
  case 11:
    return bytes[0] == 0x31 && (0x33...0x39).contains(bytes[1]) && bytes.allSatisfy(isDigit)
  case 18: return isIdentityNumber(bytes)
  default: return false
  }
}

private let identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
private let identityChecks = Array("10X98765432".utf8)

/// The birth date and the check character tell it from an order number of eighteen digits.
private func isIdentityNumber(_ bytes: [UInt8]) -> Bool {
  guard bytes.prefix(17).allSatisfy(isDigit) else { return false }
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
