// LoadCommand.swift: `.load`: files arrive; they are kept in the open workspace, or are asked
// beside what is in memory.

import Columns
import Loading
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let load = DotCommand(
    "load", "载入", [.files],
    help: Bilingual(
      "loads files, into the workspace where one is open", "载入文件；打开了工作区时存入其中"),
    isForBatch: true, instead: Bilingual("DATA on the command line", "命令行上的数据"),
    action: loadFiles)

  @Sendable private static func loadFiles(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let paths = call.words.map(\.text)
    guard !paths.isEmpty else { throw .wrong(.wrongArgument(call, of: .load)) }
    return batch.load(paths) ? .done : .failed
  }
}

extension Batch {
  /// Reads files and takes all of them, or none.
  mutating func load(_ paths: [String]) -> Bool {
    let pieces: [Loaded]
    let start = SystemCalls.monotonicNanoseconds
    do throws(LoadFailure) {
      pieces = try data.read(paths)
    } catch {
      if isStopped(since: start, session.language) { return false }
      for fault in error.faults.prefix(10) {
        writer.tell(fault, in: session.language)
      }
      status = max(status, 3)
      return false
    }
    if let path = data.workspace?.path ?? data.missingPath {
      guard keep(pieces, in: path), askWorkspace(path) else { return false }
      tellNotes(of: pieces, comparesVersions: false)
    } else {
      guard addToMemory(pieces, from: paths) else { return false }
      tellNotes(of: pieces, comparesVersions: false)
    }
    for piece in pieces where !piece.store.partitions.isEmpty {
      writer.write(terminalSafe(line(about: piece)) + "\n")
    }
    return true
  }

  /// Beside what is there; a period with other figures only where the person says so.
  private mutating func addToMemory(_ pieces: [Loaded], from paths: [String]) -> Bool {
    let known = editions(of: session.ground.pieces.pieces)
    var taken: [Loaded] = []
    for edition in editions(of: pieces) {
      let versions = known.filter { $0.key == edition.key }
      let before = versions.last?.loaded.store.partitions ?? []
      let same = versions.last { $0.hash == edition.hash }
      switch admission(
        of: edition, knownAs: same.map { $0.version }, latest: versions.last?.version, before,
        damage: data.damage)
      {
      case .isNew: taken.append(edition.loaded)
      case .isThere: break
      case .isRefused: return false
      }
    }
    data.memory.append(OpenData.Reading(paths: paths, pieces: taken))
    var all = session.ground.pieces
    all.add(taken)
    session.ask(all)
    return true
  }

  /// `2024Q4  193 rows  UTF-8  3 findings  FILE`
  private func line(about piece: Loaded) -> String {
    let keys =
      piece.notices.first.map { [EditionKey($0)] }
      ?? piece.store.partitions.map { EditionKey($0) }
    let (first, last) = (keys.first?.text ?? "", keys.last?.text ?? "")
    let period = first == last ? first : "\(first) … \(last)"
    let rows = editions(of: [piece]).reduce(0) { $0 + $1.tableRowCount }
    let encodings = piece.files.map(\.encoding)
    let encoding = encodings.first { $0 != "UTF-8" } ?? "UTF-8"
    let file = piece.notices.first?.file ?? piece.files.first?.path ?? ""
    let count = piece.findings.count
    return Bilingual(
      "\(period)  \(counted(rows, "row"))  \(encoding)  \(counted(count, "finding"))  \(file)",
      "\(period)  \(rows) 行  \(encoding)  \(count) 项发现  \(file)")[session.language]
  }
}

extension Edition {
  /// From 1.
  var version: Int {
    loaded.notices.first?.version ?? loaded.store.partitions.map(\.version).max() ?? 1
  }
}
