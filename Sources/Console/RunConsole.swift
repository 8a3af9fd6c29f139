// RunConsole.swift: checked options arrive, the exit status leaves.

import Catalog
import ClickHouse
import Columns
import Rendering
import Syntax
import Workspace

/// Opens and loads what the options name, then runs the work in order. The writer is finished by
/// the caller.
package func runConsole(_ options: ConsoleOptions, writer: CheckedWriter) -> Int32 {
  let environment = ConsoleEnvironment()
  let language = options.language ?? environment.language
  writer.errorForm = options.errorForm
  let opening: DataOpening
  do throws(UsageProblem) {
    opening = try DataOpening(
      options: options, environment: environment, language: language, writer: writer)
  } catch {
    writer.tell(error, in: language)
    return 2
  }
  if options.onlyInspects { return opening.inspectData() }
  guard let data = opening.opened() else { return 3 }
  let pieces: LoadedPieces
  do throws(WorkspaceFault) {
    // What is about to be kept is asked from where it is kept.
    pieces = options.storesData ? LoadedPieces() : try data.pieces()
  } catch {
    writer.tell(error.fault(of: data.workspace?.path ?? ""), in: language)
    return 3
  }
  let ground = Ground(data.catalog, pieces, cluster: data.cluster)
  if let addresses = options.pushAddresses {
    return pushData(ground, to: addresses, options, environment, data.catalog, writer)
  }
  var batch = Batch(
    session: Session(ground: ground, language: language), data: data,
    options: options, environment: environment, writer: writer)
  guard batch.takesSettings() else { return 2 }
  batch.tellNotes(of: data.memory.flatMap(\.pieces), comparesVersions: !options.storesData)
  batch.tellDamage()
  if options.storesData {
    guard batch.keepData() else { return batch.status }
    if options.work.isEmpty, options.reportPath == nil, !options.goesOnAtPrompt {
      return batch.status
    }
  }
  if let report = options.reportPath {
    batch.runReport(report)
    return batch.status
  }
  let readsStandardInput = options.work.isEmpty
  if !options.onlyChecks, let path = options.initFile, !batch.runInitFile(path) {
    if !options.keepsGoing { return batch.status }
  }
  if readsStandardInput, SystemCalls.isTerminal(0) {
    return runPrompt(&batch)
  }
  if let seconds = options.watchSeconds { return watch(batch, every: seconds) }
  let work = readsStandardInput ? [.standardInput] : options.work
  batch.commitOutput(isComplete: work.allSatisfy { batch.run($0) })
  if batch.status == 0, options.goesOnAtPrompt { return runPrompt(&batch) }
  return batch.status
}

/// `--push`
private func pushData(
  _ ground: Ground, to addresses: String, _ options: ConsoleOptions,
  _ environment: ConsoleEnvironment, _ catalog: Catalog, _ writer: CheckedWriter
) -> Int32 {
  let language = options.language ?? environment.language
  var options = options
  // A push needs every shard.
  options.allowsPartial = false
  do throws(ClusterFault) {
    let opening = ClusterOpening(options: options, environment: environment, language: language)
    let pushing = Pushing(
      cluster: try opening.cluster(addresses), catalog: catalog, options: options, writer: writer,
      language: language)
    return pushing.run(ground)
  } catch {
    writer.tell(error, in: language)
    return 3
  }
}

extension Batch {
  /// `--keep`: DATA goes into the workspace, and is asked from there.
  mutating func keepData() -> Bool {
    guard let path = options.workspacePath ?? environment.workspacePath else {
      writer.tell(
        UsageProblem(
          "--keep needs --workspace FILE: there is no home folder",
          "--keep 要和 --workspace 文件 一起用：没有主文件夹"), in: session.language)
      status = max(status, 2)
      return false
    }
    guard keep(data.memory.flatMap(\.pieces), in: path) else { return false }
    data.memory = []
    return askWorkspace(path)
  }

  /// Asks the workspace as it is now, and what was read into memory beside it.
  mutating func askWorkspace(_ path: String) -> Bool {
    do throws(WorkspaceFault) {
      data.workspace = try OpenData.workspace(path, damage: data.damage)
      data.missingPath = nil
      session.ask(try data.pieces())
      tellDamage()
      return true
    } catch {
      reportFault(error, of: path)
      return false
    }
  }

  /// What could not be read while the data was opened is told at once, and by every question that
  /// needs it.
  func tellDamage() {
    for lost in data.damage.take() {
      writer.report(
        options.errorForm == .json
          ? refusalJSON(
            code: "D15", text: lost.refusal.message[session.language], place: .prompt)
          : terminalSafe("D15: " + lost.refusal.message[session.language]) + "\n")
    }
  }
}
