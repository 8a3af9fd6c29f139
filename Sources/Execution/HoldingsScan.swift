// HoldingsScan.swift: loaded partitions arrive; what they cover, and a catalogue with their
// members, leave.

import Catalog
import Columns
import Syntax

/// What the store covers: for each data set the periods and members it holds completely.
///
/// - Complexity: O(columns) for a large partition of one combination, else O(rows × columns)
package func holdings(of store: Store, in catalog: Catalog) -> Holdings {
  var combinations: [String: [CoveredCombination]] = [:]
  var quarters: Set<Quarter> = []
  var issuers: [String] = []
  func take(_ found: [CoveredCombination], _ dataset: Dataset, _ issuer: String) {
    if !issuer.isEmpty, !issuers.contains(issuer) { issuers.append(issuer) }
    for combination in found {
      if dataset.time != nil { quarters.insert(combination.quarter) }
      combinations[dataset.name, default: []].append(combination)
    }
  }
  for partition in store.partitions {
    guard let dataset = catalog.dataset(named: partition.dataset) else { continue }
    let found = coveredCombinations(of: partition, dataset, store, catalog)
    take(found, dataset, partition.issuer)
  }
  for part in store.distant {
    guard let dataset = catalog.dataset(named: part.dataset) else { continue }
    let found = Execution.combinations(
      of: part.summary, tellingIssuer: store.toldIssuer(part.issuer))
    take(found, dataset, part.issuer)
  }
  return Holdings(
    quarters: quarters.sorted(), issuers: issuers, combinations: combinations,
    timelessDatasets: Set(catalog.datasets.filter { $0.time == nil }.map(\.name)))
}

/// What the rows of a partition cover: one combination for each quarter and members of the
/// `covers` dimensions, in order of appearance.
///
/// - Complexity: O(columns) for a large partition of one combination, else O(rows × columns)
package func summary(
  of partition: Partition, _ dataset: Dataset, _ catalog: Catalog
) -> PartitionSummary {
  let rows = PartitionRows(partition, dataset, catalog)
  let dimensions = coveredDimensions(of: dataset, catalog)
  if let only = onlyCombination(rows, dimensions) {
    return PartitionSummary(dimensions: dimensions, combinations: [only])
  }
  let columns = partition.columns
  let members = dimensions.map { NumberedMembers($0, rows) }
  var result = PartitionSummary(dimensions: dimensions, combinations: [])
  // Columns without a value so far, by combination.
  var blank: [[Int]] = []
  var indexOfKey: [[Int]: Int] = [:]
  var last: (key: [Int], index: Int)?
  for row in 0..<partition.rowCount {
    guard
      let quarter = rows.quarter(row) ?? partition.quarterIndex ?? (dataset.time == nil ? 0 : nil)
    else { continue }
    let key = [quarter] + members.map { $0.codes[row] }
    // Neighbours mostly share their members.
    let known = last?.key == key ? last?.index : indexOfKey[key]
    let index = known ?? blank.count
    if known == nil {
      indexOfKey[key] = index
      blank.append(Array(columns.indices))
      result.combinations.append(
        PartitionSummary.Combination(
          quarterIndex: quarter, members: members.map { $0.names[$0.codes[row]] },
          filledColumns: [], rowCount: 0))
    }
    last = (key, index)
    result.combinations[index].rowCount += 1
    if !blank[index].isEmpty { blank[index].removeAll { columns[$0].hasValue(row) } }
  }
  for index in blank.indices {
    let filled = Set(columns.indices).subtracting(blank[index])
    result.combinations[index].filledColumns = filled.map { columns[$0].name }.sorted()
  }
  return result
}

/// The members of a dimension, numbered in order of appearance, one number a row.
private struct NumberedMembers {
  var names: [String] = []
  var codes: [Int]

  init(_ dimension: String, _ rows: PartitionRows) {
    let count = rows.partition.rowCount
    guard let reader = MemberReader(dimension, rows) else {
      names = [""]
      codes = Array(repeating: 0, count: count)
      return
    }
    var names: [String] = []
    var numbers: [String: Int] = [:]
    codes = reader.mapped(rowCount: count) { name in
      // Several members may share a parent.
      if let number = numbers[name] { return number }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
    self.names = names
  }
}

private func coveredDimensions(of dataset: Dataset, _ catalog: Catalog) -> [String] {
  dataset.covers.filter { catalog.dimension(named: $0)?.timeUnit == nil }
}

private func coveredCombinations(
  of partition: Partition, _ dataset: Dataset, _ store: Store, _ catalog: Catalog
) -> [CoveredCombination] {
  let others = coveredDimensions(of: dataset, catalog)
  // A summary that another rulebook was kept with says nothing of this one's dimensions.
  let known = partition.summary.flatMap { $0.dimensions == others ? $0 : nil }
  let summary = known ?? Execution.summary(of: partition, dataset, catalog)
  let issuer = store.toldIssuer(partition.issuer)
  var found = Execution.combinations(of: summary, tellingIssuer: issuer)
  if found.isEmpty, let quarter = partition.quarterIndex {
    // A notice without a single event or problem still says so for its period.
    var members = Dictionary(
      uniqueKeysWithValues: others.compactMap { name in
        catalog.dimension(named: name)?.defaultMember.map { (name, $0) }
      })
    members["issuer"] = issuer
    found.append(
      CoveredCombination(
        quarter: Quarter(index: quarter), members: members,
        filledColumns: Set(dataset.columns.map(\.name)), rowCount: 0))
  }
  return found
}

private func combinations(of summary: PartitionSummary, tellingIssuer issuer: String?)
  -> [CoveredCombination]
{
  summary.combinations.map { combination in
    var members = Dictionary(zip(summary.dimensions, combination.members)) { first, _ in first }
    members["issuer"] = issuer
    return CoveredCombination(
      quarter: Quarter(index: combination.quarterIndex), members: members,
      filledColumns: Set(combination.filledColumns), rowCount: combination.rowCount)
  }
}

extension Store {
  /// What one county does not publish another may: then each covers for itself. nil where one
  /// issuer speaks for all.
  fileprivate func toldIssuer(_ issuer: String) -> String? {
    let issuers = Set(partitions.map(\.issuer) + distant.map(\.issuer)).subtracting([""])
    return issuers.count > 1 && !issuer.isEmpty ? issuer : nil
  }
}

/// What a large partition covers, if all its rows cover the same: known from the bounds of its
/// columns.
private func onlyCombination(_ rows: PartitionRows, _ others: [String])
  -> PartitionSummary.Combination?
{
  let partition = rows.partition
  guard partition.rowCount >= 4096 else { return nil }
  var quarter = partition.quarterIndex ?? (rows.dataset.time == nil ? 0 : nil)
  if let times = rows.times {
    guard let bounds = times.values.bounds,
      let first = times.quarter(at: bounds.lowerBound),
      let last = times.quarter(at: bounds.upperBound),
      first == last, times.missing == nil || partition.quarterIndex == first
    else { return nil }
    quarter = first
  }
  guard let quarter else { return nil }
  var members: [String] = []
  for dimension in others {
    guard let reader = MemberReader(dimension, rows) else {
      members.append("")
      continue
    }
    switch reader.source {
    case .constant(let name): members.append(name)
    case .text(let codes, let names):
      guard let bounds = codes.bounds, bounds.lowerBound == bounds.upperBound else { return nil }
      members.append(names[Int(bounds.lowerBound)])
    case .each: return nil
    }
  }
  return PartitionSummary.Combination(
    quarterIndex: quarter, members: members,
    filledColumns: partition.columns.filter(\.hasValues).map(\.name).sorted(),
    rowCount: partition.rowCount)
}

extension Column {
  /// Whether any row has a value.
  fileprivate var hasValues: Bool {
    switch storage {
    case .text(let codes, _): (codes.bounds?.upperBound ?? 0) != 0
    case .numbered, .integers:
      rowCount > (missing?.words.reduce(0) { $0 + $1.nonzeroBitCount } ?? 0)
    }
  }
}

/// The catalogue with the members that only the data has: those of open dimensions in order of
/// appearance, and units that were kept although the catalogue lacks them.
///
/// - Complexity: O(distinct values)
package func withLoadedMembers(_ catalog: Catalog, from store: Store) -> Catalog {
  var catalog = catalog
  for index in catalog.dimensions.indices where catalog.dimensions[index].timeUnit == nil {
    let name = catalog.dimensions[index].name
    let texts = loadedMembers(name, store, catalog)
    if texts.isEmpty { continue }
    var members = catalog.dimensions[index].members
    var known = Set(members.map { SameBytes($0.name) })
    for text in texts where known.insert(SameBytes(text)).inserted {
      members.append(Member(name: text))
    }
    catalog.dimensions[index].members = members
  }
  return catalog
}

private func distantMembers(_ dimension: String, _ store: Store, _ catalog: Catalog) -> [String] {
  store.distant.flatMap { part -> [String] in
    guard let dataset = catalog.dataset(named: part.dataset),
      let source = dataset.dimensions.first(where: { $0.dimension == dimension })?.source,
      case .column(let name) = source
    else { return [] }
    return part.members[name] ?? []
  }
}

private func loadedMembers(_ dimension: String, _ store: Store, _ catalog: Catalog) -> [String] {
  if dimension == "issuer" {
    let issuers = store.partitions.map(\.issuer) + store.distant.map(\.issuer)
    return issuers.filter { !$0.isEmpty }
  }
  var found = distantMembers(dimension, store, catalog)
  // Partitions of one file share their dictionary, which is then read once.
  var last: [String] = []
  for partition in store.partitions {
    guard let dataset = catalog.dataset(named: partition.dataset),
      let source = dataset.dimensions.first(where: { $0.dimension == dimension })?.source,
      case .column(let name) = source
    else { continue }
    // A dictionary is read without the rows.
    if let texts = partition.dictionary(of: name) {
      if texts == last { continue }
      last = texts
      found += texts.filter { !$0.isEmpty }
      continue
    }
    guard let column = partition.column(named: name) else { continue }
    switch column.storage {
    case .text: break
    case .numbered:
      var known: Set<SameBytes> = []
      for row in 0..<partition.rowCount {
        guard let text = column.text(row), !text.isEmpty else { continue }
        if known.insert(SameBytes(text)).inserted { found.append(text) }
      }
    case .integers(let values, _):
      // Missing rows are filled with a number that other rows hold.
      found += values.distinctValues.map(column.memberName)
    }
  }
  return found
}

/// A text that equals another where their bytes do, hashed eight bytes at a time.
private struct SameBytes: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (left: SameBytes, right: SameBytes) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var (word, count) = (UInt64(0), 0)
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(count)
  }
}
