// AnswerRows.swift: the rows of an answer arrive as a list, or as a way to make each; they leave
// one after the other.
//
// An answer can have a million rows of which a screen shows twenty: cells are worded when they are
// looked at.

/// A list of rows; one that is changed is written out first.
package struct AnswerRows: Sendable, ExpressibleByArrayLiteral {
  private enum Source: Sendable {
    case list([AnswerRow])
    case made(count: Int, @Sendable (Int) -> AnswerRow)
  }
  private var source: Source

  package init() { source = .list([]) }

  package init(_ rows: [AnswerRow]) { source = .list(rows) }

  package init(arrayLiteral rows: AnswerRow...) { source = .list(rows) }

  /// - Parameter make: says the same of a row every time.
  package init(count: Int, _ make: @escaping @Sendable (Int) -> AnswerRow) {
    source = .made(count: count, make)
  }

  /// All rows, each made once.
  package var list: [AnswerRow] {
    switch source {
    case .list(let rows): rows
    case .made(let count, let make): (0..<count).map(make)
    }
  }
}

extension AnswerRows: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch source {
    case .list(let rows): rows.count
    case .made(let count, _): count
    }
  }

  package subscript(row: Int) -> AnswerRow {
    get {
      switch source {
      case .list(let rows): rows[row]
      case .made(_, let make): make(row)
      }
    }
    set {
      var rows = list
      rows[row] = newValue
      source = .list(rows)
    }
  }

  package mutating func replaceSubrange(
    _ range: Range<Int>, with rows: some Collection<AnswerRow>
  ) {
    var all = list
    source = .list([])
    all.replaceSubrange(range, with: rows)
    source = .list(all)
  }

  package mutating func append(_ row: AnswerRow) {
    var all = list
    source = .list([])
    all.append(row)
    source = .list(all)
  }
}

extension AnswerRows: Hashable {
  package static func == (left: AnswerRows, right: AnswerRows) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for row in self { hasher.combine(row) }
  }
}
