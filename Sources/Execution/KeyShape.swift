// KeyShape.swift: the codes of several dimensions arrive; one number for each combination leaves,
// in catalogue order, and the codes come back from it.

/// How the codes of a frame's dimensions make one number: the last dimension counts ones, where no
/// other order is asked for.
struct KeyShape: Sendable, Hashable {
  /// The codes of each dimension by digit, ascending.
  enum Digits: Sendable, Hashable {
    /// Digit 0 is the blank, −1; digit n the code n − 1.
    case members(count: Int)
    /// Digit 0 is the blank, −1; digit n the nth of these.
    case times([Int])
  }
  let digits: [Digits]
  let radices: [Int]
  /// What a digit of each dimension counts for.
  let places: [Int]
  /// All combinations.
  let count: Int

  /// nil where 62 bits do not hold every combination.
  ///
  /// - Parameter order: the dimensions, the one that counts most first; none: as they stand.
  init?(_ digits: [Digits], order: [Int]? = nil) {
    self.digits = digits
    radices = digits.map {
      switch $0 {
      case .members(let count): count + 1
      case .times(let codes): codes.count + 1
      }
    }
    var (places, count) = (Array(repeating: 1, count: radices.count), 1)
    for place in (order ?? Array(radices.indices)).reversed() {
      places[place] = count
      let (product, overflowed) = count.multipliedReportingOverflow(by: radices[place])
      guard !overflowed, product < 1 << 62 else { return nil }
      count = product
    }
    (self.places, self.count) = (places, count)
  }

  /// A shape that has a number for every combination of the codes of each column.
  ///
  /// - Complexity: O(codes × log codes)
  init?(covering columns: [[Int]]) {
    self.init(columns.map { .times(Set($0).subtracting([-1]).sorted()) })
  }

  // The shapes of one question are mostly one: their digits are looked at only where the counts
  // agree.
  static func == (left: KeyShape, right: KeyShape) -> Bool {
    left.count == right.count && left.places == right.places && left.digits == right.digits
  }

  func hash(into hasher: inout Hasher) { hasher.combine(count) }

  /// The shape of the first dimensions; its numbers are those of this one, divided.
  func prefix(_ length: Int) -> KeyShape? { KeyShape(Array(digits.prefix(length))) }

  func digit(of code: Int, at place: Int) -> Int { known(code, at: place) ?? 0 }

  /// nil for a code that the shape has no digit for.
  func known(_ code: Int, at place: Int) -> Int? {
    if code == -1 { return 0 }
    switch digits[place] {
    case .members(let count): return code >= 0 && code < count ? code + 1 : nil
    case .times(let codes):
      var (low, high) = (0, codes.count)
      while low < high {
        let middle = (low + high) / 2
        if codes[middle] < code { low = middle + 1 } else { high = middle }
      }
      return low < codes.count && codes[low] == code ? low + 1 : nil
    }
  }

  func code(of digit: Int, at place: Int) -> Int {
    if digit == 0 { return -1 }
    switch digits[place] {
    case .members: return digit - 1
    case .times(let codes): return codes[digit - 1]
    }
  }

  func digit(in number: Int, at place: Int) -> Int { number / places[place] % radices[place] }

  func code(in number: Int, at place: Int) -> Int {
    code(of: digit(in: number, at: place), at: place)
  }

  /// A number of another shape of the same dimensions, as this one counts.
  func number(_ other: Int, of shape: KeyShape) -> Int {
    places.indices.reduce(0) { $0 + shape.digit(in: other, at: $1) * places[$1] }
  }

  /// Every number of this shape, ascending, with that of another shape of the same dimensions.
  ///
  /// - Precondition: the dimensions of this shape count as they stand.
  /// - Complexity: O(combinations)
  func forEachNumber(with shape: KeyShape, _ body: (_ own: Int, _ other: Int) -> Void) {
    guard let last = radices.indices.last else { return body(0, 0) }
    let (length, step) = (radices[last], shape.places[last])
    for start in stride(from: 0, to: count, by: length) {
      let base = shape.number(start, of: self)
      for digit in 0..<length { body(start + digit, base + digit * step) }
    }
  }

  /// nil for a combination that the shape has no number for.
  func number(of codes: some Collection<Int>) -> Int? {
    var number = 0
    for (place, code) in codes.enumerated() {
      guard let digit = known(code, at: place) else { return nil }
      number += digit * places[place]
    }
    return number
  }
}
