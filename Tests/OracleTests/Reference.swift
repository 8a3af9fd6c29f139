// Reference.swift: records and a question arrive; its answer leaves, computed the naive way: every
// figure of every group from a fresh look at every record. Nothing of the engine takes part.

/// A fraction in lowest terms.
struct Fraction: Hashable, Comparable {
  let above: Int
  let below: Int

  init(_ above: Int, _ below: Int = 1) {
    var (left, right) = (abs(above), abs(below))
    while right != 0 { (left, right) = (right, left % right) }
    let common = left == 0 ? 1 : left
    self.above = (below < 0 ? -above : above) / common
    self.below = abs(below) / common
  }

  var double: Double { Double(above) / Double(below) }

  static func < (left: Fraction, right: Fraction) -> Bool {
    left.above * right.below < right.above * left.below
  }
  static func + (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.above * right.below + right.above * left.below, left.below * right.below)
  }
  static func - (left: Fraction, right: Fraction) -> Fraction {
    left + Fraction(-right.above, right.below)
  }
  /// nil for a division by 0.
  static func / (left: Fraction, right: Fraction) -> Fraction? {
    right.above == 0 ? nil : Fraction(left.above * right.below, left.below * right.above)
  }
}

struct Reference {
  let records: [Record]
  let question: RandomQuestion

  struct Row: Equatable {
    var members: [String]
    var values: [Fraction?]
  }

  // MARK: - Base rows

  private func member(_ dimension: String, _ record: Record) -> String {
    switch dimension {
    case "unit": record.unit
    case "area": record.area
    case "channel": record.channel
    case "month": record.month.map { "\(SmallCounty.year)-\($0 < 10 ? "0" : "")\($0)" } ?? ""
    default: "\(SmallCounty.year)Q\(record.quarter)"
    }
  }

  private func holds(_ test: Test, _ record: Record) -> Bool {
    switch test {
    case .isOne(let dimension, let members): members.contains(member(dimension, record))
    case .isNot(let dimension, let name): member(dimension, record) != name
    case .month(let range): record.month.map(range.contains) ?? false
    case .blank(let dimension): member(dimension, record).isEmpty
    case .not(let inner): !holds(inner, record)
    case .both(let left, let right): holds(left, record) && holds(right, record)
    case .either(let left, let right): holds(left, record) || holds(right, record)
    }
  }

  private func dimensions(_ test: Test?) -> Set<String> {
    switch test {
    case nil: []
    case .isOne(let dimension, _)?, .isNot(let dimension, _)?, .blank(let dimension)?: [dimension]
    case .month?: ["month"]
    case .not(let inner)?: dimensions(inner)
    case .both(let left, let right)?, .either(let left, let right)?:
      dimensions(left).union(dimensions(right))
    }
  }

  /// What a metric that is counted from records adds.
  private func counted(_ metric: String, _ record: Record) -> Bool {
    switch metric {
    case "urgent_cases": record.isUrgent == true
    case "slow_cases": record.late.map { $0 > 1 } ?? false && record.isUrgent != true
    default: true
    }
  }

  private func column(_ metric: String, _ record: Record) -> Int? {
    switch metric {
    case "handled", "typical", "backlog": record.handled
    case "late", "worst": record.late
    default: 1
    }
  }

  /// Whether the quarterly records answer; nil: nothing does.
  private func isBrief(_ metric: String, _ needed: Set<String>, _ quarter: Int) -> Bool? {
    func isFilled(_ brief: Bool) -> Bool {
      records.contains {
        $0.quarter == quarter && $0.isBrief == brief
          && (metric == "people" ? !$0.ticket.isEmpty : column(metric, $0) != nil)
      }
    }
    if isFilled(false) { return false }
    let isKnown = metric == "handled" && needed.isDisjoint(with: ["channel", "month"])
    return isKnown && isFilled(true) ? true : nil
  }

  private func needed(_ filter: Test?) -> Set<String> {
    Set(question.groups).union(dimensions(question.test)).union(dimensions(filter))
  }

  private func base(_ metric: String, _ filter: Test? = nil) -> [Record] {
    records.filter { record in
      question.quarters.contains(record.quarter)
        && isBrief(metric, needed(filter), record.quarter) == record.isBrief
        && question.test.map { holds($0, record) } ?? true
        && filter.map { holds($0, record) } ?? true && counted(metric, record)
    }
  }

  // MARK: - Refusals

  /// A quarter that is asked for by name and that some figure does not know.
  var isRefused: Bool {
    var figures = question.figures
    if let having = question.having { figures.append(having.figure) }
    return figures.flatMap(measures).contains { metric, filter in
      question.quarters.contains { isBrief(metric, needed(filter), $0) == nil }
    }
  }

  private func measures(_ figure: Figure) -> [(String, Test?)] {
    switch figure {
    case .metric("gap"): [("handled", nil)]
    case .metric("rate"), .mean("rate", _): [("late", nil), ("cases", nil)]
    case .metric(let name), .share(let name), .rank(let name), .mean(let name, _),
      .least(let name, _), .countOfUnits(let name, _):
      [(name, nil)]
    case .filtered(let name, let test): [(name, test)]
    case .ratio(let left, let right), .difference(let left, let right):
      [(left, nil), (right, nil)]
    }
  }

  // MARK: - Figures

  private func key(_ record: Record, _ dimensions: [String]) -> [String] {
    dimensions.map { member($0, record) }
  }

  private func value(
    _ metric: String, where filter: Test? = nil, _ key: [String], _ dimensions: [String]
  ) -> Fraction? {
    switch metric {
    case "gap":
      guard let handled = value("handled", key, dimensions) else { return nil }
      return handled - (value("late", key, dimensions) ?? Fraction(0))
    case "rate":
      guard let late = value("late", key, dimensions), let cases = value("cases", key, dimensions)
      else { return nil }
      return late / cases
    default: break
    }
    let rows = base(metric, filter).filter { self.key($0, dimensions) == key }
    let values = rows.compactMap { column(metric, $0) }
    switch metric {
    case "people": return Fraction(Set(rows.map(\.ticket)).count)
    case "worst": return values.max().map { Fraction($0) }
    case "typical":
      let sorted = values.sorted()
      guard !sorted.isEmpty else { return nil }
      let (lower, upper) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
      return Fraction(lower + upper, 2)
    case "backlog":
      let known = rows.filter { $0.handled != nil }
      guard let last = known.map(\.quarter).max() else { return nil }
      return Fraction(known.filter { $0.quarter == last }.compactMap(\.handled).reduce(0, +))
    default:
      // No record is 0; records without a value are nothing.
      guard rows.isEmpty || !values.isEmpty else { return nil }
      if rows.isEmpty, !isLoaded(metric, filter, key, dimensions) { return nil }
      return Fraction(values.reduce(0, +))
    }
  }

  /// Whether the periods of a group are loaded for the metric.
  private func isLoaded(
    _ metric: String, _ filter: Test?, _ key: [String], _ dimensions: [String]
  ) -> Bool {
    question.quarters.contains { quarter in
      guard isBrief(metric, needed(filter), quarter) != nil else { return false }
      for (dimension, name) in zip(dimensions, key) {
        if dimension == "quarter", name != "\(SmallCounty.year)Q\(quarter)" { return false }
        if dimension == "month", (Int(name.suffix(2)).map { ($0 + 2) / 3 }) != quarter {
          return false
        }
      }
      return true
    }
  }

  private func shown(_ figure: Figure, _ key: [String], _ groups: [String]) -> Fraction? {
    switch figure {
    case .metric(let name): return value(name, key, groups)
    case .filtered(let name, let test): return value(name, where: test, key, groups)
    case .ratio(let left, let right):
      guard let left = value(left, key, groups), let right = value(right, key, groups) else {
        return nil
      }
      return left / right
    case .difference(let left, let right):
      guard let left = value(left, key, groups), let right = value(right, key, groups) else {
        return nil
      }
      return left - right
    case .share(let name):
      guard let part = value(name, key, groups), let whole = value(name, [], []) else {
        return nil
      }
      return part / whole
    case .rank(let name): return rank(name, key, groups)
    case .mean(let name, let dimension):
      let values = finerValues(name, dimension, key, groups)
      return values.reduce(Fraction(0), +) / Fraction(values.count)
    case .least(let name, let dimension): return finerValues(name, dimension, key, groups).min()
    case .countOfUnits(let name, let bound):
      return Fraction(
        finerKeys(name, "unit", key, groups).filter { finer, dimensions in
          let unit = dimensions.firstIndex(of: "unit").map { finer[$0] }
          return unit != "rest"
            && (value(name, finer, dimensions).map { $0 > Fraction(bound) } ?? false)
        }.count)
    }
  }

  private func isUnranked(_ key: [String], _ groups: [String]) -> Bool {
    zip(groups, key).contains { $0 == "unit" && $1 == "rest" }
  }

  private func rank(_ name: String, _ key: [String], _ groups: [String]) -> Fraction? {
    guard !isUnranked(key, groups), let own = value(name, key, groups) else { return nil }
    let all = Set(base(name).map { self.key($0, groups) }).filter { !isUnranked($0, groups) }
    let better = all.compactMap { value(name, $0, groups) }
      .filter { name == "late" ? $0 < own : $0 > own }
    return Fraction(better.count + 1)
  }

  /// The groups inside one, split further: by members that occur, a blank being none, or by every
  /// period asked for.
  private func finerKeys(
    _ name: String, _ dimension: String, _ key: [String], _ groups: [String]
  ) -> [(key: [String], dimensions: [String])] {
    let dimensions = groups.contains(dimension) ? groups : groups + [dimension]
    if dimension != "unit", dimensions != groups {
      return periods(dimension).map { (key + [$0], dimensions) }
    }
    let metrics = name == "rate" ? ["late", "cases"] : [name]
    let all = Set(metrics.flatMap { base($0).map { self.key($0, dimensions) } })
    return all.filter { finer in
      Array(finer.prefix(key.count)) == key
        && dimensions.firstIndex(of: dimension).map { !finer[$0].isEmpty } ?? true
    }.map { ($0, dimensions) }
  }

  private func periods(_ dimension: String) -> [String] {
    let months = question.quarters.flatMap { quarter in (0..<3).map { quarter * 3 - 2 + $0 } }
      .filter { month in question.test.map { mayHold($0, month) != false } ?? true }
    return Set(
      months.map { month in
        dimension == "month"
          ? "\(SmallCounty.year)-\(month < 10 ? "0" : "")\(month)"
          : "\(SmallCounty.year)Q\((month + 2) / 3)"
      }
    ).sorted()
  }

  /// nil where the month alone does not tell.
  private func mayHold(_ test: Test, _ month: Int) -> Bool? {
    switch test {
    case .month(let range): return range.contains(month)
    case .isOne, .isNot, .blank: return nil
    case .not(let inner): return mayHold(inner, month).map { !$0 }
    case .both(let left, let right):
      let truths = [mayHold(left, month), mayHold(right, month)]
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .either(let left, let right):
      let truths = [mayHold(left, month), mayHold(right, month)]
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    }
  }

  private func finerValues(
    _ name: String, _ dimension: String, _ key: [String], _ groups: [String]
  ) -> [Fraction] {
    finerKeys(name, dimension, key, groups).compactMap { value(name, $0, $1) }
  }

  // MARK: - Answer

  /// In the order of the catalogue: blanks first, then as defined, times by the calendar.
  private func position(_ dimension: String, _ name: String) -> (Int, String) {
    let lists = [
      "unit": SmallCounty.units, "channel": SmallCounty.channels, "area": ["north", "south"],
    ]
    if name.isEmpty { return (-1, "") }
    return (lists[dimension]?.firstIndex(of: name) ?? 0, name)
  }

  private func precedes(_ left: [String], _ right: [String]) -> Bool {
    for (dimension, pair) in zip(question.groups, zip(left, right)) {
      let (first, second) = (position(dimension, pair.0), position(dimension, pair.1))
      if first != second { return first < second }
    }
    return false
  }

  var rows: [Row] {
    let groups = question.groups
    var keys: Set<[String]> = [[]]
    if !groups.isEmpty {
      keys = Set(
        question.figures.flatMap(measures).flatMap { metric, filter in
          base(metric, filter).map { key($0, groups) }
        })
      // An optional part of a formula has groups of its own.
      if question.figures.contains(.metric("gap")) {
        keys.formUnion(base("late").map { key($0, groups) })
      }
    }
    var rows = keys.sorted(by: precedes).map { key in
      Row(members: key, values: question.figures.map { shown($0, key, groups) })
    }
    if let having = question.having {
      rows = rows.filter { row in
        guard let value = shown(having.figure, row.members, groups) else { return false }
        let bound = Fraction(having.bound)
        return having.isAbove ? value > bound : value <= bound
      }
    }
    if let top = question.top {
      let ranked = rows.filter { !isUnranked($0.members, groups) && $0.values[0] != nil }
      rows = stable(ranked, isDescending: !top.isBottom)
      if rows.count > top.count {
        let edge = rows[top.count - 1].values[0]
        rows = rows.enumerated().filter { $0 < top.count || $1.values[0] == edge }.map(\.element)
      }
    } else if let isDescending = question.isDescending {
      rows = stable(rows, isDescending: isDescending)
    }
    return rows
  }

  /// By the first figure; absent ones last, equal ones as they stood.
  private func stable(_ rows: [Row], isDescending: Bool) -> [Row] {
    rows.enumerated().sorted { left, right in
      switch (left.element.values[0], right.element.values[0]) {
      case (nil, nil): return left.offset < right.offset
      case (nil, _): return false
      case (_, nil): return true
      case (let first?, let second?):
        if first == second { return left.offset < right.offset }
        return (first > second) == isDescending
      }
    }.map(\.element)
  }

  var totals: [Fraction?] { question.figures.map { shown($0, [], []) } }
}
