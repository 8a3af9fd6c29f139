// NearNames.swift: a name that nobody has becomes the three it is nearest to, to be offered, never
// chosen.

import Catalog

/// The members whose name is at most half changed, nearest first, at most three.
///
/// - Complexity: O(members × length²)
func nearNames(_ name: String, in dimension: Dimension) -> [String] {
  let wanted = Array(name.unicodeScalars.prefix(40))
  var found: [(distance: Int, name: String)] = []
  for member in dimension.members {
    let candidate = Array(member.name.unicodeScalars.prefix(40))
    let distance = editDistance(wanted, candidate)
    if distance * 2 <= max(wanted.count, candidate.count) {
      found.append((distance, member.name))
    }
  }
  // Stable: equal distances stay in catalogue order.
  let order = found.indices.sorted { (found[$0].distance, $0) < (found[$1].distance, $1) }
  return order.prefix(3).map { found[$0].name }
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  var previous = Array(0...right.count)
  for (row, scalar) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = previous[column] + (scalar == other ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
