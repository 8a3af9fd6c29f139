// NearestName.swift: a mistyped word arrives, the name it most likely means leaves.

/// The name with the fewest typing slips between it and `word`; the first of equals. nil only when
/// there are no names.
///
/// A slip is a character too many, too few, another one, or two neighbours swapped. Words are cut
/// at 64 characters: nothing longer was meant as a name.
package func nearestName(to word: String, among names: [String]) -> String? {
  let typed = Array(word.lowercased().unicodeScalars.prefix(64))
  return names.min { first, second in
    slipCount(typed, Array(first.lowercased().unicodeScalars.prefix(64)))
      < slipCount(typed, Array(second.lowercased().unicodeScalars.prefix(64)))
  }
}

/// The typing slips between two words, both short.
func slipCount(_ typed: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...name.count)
  for (row, character) in typed.enumerated() {
    var current = [row + 1]
    for (column, expected) in name.enumerated() {
      let other = previous[column] + (character == expected ? 0 : 1)
      var best = min(other, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, character == name[column - 1], typed[row - 1] == expected {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[name.count]
}
