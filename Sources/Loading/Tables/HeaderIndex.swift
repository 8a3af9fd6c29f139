// HeaderIndex.swift: the headings of the rulebook's data sets become a table to look headings up
// in.

import Catalog

/// A heading as it stands in a file: folded, without its bracket of full marks.
struct Heading: Hashable {
  var folded: [UInt8]
  /// The number of `(25分)`.
  var weight: PrintedNumber?
}

private let pointsMark = Array("分".utf8)

func heading(_ range: Range<Int>, of bytes: [UInt8]) -> Heading {
  var whole: [UInt8] = []
  fold(range, of: bytes, into: &whole)
  guard let open = whole.firstIndex(of: 0x28) else { return Heading(folded: whole) }
  var index = open + 1
  while index < whole.count, isDigit(whole[index]) || whole[index] == 0x2E { index += 1 }
  let number = open + 1..<index
  guard !number.isEmpty, starts(with: pointsMark, at: index, of: whole),
    index + 3 < whole.count, whole[index + 3] == 0x29
  else { return Heading(folded: whole) }
  var weight: PrintedNumber?
  if case .number(let found) = readNumber(number, of: whole) { weight = found }
  return Heading(folded: Array(whole[..<open] + whole[(index + 4)...]), weight: weight)
}

/// Which column of which data set a heading names.
struct HeaderIndex {
  struct Target: Hashable {
    /// Index into the data sets the header index was made from.
    var dataset: Int
    /// Index into the data set's columns that are stored; -1 for one that is dropped.
    var column: Int
  }

  let datasets: [Dataset]
  /// The columns of each data set that are stored: what `Target.column` counts.
  let stored: [[DatasetColumn]]
  private var names = ByteDictionary(capacity: 128)
  private var targets: [[Target]] = []
  private var uppers = ByteDictionary()
  private var lowers = ByteDictionary()

  init(_ datasets: [Dataset]) {
    self.datasets = datasets
    stored = datasets.map { $0.columns.filter { !$0.isDropped } }
    for (datasetIndex, dataset) in datasets.enumerated() {
      var stored = 0
      for column in dataset.columns {
        let target = Target(dataset: datasetIndex, column: column.isDropped ? -1 : stored)
        if !column.isDropped { stored += 1 }
        for name in column.spellings {
          add(name, target)
        }
      }
    }
  }

  private mutating func add(_ name: String, _ target: Target) {
    let key = folded(name)
    let code = names.insert(key)
    if code == targets.count { targets.append([]) }
    if !targets[code].contains(target) { targets[code].append(target) }
    if let point = key.firstIndex(of: 0x2E) {
      _ = uppers.insert(0..<point, of: key)
      _ = lowers.insert(point + 1..<key.count, of: key)
    }
  }

  func targets(of heading: [UInt8]) -> [Target] {
    names.code(of: heading).map { targets[$0] } ?? []
  }

  func isKnown(_ heading: [UInt8]) -> Bool { names.code(of: heading) != nil }
  /// The upper cell of a heading in two rows.
  func isUpper(_ heading: [UInt8]) -> Bool { uppers.code(of: heading) != nil }
  func isLower(_ heading: [UInt8]) -> Bool { lowers.code(of: heading) != nil }
}
