// DataOpening.swift: checked options arrive; the rulebook, the workspace and the files that they
// name leave as data to be asked, or every fault has been told.

import Catalog
import ClickHouse
import Columns
import Execution
import Loading
import Rendering
import Syntax
import Workspace

struct DataOpening {
  let options: ConsoleOptions
  let environment: ConsoleEnvironment
  let language: Language
  let writer: CheckedWriter
  private let memoryLimitBytes: Int?
  private let damage = DamageLog()

  /// - Throws: what the environment may say, where it says something else.
  init(
    options: ConsoleOptions, environment: ConsoleEnvironment, language: Language,
    writer: CheckedWriter
  ) throws(UsageProblem) {
    memoryLimitBytes = try environment.memoryLimitBytes()
    self.options = options
    self.environment = environment
    self.language = language
    self.writer = writer
  }

  /// nil after every fault has been told.
  func opened() -> OpenData? {
    do throws(WorkspaceFault) {
      return try openedData()
    } catch {
      writer.tell(error.fault(of: namedPath), in: language)
      return nil
    }
  }

  /// The workspace of these options, whether there is one or not.
  private var namedPath: String {
    options.workspacePath ?? environment.workspacePath ?? "workspace.db"
  }

  private func openedData() throws(WorkspaceFault) -> OpenData? {
    let kept = try keptWorkspace()
    guard let (catalog, rulebook) = try rules(of: kept) else { return nil }
    var data = OpenData(
      catalog: catalog, rulebook: rulebook, loadOptions: loadOptions, workspace: kept,
      damage: damage)
    data.progressLanguage = options.isQuiet ? nil : language
    if kept == nil, options.workspacePath != nil || options.keepsData {
      data.missingPath = namedPath
    }
    try checkDataSets(of: data)
    if let addresses = options.clusterAddresses {
      do throws(ClusterFault) {
        let opening = ClusterOpening(
          options: options, environment: environment, language: language)
        data.cluster = try ClusterData(opening.cluster(addresses), for: catalog)
      } catch {
        writer.tell(error, in: language)
        return nil
      }
    }
    do throws(LoadFailure) {
      if !options.data.isEmpty {
        let pieces = try data.read(options.data)
        data.memory = [OpenData.Reading(paths: options.data, pieces: pieces)]
      } else if data.cluster == nil, try isEmpty(data) {
        let sample = try loadSample(catalog: catalog)
        data.memory = [OpenData.Reading(paths: [], pieces: [sample])]
      }
      return data
    } catch {
      writer.tell(error, in: language)
      return nil
    }
  }

  /// The sample stands in where nobody has named anything.
  private func isEmpty(_ data: OpenData) throws(LoadFailure) -> Bool {
    guard options.workspacePath == nil, let workspace = data.workspace else {
      return options.workspacePath == nil
    }
    return (try? workspace.editions().isEmpty) ?? true
  }

  /// - Throws: `.missing` where `--workspace` names a file that nothing is about to make.
  private func keptWorkspace() throws(WorkspaceFault) -> Workspace? {
    guard let path = options.workspacePath else {
      // DATA takes the place of the default workspace.
      guard options.data.isEmpty || options.keepsData, let path = environment.workspacePath,
        (try? SystemCalls.status(of: path))?.kind == .regular
      else { return nil }
      return try OpenData.workspace(path, patience: patience, damage: damage)
    }
    guard (try? SystemCalls.status(of: path))?.kind == .missing else {
      return try OpenData.workspace(path, patience: patience, damage: damage)
    }
    guard options.keepsData || mayMakeWorkspace else { throw WorkspaceFault(.missing) }
    return nil
  }

  /// Whether a `.load` or `.keep` may come.
  private var mayMakeWorkspace: Bool {
    if options.work.isEmpty { return SystemCalls.isTerminal(0) }
    return options.goesOnAtPrompt
      || options.work.contains { work in
        guard case .statements(let text) = work, let call = CommandCall(text),
          case .command(let command) = DotCommand.named(call.name)
        else { return false }
        return ["load", "keep"].contains(command.english)
      }
  }

  /// Waits for another program that writes, and says so once.
  private var patience: Patience { Patience.telling(in: language) }

  var loadOptions: LoadOptions {
    var result = LoadOptions()
    result.encoding = TextEncoding(options.encoding)
    result.keepsUnknown = options.keepsUnknownMembers
    result.skipsBadRows = options.skipsBadRows
    result.memoryLimitBytes = memoryLimitBytes
    if let salt = SystemCalls.environment("TONGBAO_SALT"), !salt.isEmpty {
      result.salt = Array(salt.utf8)
    }
    return result
  }

  // MARK: - The rulebook

  /// `--rules`, else what the workspace was loaded with, else the built-in one.
  func rules(
    of workspace: Workspace?
  ) throws(WorkspaceFault) -> (Catalog, [RulebookText]?)? {
    var files: [RulebookFile]?
    if let folder = options.rulebookFolder {
      do throws(ScriptProblem) {
        files = try rulebookFiles(in: folder)
      } catch {
        writer.report(error.line(naming: folder, in: language) + "\n")
        return nil
      }
    } else if let recorded = try workspace?.rulebook() {
      files = recorded.map { RulebookFile(name: $0.name, text: $0.text) }
    }
    let read = files ?? builtInRulebook()
    let built = buildCatalog(from: read)
    guard built.problems.isEmpty else {
      for problem in built.problems.prefix(20) {
        let source = read.first { $0.name == problem.file }?.text
        writer.report(
          renderDiagnostic(
            problem.diagnostic, source: source, place: .batch(name: problem.file, line: 1),
            language: language))
      }
      return nil
    }
    return (built.catalog, files?.map { RulebookText(name: $0.name, text: $0.text) })
  }

  /// Other rules must know every data set that the workspace has: what they lack would be asked for
  /// in vain.
  private func checkDataSets(of data: OpenData) throws(WorkspaceFault) {
    guard options.rulebookFolder != nil, let workspace = data.workspace else { return }
    let kept = try workspace.pieces().flatMap(\.store.partitions).map(\.dataset)
    guard let unknown = kept.first(where: { data.catalog.dataset(named: $0) == nil }) else {
      return
    }
    throw WorkspaceFault(.otherRules(dataset: unknown))
  }
}

extension Patience {
  /// Says once, past the writer, that somebody else is writing: the wait is amid a call.
  static func telling(in language: Language) -> Patience {
    var patience = Patience()
    patience.tell = {
      let text = Bilingual(
        "another program is writing to the workspace; waiting …\n", "另一程序正在写入工作区，等待……\n")
      try? Descriptor.write(Array(text[language].utf8), to: 2)
    }
    return patience
  }
}

extension TextEncoding {
  fileprivate init(_ option: InputEncoding) {
    switch option {
    case .auto: self = .auto
    case .utf8: self = .utf8
    case .gb18030: self = .gb18030
    case .utf16: self = .utf16
    }
  }
}
