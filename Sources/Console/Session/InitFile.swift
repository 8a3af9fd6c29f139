// InitFile.swift: the init file and the saved questions are run before anything else: at the prompt
// always, in batch only with --init (console.md 2.2, 7).

import Syntax

extension Batch {
  /// The files that every prompt begins with: what was saved, and the person's own settings.
  mutating func runUsualFiles() {
    guard let folder = environment.configurationFolder else { return }
    var paths = [joinedPath(folder, "saved.tb")]
    if options.readsInitFile, options.initFile == nil {
      paths.append(joinedPath(folder, "init.tb"))
    }
    for path in paths where (try? SystemCalls.status(of: path))?.kind != .missing {
      _ = runInitFile(path)
    }
  }

  /// Statements, and commands that may stand in a batch; false after a fault. Results are not
  /// shown: nobody has asked.
  mutating func runInitFile(_ path: String) -> Bool {
    let source: String
    do throws(ScriptProblem) {
      source = try scriptText(ofFile: path)
    } catch {
      report(error, naming: path)
      status = max(status, 3)
      return false
    }
    let wasPrompt = isPrompt
    isPrompt = false
    defer { isPrompt = wasPrompt }
    var isGood = true
    for piece in pieces(of: source) where isGood {
      _ = captured { batch in
        if let call = CommandCall(piece) {
          isGood = batch.run(call, named: path) != .failed
        } else {
          isGood = batch.run(piece, named: path)
        }
      }
    }
    return isGood
  }

  /// Runs of statements, and each command line by itself. Lines before a piece become empty lines,
  /// so that faults keep their line numbers.
  private func pieces(of source: String) -> [String] {
    var pieces: [String] = []
    var lines: [Substring] = []
    var passedCount = 0
    func close() {
      guard !lines.isEmpty else { return }
      pieces.append(String(repeating: "\n", count: passedCount) + lines.joined(separator: "\n"))
      passedCount += lines.count
      lines = []
    }
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if CommandCall(String(line)) != nil {
        close()
        pieces.append(String(repeating: "\n", count: passedCount) + line)
        passedCount += 1
      } else {
        lines.append(line)
      }
    }
    close()
    return pieces
  }
}
