// Serve.swift: a number of rows arrives; then commands, a line each, and their answers leave.
//
//     ask QUESTION     the names of the columns, the rows, cells apart by tabs; then a dot
//     time QUESTION    nanoseconds from the question's text to its answer
//
// The store is made once; every question is asked from the beginning, nothing of an answer is kept.

import Catalog
import Columns
import Execution
import Planning
import SyntheticOrders
import Syntax

func serve(rowCount: Int) throws {
  let clock = ContinuousClock()
  let start = clock.now
  let store = generatedStore(rowCount: rowCount)
  let made = clock.now
  let server = try Server(store)
  let sizes = byteCounts(store)
  let columns = sizes.map { "\($0.name)=\($0.bytes)" }.joined(separator: ",")
  try say(
    "ready\t\(sizes.reduce(0) { $0 + $1.bytes })\t\(nanoseconds(made - start))\t"
      + "\(nanoseconds(clock.now - made))\t\(columns)")
  while let line = readLine() {
    if line.hasPrefix("time ") {
      let began = clock.now
      _ = try server.answer(String(line.dropFirst(5)))
      try say(String(nanoseconds(clock.now - began)))
    } else if line.hasPrefix("ask ") {
      let answer = try server.answer(String(line.dropFirst(4)))
      try say(answer.columns.map(\.name).joined(separator: "\t"))
      for row in answer.rows { try say(row.cells.map(text).joined(separator: "\t")) }
      try say(".")
    } else {
      throw BenchProblem("neither ask nor time: \(line)")
    }
  }
}

private func generatedStore(rowCount: Int) -> Store {
  let generator = OrderGenerator(rowCount: rowCount)
  var partitions: [Partition] = []
  for number in 0..<OrderGenerator.quarterCount {
    var partition = OrderPartition(.province, quarter: OrderGenerator.firstQuarter + number)
    generator.rows(ofQuarter: number) { partition.append($0) }
    partitions.append(partition.finished())
  }
  return Store(partitions: partitions)
}

private func text(_ cell: AnswerCell) -> String {
  switch cell.raw {
  case .text(let text), .decimal(let text): text
  case .whole(let number): String(number)
  case .number(let number): String(number)
  case .none: ""
  }
}

/// What each column takes in memory, dictionaries left out: a quarter has no rows of its own there.
private func byteCounts(_ store: Store) -> [(name: String, bytes: Int)] {
  var counts: [(name: String, bytes: Int)] = []
  for partition in store.partitions {
    var own = partition.columns.map { column in
      (column.name, column.packed.byteCount + (column.missing?.words.count ?? 0) * 8)
    }
    own.append(("place", partition.lineOfRow.byteCount + partition.fileOfRow.byteCount))
    for (name, bytes) in own {
      if let place = counts.firstIndex(where: { $0.name == name }) {
        counts[place].bytes += bytes
      } else {
        counts.append((name, bytes))
      }
    }
  }
  return counts
}

/// The stages from a question's text to its answer, over one store.
private struct Server {
  let store: Store
  let index: StoreIndex
  let threadCount: Int
  let vocabulary: Vocabulary
  let holdings: Holdings
  let scope: QuestionScope

  init(_ store: Store) throws {
    self.store = store
    // The rulebook that is built in, with the units of a province.
    let files = builtInRulebook().map { file in
      switch file.name {
      case "units.csv": RulebookFile(name: file.name, text: OrderNames.province.unitFile)
      case "units.aliases.csv": RulebookFile(name: file.name, text: "alias,id\n")
      default: file
      }
    }
    let built = buildCatalog(from: files)
    guard built.problems.isEmpty else {
      throw BenchProblem("the rulebook: \(built.problems[0].diagnostic.message.english)")
    }
    let catalog = withLoadedMembers(built.catalog, from: store)
    vocabulary = Vocabulary(catalog)
    index = StoreIndex(store, catalog)
    threadCount = environment("TONGBAO_THREADS").flatMap { Int($0) } ?? 64
    holdings = Execution.holdings(of: store, in: catalog)
    var scope = QuestionScope()
    scope.months = holdings.quarters.flatMap {
      Array($0.firstMonth.index...$0.lastMonth.index)
    }
    self.scope = scope
  }

  func answer(_ question: String) throws -> Answer {
    let source = parse(question, knowing: vocabulary.knownWords)
    guard let statement = source.statements.first,
      case .query(let tree)? = statement.statement?.kind
    else { throw BenchProblem("not a question: \(question)") }
    let query = try resolve(tree, in: vocabulary, holding: holdings, scope: scope)
    let plan = try plan(query, in: vocabulary, holding: holdings)
    return try Execution.answer(
      plan, from: store, in: vocabulary, holding: holdings, language: .english, using: index,
      watchedBy: ExecutionMonitor(threads: threadCount))
  }
}
