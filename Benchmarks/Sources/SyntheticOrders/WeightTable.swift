// WeightTable.swift: weights arrive; a table leaves that picks a place in proportion to them.

/// Places 0 ..< count, each picked as often as its weight says.
struct WeightTable {
  /// The upper end of each place's part of 2³².
  private let ends: [UInt64]
  /// For each of 4,096 equal parts the first place that reaches into it.
  private let guide: [Int32]

  /// - Precondition: at least one weight, none negative, not all 0.
  init(_ weights: [Double]) {
    precondition(!weights.isEmpty, "there is something to pick")
    let sum = weights.reduce(0, +)
    var ends: [UInt64] = []
    var total = 0.0
    for weight in weights {
      total += weight
      ends.append(UInt64(total / sum * 4_294_967_296))
    }
    ends[ends.count - 1] = 1 << 32
    var guide: [Int32] = []
    var place = 0
    for part in 0..<4096 {
      while ends[place] <= UInt64(part) << 20 { place += 1 }
      guide.append(Int32(place))
    }
    self.ends = ends
    self.guide = guide
  }

  /// Rank k has the weight 1 / k^exponent (Zipf).
  ///
  /// - Parameter sixtyFourths: the exponent, so that its power is made of square roots and products
  ///   alone: those are the same on every machine, a library's `pow` is not.
  init(zipf count: Int, sixtyFourths: Int) {
    self.init((1...count).map { 1 / power(Double($0), sixtyFourths: sixtyFourths) })
  }

  /// - Parameter random: 32 random bits.
  func pick(_ random: UInt64) -> Int {
    var place = Int(guide[Int(random >> 20)])
    while ends[place] <= random { place += 1 }
    return place
  }
}

/// `base` to the power of `sixtyFourths / 64`.
func power(_ base: Double, sixtyFourths: Int) -> Double {
  var result = 1.0
  for _ in 0..<(sixtyFourths / 64) { result *= base }
  var root = base
  for bit in [32, 16, 8, 4, 2, 1] {
    root = root.squareRoot()
    if sixtyFourths & bit != 0 { result *= root }
  }
  return result
}
