// ValueCandidates.swift: a place that takes a value arrives; the members of its dimension leave,
// counted under what is typed already.
//
// Names are made ready, and counted, beside the editor and once: a key is never kept waiting for
// them. Whoever asks too early gets what there is, and the editor is woken when there is more.

import Catalog
import Planning
import Syntax
import Synchronization

final class ValueCandidates: Sendable {
  private struct NamesKey: Hashable {
    var ground: UInt64
    var dimension: String
    var language: Language
  }
  private struct CountsKey: Hashable {
    var names: NamesKey
    var metric: String
    var clauses: [ClauseSyntax]
  }
  private struct Known {
    var names: [NamesKey: CandidateSet] = [:]
    var counts: [CountsKey: CandidateSet] = [:]
    var running: Set<CountsKey> = []
  }
  private let known = Mutex(Known())

  /// Few names are made at once, on the typing path: it takes less than waking somebody.
  static let fewNames = 500

  /// What was counted may have changed: another scope, other data. Names stay while their data
  /// does.
  func forgetCounts(keeping ground: UInt64) {
    known.withLock { known in
      known.counts = [:]
      known.running = []
      known.names = known.names.filter { $0.key.ground == ground }
    }
  }

  /// The candidates, and whether their names and counts are complete.
  func candidates(
    for question: ValueQuestion, _ context: LineContext, _ language: Language
  ) -> (set: CandidateSet, isFinished: Bool) {
    let pipeline = context.session.pipeline
    let names = NamesKey(
      ground: pipeline.ground.number, dimension: question.dimension.name, language: language)
    let key = CountsKey(names: names, metric: question.metric.name, clauses: question.clauses)
    let isFew = question.dimension.members.count <= Self.fewNames
    let store = pipeline.ground.loaded.store
    let rowCount = store.partitions.reduce(0) { $0 + $1.rowCount }
    if isFew, rowCount <= 20_000, store.distant.isEmpty { make(key, question, pipeline) }
    let (counted, bare, mustStart) = known.withLock { known in
      let counted = known.counts[key]
      let mustStart = counted == nil && known.running.insert(key).inserted
      return (counted, known.names[names], mustStart)
    }
    if let counted { return (counted, true) }
    if mustStart {
      SystemCalls.runBeside { [self] in
        make(key, question, pipeline)
        LineEditor.wake()
      }
    }
    return (bare ?? CandidateSet([]), false)
  }

  private func make(_ key: CountsKey, _ question: ValueQuestion, _ pipeline: Pipeline) {
    let (counted, bare) = known.withLock { ($0.counts[key], $0.names[key.names]) }
    guard counted == nil else { return }
    let names = bare ?? question.names(in: key.names.language, from: pipeline)
    if bare == nil {
      names.prepare()
      known.withLock { $0.names[key.names] = names }
    }
    let set = question.counted(names, by: question.counts(from: pipeline))
    known.withLock { known in
      known.counts[key] = set
      known.running.remove(key)
    }
  }
}

extension ValueQuestion {
  /// The members as a sentence of the language writes them.
  ///
  /// - Complexity: O(members)
  fileprivate func names(in language: Language, from pipeline: Pipeline) -> CandidateSet {
    guard let unit = dimension.timeUnit else {
      return CandidateSet(dimension.members.map { $0.candidate(in: language) })
    }
    return CandidateSet(
      unit.numbers(in: pipeline.ground.holdings.quarters).map { Candidate(String($0)) })
  }

  /// The names with their counts; without any where nothing could be counted.
  fileprivate func counted(_ names: CandidateSet, by counts: [Int: Int64]) -> CandidateSet {
    guard !counts.isEmpty else { return names }
    let total = counts.values.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
    let places = names.candidates.indices.map { place in
      dimension.timeUnit == nil ? place : Int(names.candidates[place].name) ?? place
    }
    return names.counted(places.map { counts[$0] }, total: total)
  }
}

extension Member {
  fileprivate func candidate(in language: Language) -> Candidate {
    let shown = language == .chinese ? chinese ?? name : name
    let other = language == .chinese ? name : chinese ?? name
    let rest = [english, chinese, fullName].compactMap(\.self).filter { $0 != shown && $0 != other }
    return Candidate(shown, twin: other == shown ? nil : other, aliases: aliases + rest)
  }
}

extension TimeUnit {
  /// The months, quarters or years of the loaded quarters, ascending.
  fileprivate func numbers(in quarters: [Quarter]) -> [Int] {
    let numbers: Set<Int> =
      switch self {
      case .month: Set(quarters.flatMap { quarter in (1...3).map { quarter.number * 3 - 3 + $0 } })
      case .quarter: Set(quarters.map(\.number))
      case .year: Set(quarters.map(\.year))
      }
    return numbers.sorted()
  }
}
