// OrderTests.swift: generated orders are the same in every run, have the shapes they are made for,
// and a published quarter comes back from them figure by figure.

import Catalog
import Columns
import Console
import Loading
import Support
import SyntheticOrders
import Syntax
import Testing

private func rows(of generator: OrderGenerator, inQuarter number: Int) -> [OrderRow] {
  var rows: [OrderRow] = []
  generator.rows(ofQuarter: number) { rows.append($0) }
  return rows
}

@Suite struct OrderGeneratorTests {
  @Test func aQuarterIsTheSameWheneverItIsMadeAndAnotherUnderAnotherSeed() {
    let first = rows(of: OrderGenerator(rowCount: 20_000), inQuarter: 7)
    #expect(first == rows(of: OrderGenerator(rowCount: 20_000), inQuarter: 7))
    #expect(first != rows(of: OrderGenerator(rowCount: 20_000, seed: 1), inQuarter: 7))
    #expect(first != rows(of: OrderGenerator(rowCount: 20_000), inQuarter: 8))
  }

  @Test(arguments: [0, 1, 23, 24, 1000, 99_999])
  func theQuartersAddUpToTheRowsAskedFor(_ count: Int) {
    let generator = OrderGenerator(rowCount: count)
    let counts = (0..<OrderGenerator.quarterCount).map { generator.rowCount(ofQuarter: $0) }
    #expect(counts.reduce(0, +) == count)
    #expect(rows(of: generator, inQuarter: 5).count == counts[5])
  }

  @Test func rowsLieByMonthAndUnitAndNoUnitHasAnOrderTwice() {
    let generator = OrderGenerator(rowCount: 600_000)
    let all = rows(of: generator, inQuarter: 3)
    let firstMonth = (OrderGenerator.firstQuarter + 3) * 3
    let starts = (0...3).map { firstDay(ofMonth: firstMonth + $0) }
    let keys = all.map { row in
      (starts.lastIndex { $0 <= row.dueDay } ?? 9) * 10_000 + row.unit
    }
    #expect(keys == keys.sorted())
    #expect(Set(keys.map { $0 / 10_000 }) == [0, 1, 2])
    #expect(Set(all.map { [Int64($0.unit), $0.orderNumber] }).count == all.count)
    let shared = all.count - Set(all.map(\.orderNumber)).count
    #expect(shared > 0 && shared * 8 < all.count)
  }

  @Test func theSharesAreThoseOfPublishedFigures() {
    let generator = OrderGenerator(rowCount: 2_400_000)
    let all = rows(of: generator, inQuarter: 0)
    func share(_ holds: (OrderRow) -> Bool) -> Double {
      Double(all.count(where: holds)) / Double(all.count)
    }
    #expect((0.022...0.028).contains(share(\.isOverdue)))
    #expect((0.38...0.42).contains(share { $0.satisfaction == nil }))
    #expect((0.46...0.48).contains(share { $0.requestType == 0 }))
    #expect(share { $0.closedDay == nil } < 0.03)
    let late = Set(all.filter(\.isOverdue).map(\.unit))
    #expect(late.count * 100 <= OrderNames.province.units.count * 14)
    var counts = [Int](repeating: 0, count: OrderNames.province.units.count)
    for row in all { counts[row.unit] += 1 }
    let ranked = counts.sorted(by: >)
    // 1 / k^0.906 over 5,350 units: the first has 4.5 times as many as the fifth.
    #expect((3.5...5.5).contains(Double(ranked[0]) / Double(ranked[4])))
    #expect(counts.count { $0 > 0 } > 4_000)
    #expect(Set(all.map(\.category)).count == 174)
    #expect(Set(all.map(\.region)).count == 856)
  }

  @Test func noOrderIsClosedBeforeItCameOrLateWithoutDays() {
    for row in rows(of: OrderGenerator(rowCount: 240_000), inQuarter: 11) {
      #expect(row.acceptedDay < row.dueDay)
      #expect(row.isOverdue == (row.overdueDays > 0))
      if let closed = row.closedDay {
        #expect(closed >= row.acceptedDay)
        #expect((closed > row.dueDay) == row.isOverdue)
      }
    }
  }
}

// MARK: - The same rows as text and in memory

/// The answer to a question over loaded rows, as cells.
private func cells(_ question: String, _ ground: Ground) throws -> [[AnswerCell.Raw]] {
  let source = parse(question, knowing: ground.vocabulary.knownWords)
  guard case .query(let tree)? = source.statements.first?.statement?.kind else {
    Issue.record("not a question: \(question)")
    return []
  }
  let answer = try Pipeline(ground: ground, scope: .init()).answer(tree, in: .english)
  return answer.rows.map { $0.cells.map(\.raw) }
}

private func rulebook(units: String?) -> Catalog {
  let files = builtInRulebook().map { file in
    switch (file.name, units) {
    case ("units.csv", let units?): RulebookFile(name: file.name, text: units)
    case ("units.aliases.csv", _?): RulebookFile(name: file.name, text: "alias,id\n")
    default: file
    }
  }
  return buildCatalog(from: files).catalog
}

private func loaded(_ bytes: [UInt8], _ catalog: Catalog) throws -> Ground {
  let folder = TemporaryFolder()
  folder.write(String(decoding: bytes, as: UTF8.self), to: "orders.csv")
  return Ground(catalog, try load(paths: [folder.path + "/orders.csv"], into: catalog))
}

@Suite struct OrderFormTests {
  @Test func anExportOfTheRowsAnswersAsTheRowsInMemory() throws {
    let catalog = rulebook(units: OrderNames.province.unitFile)
    let generator = OrderGenerator(rowCount: 6_000)
    var writer = OrderCSV(.province)
    writer.appendHeadings()
    var held = Loaded()
    for number in 0..<OrderGenerator.quarterCount {
      let quarter = OrderGenerator.firstQuarter + number
      var partition = OrderPartition(.province, quarter: quarter)
      generator.rows(ofQuarter: number) { row in
        writer.append(row)
        partition.append(row)
      }
      held.store.partitions.append(partition.finished())
    }
    let memory = Ground(catalog, held)
    let export = try loaded(writer.bytes, catalog)
    for question in [
      "orders, overdue, closed, redo by unit", "returned, open by month",
      "orders by category, intake, request_type", "median_days, avg_days by region",
      "orders.distinct, satisfaction_rate by month", "ontime_rate by unit where category = '类别001'",
    ] {
      let period = " during 2019Q1..2024Q4"
      let here = try cells(question + period, memory)
      #expect(!here.isEmpty)
      #expect(Set(try cells(question + period, export)) == Set(here), "\(question)")
    }
  }

  @Test func aPublishedQuarterComesBackFigureByFigure() throws {
    let catalog = rulebook(units: nil)
    let example = projectFolder + "/examples/2024Q4"
    let notice = Ground(catalog, try load(paths: [example], into: catalog))
    let months = (10...12).map { "2024-\($0)" }
    var units: [PublishedUnit] = []
    for row in try cells("orders by unit", notice) {
      guard case .text(let name) = row[0], case .whole(let count) = row[1] else { continue }
      units.append(
        PublishedUnit(name: name, orders: Int(count), overdue: [0, 0, 0], redo: [0, 0, 0]))
    }
    for (metric, place) in [("overdue", \PublishedUnit.overdue), ("redo", \PublishedUnit.redo)] {
      for row in try cells("\(metric) by unit, month", notice) {
        guard case .text(let name) = row[0], case .text(let month) = row[1],
          case .whole(let count) = row[2], let unit = units.firstIndex(where: { $0.name == name }),
          let index = months.firstIndex(of: month)
        else { continue }
        units[unit][keyPath: place][index] = Int(count)
      }
    }
    let quarter = PublishedQuarter(units: units, quarter: 2024 * 4 + 3)
    #expect(quarter.rowCount == 2_575)
    var writer = OrderCSV(.county(units: units.map(\.name)))
    writer.appendHeadings()
    quarter.rows { writer.append($0) }
    let export = try loaded(writer.bytes, catalog)
    for question in [
      "orders, ontime, overdue by unit", "overdue by unit, month", "redo by unit, month",
      "orders, ontime, overdue by kind", "score.ontime, score.redo by unit",
    ] {
      #expect(Set(try cells(question, export)) == Set(try cells(question, notice)), "\(question)")
    }
  }
}
