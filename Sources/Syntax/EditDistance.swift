// EditDistance.swift: two words arrive; how many slips of the keyboard lie between them leaves.

/// The number of characters to insert, drop, change or swap with a neighbour to make one word of
/// the other (Damerau, each place touched once), or nil if it is more than `limit`.
///
/// - Complexity: O(length × limit); words whose lengths differ by more than `limit` cost nothing.
package func editDistance(_ first: String, _ second: String, limit: Int) -> Int? {
  let first = Array(first.unicodeScalars)
  let second = Array(second.unicodeScalars)
  guard limit >= 0, abs(first.count - second.count) <= limit else { return nil }
  let beyond = limit + 1
  var twoAbove = [Int](repeating: beyond, count: second.count + 1)
  var above = (0...second.count).map { min($0, beyond) }
  for row in 0..<first.count {
    var present = [Int](repeating: beyond, count: second.count + 1)
    present[0] = min(row + 1, beyond)
    var least = present[0]
    for column in max(0, row - limit)..<min(second.count, row + beyond) {
      let change = above[column] + (first[row] == second[column] ? 0 : 1)
      var best = min(change, above[column + 1] + 1, present[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        best = min(best, twoAbove[column - 1] + 1)
      }
      present[column + 1] = min(best, beyond)
      least = min(least, present[column + 1])
    }
    if least > limit { return nil }
    twoAbove = above
    above = present
  }
  let distance = above[second.count]
  return distance <= limit ? distance : nil
}
