// SafeFiles.swift: a path that something is to be written to arrives; with --safe only those below
// the working folder pass (O02).

import Planning
import Rendering
import Syntax

extension Batch {
  /// - Throws: O02 for a path outside the working folder where only those inside are allowed.
  func checkPlace(of path: String, at range: SourceRange) throws(PlanningFault) {
    guard options.isSafe, !liesBelowWorkingFolder(path) else { return }
    let shown = terminalSafe(path)
    throw .wrong(
      Diagnostic(
        "O02", at: range,
        Bilingual("\(shown) is outside the output folder", "\(shown)不在输出目录内"),
        hints: [
          Bilingual(
            "with --safe files are written below the working folder only", "--safe 下只能写到当前文件夹以下")
        ]))
  }
}

/// Links are followed first. Where the folder cannot be looked at, nothing lies below it.
func liesBelowWorkingFolder(_ path: String) -> Bool {
  guard let here = try? SystemCalls.resolved("."),
    let folder = try? SystemCalls.resolved(folderName(of: path))
  else { return false }
  let name = lastName(of: path)
  return name != "" && name != ".." && (folder == here || folder.hasPrefix(here + "/"))
}
