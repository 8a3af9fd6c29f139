// NearNames.swift: a name that nobody has becomes the three it is nearest to, to be offered, never
// chosen.

import Catalog

/// The names of a dimension's members, to be asked for those that a wrong name is near to. A file
/// repeats its wrong names: each is looked at once.
struct NearNames {
  private let names: [String]
  private let spelled: [[Unicode.Scalar]]
  private var known: [String: [String]] = [:]
  /// Longer names are compared by their beginning.
  private static let longest = 40

  init(_ dimension: Dimension) {
    names = dimension.members.map(\.name)
    spelled = names.map { Array($0.unicodeScalars.prefix(NearNames.longest)) }
  }

  /// The members whose name is at most half changed, nearest first, at most three.
  ///
  /// - Complexity: O(members × length²) for a name that was not asked for before
  mutating func near(_ name: String) -> [String] {
    if let found = known[name] { return found }
    let wanted = Array(name.unicodeScalars.prefix(NearNames.longest))
    var found: [(distance: Int, name: String)] = []
    for (name, candidate) in zip(names, spelled) {
      let (short, long) = (
        min(wanted.count, candidate.count), max(wanted.count, candidate.count)
      )
      // So many letters are added at least.
      if (long - short) * 2 > long { continue }
      let distance = editDistance(wanted, candidate)
      if distance * 2 <= long { found.append((distance, name)) }
    }
    // Stable: equal distances stay in catalogue order.
    let order = found.indices.sorted { (found[$0].distance, $0) < (found[$1].distance, $1) }
    let nearest = order.prefix(3).map { found[$0].name }
    known[name] = nearest
    return nearest
  }
}

/// Letters changed, added or taken away from one word to the other (Levenshtein).
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  // One row of the table: distances of the letters of `left` so far to each beginning of `right`.
  var row = Array(0...right.count)
  for (index, scalar) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (column, other) in right.enumerated() {
      let replaced = diagonal + (scalar == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[right.count]
}
