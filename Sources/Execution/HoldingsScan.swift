// HoldingsScan.swift: loaded partitions arrive; what they cover, and a catalogue with their
// members, leave.

import Catalog
import Columns
import Syntax

/// What the store covers: for each data set the periods and members it holds completely.
///
/// - Complexity: O(rows × columns)
package func holdings(of store: Store, in catalog: Catalog) -> Holdings {
  var combinations: [String: [CoveredCombination]] = [:]
  var quarters: Set<Quarter> = []
  var issuers: [String] = []
  for partition in store.partitions {
    guard let dataset = catalog.dataset(named: partition.dataset) else { continue }
    if !partition.issuer.isEmpty, !issuers.contains(partition.issuer) {
      issuers.append(partition.issuer)
    }
    for combination in coveredCombinations(of: partition, dataset, store, catalog) {
      if dataset.time != nil { quarters.insert(combination.quarter) }
      combinations[dataset.name, default: []].append(combination)
    }
  }
  return Holdings(
    quarters: quarters.sorted(), issuers: issuers, combinations: combinations,
    timelessDatasets: Set(catalog.datasets.filter { $0.time == nil }.map(\.name)))
}

private func coveredCombinations(
  of partition: Partition, _ dataset: Dataset, _ store: Store, _ catalog: Catalog
) -> [CoveredCombination] {
  let rows = PartitionRows(partition, dataset, catalog)
  let others = dataset.covers.filter { catalog.dimension(named: $0)?.timeUnit == nil }
  // What one county does not publish another may: then each covers for itself.
  let issuers = Set(store.partitions.map(\.issuer)).subtracting([""])
  let isTold = issuers.count > 1 && !partition.issuer.isEmpty
  var found: [CoveredCombination] = []
  var indexOfKey: [String: Int] = [:]
  for row in 0..<partition.rowCount {
    guard
      let quarter = rows.quarter(row) ?? partition.quarterIndex ?? (dataset.time == nil ? 0 : nil)
    else { continue }
    var members: [String: String] = [:]
    for dimension in others { members[dimension] = rows.member(dimension, row) }
    if isTold { members["issuer"] = partition.issuer }
    let key = "\(quarter)\u{0}" + others.map { members[$0] ?? "" }.joined(separator: "\u{0}")
    let index = indexOfKey[key] ?? found.count
    if index == found.count {
      indexOfKey[key] = index
      found.append(
        CoveredCombination(
          quarter: Quarter(index: quarter), members: members, filledColumns: [], rowCount: 0))
    }
    found[index].rowCount += 1
    for column in partition.columns
    where !found[index].filledColumns.contains(column.name) && column.hasValue(row) {
      found[index].filledColumns.insert(column.name)
    }
  }
  if found.isEmpty, let quarter = partition.quarterIndex {
    // A notice without a single event or problem still says so for its period.
    var members = Dictionary(
      uniqueKeysWithValues: others.compactMap { name in
        catalog.dimension(named: name)?.defaultMember.map { (name, $0) }
      })
    if isTold { members["issuer"] = partition.issuer }
    found.append(
      CoveredCombination(
        quarter: Quarter(index: quarter), members: members,
        filledColumns: Set(dataset.columns.map(\.name)), rowCount: 0))
  }
  return found
}

/// The catalogue with the members that only the data has: those of open dimensions in order of
/// appearance, and units that were kept although the catalogue lacks them.
///
/// - Complexity: O(distinct values)
package func withLoadedMembers(_ catalog: Catalog, from store: Store) -> Catalog {
  var catalog = catalog
  for index in catalog.dimensions.indices where catalog.dimensions[index].timeUnit == nil {
    let name = catalog.dimensions[index].name
    var known = Set(catalog.dimensions[index].members.map { Array($0.name.utf8) })
    for text in loadedMembers(name, store, catalog) where known.insert(Array(text.utf8)).inserted {
      catalog.dimensions[index].members.append(Member(name: text))
    }
  }
  return catalog
}

private func loadedMembers(_ dimension: String, _ store: Store, _ catalog: Catalog) -> [String] {
  if dimension == "issuer" { return store.partitions.map(\.issuer).filter { !$0.isEmpty } }
  var found: [String] = []
  for partition in store.partitions {
    guard let dataset = catalog.dataset(named: partition.dataset),
      let source = dataset.dimensions.first(where: { $0.dimension == dimension })?.source,
      case .column(let name) = source, let column = partition.column(named: name)
    else { continue }
    switch column.storage {
    case .text(_, let dictionary): found += dictionary.filter { !$0.isEmpty }
    case .numbered:
      var known: Set<[UInt8]> = []
      for row in 0..<partition.rowCount {
        guard let text = column.text(row), !text.isEmpty else { continue }
        if known.insert(Array(text.utf8)).inserted { found.append(text) }
      }
    case .integers(let values, _):
      // Missing rows are filled with a number that other rows hold.
      found += Set(values.values).sorted().map(String.init)
    }
  }
  return found
}
