// SmallCounty.swift: a seed arrives; a rulebook of a few words and two data sets of random rows
// leave, once as plain records and once as a store.

import Catalog
import Columns
import Execution
import Planning
import Support
import Syntax

/// One record as the reference sees it: plain values, nothing shared with the engine.
struct Record {
  var isBrief: Bool
  var quarter: Int
  /// 1…12; nil in the quarterly data set.
  var month: Int?
  var unit: String
  var channel: String
  var ticket: String
  var handled: Int?
  var late: Int?
  var isUrgent: Bool?

  var area: String { SmallCounty.areas[unit] ?? "" }
}

/// Ledger rows of two quarters and brief rows of the second and the third, so that the second can
/// be answered by both.
struct SmallCounty {
  static let units = ["ash", "birch", "cedar", "elm", "fir", "rest"]
  static let areas = [
    "ash": "north", "birch": "north", "cedar": "south", "elm": "south", "fir": "south",
    "rest": "north",
  ]
  static let channels = ["phone", "letter"]
  static let year = 2024

  let records: [Record]
  let ground: SmallGround

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var records: [Record] = []
    for quarter in 1...2 {
      for index in 0..<Int.random(in: 0...60, using: &random) {
        records.append(Self.entry(quarter, index, &random))
      }
      // A quarter is loaded even where chance gave it nothing.
      records.append(Self.entry(quarter, 99, &random))
    }
    for quarter in 2...3 {
      for unit in Self.units where Bool.random(using: &random) || unit == "ash" {
        records.append(
          Record(
            isBrief: true, quarter: quarter, month: nil, unit: unit, channel: "", ticket: "",
            handled: Int.random(in: 0...90, using: &random), late: nil, isUrgent: nil))
      }
    }
    self.records = records
    ground = SmallGround(records)
  }

  private static func entry(_ quarter: Int, _ index: Int, _ random: inout SeededGenerator)
    -> Record
  {
    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    return Record(
      isBrief: false, quarter: quarter,
      month: quarter * 3 - 2 + Int.random(in: 0...2, using: &random),
      unit: chance(5) ? "" : units.randomElement(using: &random) ?? "",
      channel: chance(5) ? "" : channels.randomElement(using: &random) ?? "",
      ticket: "n\(quarter)-\(chance(20) ? 0 : index)",
      handled: chance(10) ? nil : Int.random(in: 0...9, using: &random),
      late: chance(20) ? nil : Int.random(in: 0...4, using: &random),
      isUrgent: chance(10) ? nil : chance(40))
  }

  static let rulebook = [
    RulebookFile(
      name: "small.tb",
      text: """
        tongbao 1
        define dimension area label 'Area' '片区' member north 'North' '北片' member south 'South' '南片'
        define dimension unit label 'Unit' '单位' members 'units.csv' parent area unranked rest
        define dimension channel label 'Channel' '渠道' member phone 'Phone' '电话'
          member letter 'Letter' '来信'
        define dataset ledger source file 'ledger*.csv' grain ticket, unit_name column ticket text
          column unit_name text optional column channel text optional column taken date
          column handled whole optional column late whole optional column urgent flag optional
          time month = taken dimension unit = unit_name dimension channel = channel covers month
        define dataset brief source file 'brief*.csv' grain period_of, unit_name
          column period_of period
          column unit_name text column handled whole time quarter = period_of
          dimension unit = unit_name
          covers quarter
        define metric handled label 'Handled' '受理' quantity order from ledger sum(handled)
          from brief sum(handled)
        define metric late label 'Late' '超期' quantity order better low from ledger sum(late)
        define metric cases label 'Cases' '件' quantity order from ledger rows
        define metric urgent_cases label 'Urgent' '急件' quantity order
          from ledger rows where urgent = yes
        define metric slow_cases label 'Slow' '慢件' quantity order
          from ledger rows where late > 1 and urgent != yes
        define metric people label 'People' '人数' quantity person from ledger distinct(ticket)
        define metric worst label 'Worst' '最差' quantity order from ledger max(late)
        define metric typical label 'Typical' '典型' quantity order from ledger median(handled)
        define metric backlog label 'Backlog' '积压' class stock quantity order
          from ledger last(handled)
        define metric gap = handled - coalesce(late, 0) label 'Gap' '差'
        define metric rate = late / cases label 'Rate' '率' format '0.00%' better low
        """),
    RulebookFile(
      name: "units.csv",
      text: "id,name,name_en,full_name,area\n"
        + units.enumerated().map { "\($0),\($1),\($1),\($1),\(areas[$1] ?? "")\n" }.joined()),
  ]
}

/// The same records as the engine sees them.
struct SmallGround {
  let vocabulary: Vocabulary
  let holdings: Holdings
  let store: Store
  let problems: [String]

  init(_ records: [Record]) {
    let built = buildCatalog(from: SmallCounty.rulebook)
    problems = built.problems.map { "\($0)" }
    var partitions: [Partition] = []
    for quarter in 1...3 {
      for isBrief in [false, true] {
        let own = records.filter { $0.quarter == quarter && $0.isBrief == isBrief }
        if !own.isEmpty { partitions.append(Self.partition(own, quarter, isBrief)) }
      }
    }
    store = Store(partitions: partitions)
    let catalog = withLoadedMembers(built.catalog, from: store)
    vocabulary = Vocabulary(catalog)
    holdings = Execution.holdings(of: store, in: catalog)
  }

  private static func partition(_ records: [Record], _ quarter: Int, _ isBrief: Bool)
    -> Partition
  {
    let index = Quarter(year: SmallCounty.year, quarter: quarter).index
    var columns = [
      text("unit_name", records.map(\.unit)), integers("handled", records.map(\.handled)),
    ]
    if isBrief {
      columns.append(integers("period_of", records.map { _ in index }, .quarter))
    } else {
      columns += [
        text("ticket", records.map(\.ticket)), text("channel", records.map(\.channel)),
        integers("late", records.map(\.late)),
        integers("urgent", records.map { $0.isUrgent.map { $0 ? 1 : 0 } }, .flag),
        integers(
          "taken",
          records.map { record in
            Day(year: SmallCounty.year, month: record.month ?? 1, day: 15)?.index
          }, .day),
      ]
    }
    return Partition(
      dataset: isBrief ? "brief" : "ledger", issuer: "", quarterIndex: index, version: 1,
      files: [], columns: columns,
      lineOfRow: PackedIntegers(repeating: 0, count: records.count),
      fileOfRow: PackedIntegers(repeating: 0, count: records.count), rowCount: records.count)
  }

  private static func text(_ name: String, _ values: [String]) -> Column {
    let dictionary = [""] + Set(values).subtracting([""]).sorted()
    let codes = PackedIntegers(values.map { Int64(dictionary.firstIndex(of: $0) ?? 0) })
    return Column(name: name, storage: .text(codes: codes, dictionary: dictionary))
  }

  private static func integers(
    _ name: String, _ values: [Int?], _ meaning: ColumnMeaning = .whole
  ) -> Column {
    var missing = MissingRows(rowCount: values.count)
    for (row, value) in values.enumerated() where value == nil { missing[row] = true }
    return Column(
      name: name, storage: .integers(PackedIntegers(values.map { Int64($0 ?? 0) }), meaning),
      missing: values.contains(nil) ? missing : nil)
  }
}
