// OpenData.swift: what a session asks: an open workspace, and what was read into memory beside it.

import Catalog
import ClickHouse
import Columns
import Loading
import Syntax
import Workspace

package struct OpenData: Sendable {
  /// What one `.load`, or the command line, has read.
  struct Reading: Sendable {
    var paths: [String]
    var pieces: [Loaded]
  }

  /// Of the rulebook alone, without loaded members.
  let catalog: Catalog
  /// The definitions of `--rules` or of the workspace; nil: the built-in ones.
  let rulebook: [RulebookText]?
  let loadOptions: LoadOptions
  /// What `.load` stores into.
  var workspace: Workspace?
  /// `--workspace` names a file that there is not yet.
  var missingPath: String?
  var memory: [Reading] = []
  /// What answers for the periods that are not loaded.
  var cluster: ClusterData?
  /// What no column could give, of whatever file.
  let damage: DamageLog
  /// In which language a long reading says how far it is; nil with `-q`.
  var progressLanguage: Language?

  init(
    catalog: Catalog, rulebook: [RulebookText]?, loadOptions: LoadOptions, workspace: Workspace?,
    damage: DamageLog
  ) {
    self.catalog = catalog
    self.rulebook = rulebook
    self.loadOptions = loadOptions
    self.workspace = workspace
    self.damage = damage
  }

  /// Everything that is asked, the workspace first.
  func pieces() throws(WorkspaceFault) -> LoadedPieces {
    var pieces = LoadedPieces()
    if let workspace { pieces.add(try workspace.pieces()) }
    // The sample stands in where there is nothing else to ask.
    for reading in memory where cluster == nil || !reading.pieces.allSatisfy(\.isSample) {
      pieces.add(reading.pieces)
    }
    return pieces
  }

  /// Reads files and workspaces, each notice and export apart.
  func read(_ paths: [String]) throws(LoadFailure) -> [Loaded] {
    var pieces: [Loaded] = []
    var files: [String] = []
    for path in paths {
      guard isWorkspace(path) else {
        files.append(path)
        continue
      }
      do throws(WorkspaceFault) {
        pieces += try Workspace.open(path, for: .reading, damage: damage).pieces()
      } catch {
        throw LoadFailure(faults: [error.fault(of: path)], loaded: Loaded())
      }
    }
    if !files.isEmpty {
      pieces += try readFiles(files)
    }
    return pieces
  }

  /// Ctrl-C at the prompt ends it: then nothing has been read.
  private func readFiles(_ files: [String]) throws(LoadFailure) -> [Loaded] {
    let line = ProgressLine(
      language: progressLanguage ?? .english, isWanted: progressLanguage != nil)
    defer { line.erase() }
    var options = loadOptions
    options.monitor = LoadMonitor(isCancelled: { SystemCalls.isInterrupted }) { line.show($0) }
    return try loadPieces(paths: files, into: catalog, options: options)
  }

  /// By the application id; a file of another program is read by its tables.
  private func isWorkspace(_ path: String) -> Bool {
    // What is read from a pipe would be gone.
    guard (try? SystemCalls.status(of: path))?.kind == .regular,
      let file = try? Descriptor(reading: path), let head = try? file.read()
    else { return false }
    return Workspace.isWorkspace(head: head)
  }

  /// Opens the workspace again, which another program or this one has written to.
  mutating func reopen() throws(WorkspaceFault) {
    guard let path = workspace?.path ?? missingPath else { return }
    workspace = try OpenData.workspace(path, damage: damage)
    missingPath = nil
  }

  /// Opens a workspace to be asked. Where a write was interrupted it is first taken back, which
  /// needs the right to write.
  static func workspace(
    _ path: String, patience: Patience = Patience(), damage: DamageLog
  ) throws(WorkspaceFault) -> Workspace {
    do throws(WorkspaceFault) {
      return try Workspace.open(path, for: .reading, patience: patience, damage: damage)
    } catch {
      switch error.reason {
      case .interruptedWrite, .olderSchema:
        _ = try Workspace.open(path, for: .writing, patience: patience)
        return try Workspace.open(path, for: .reading, patience: patience, damage: damage)
      default: throw error
      }
    }
  }
}
