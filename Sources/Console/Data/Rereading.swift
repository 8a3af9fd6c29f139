// Rereading.swift: files that were read into memory have changed; what they say now is asked.

import Loading
import Syntax
import Workspace

extension OpenData {
  /// Every file and folder that was read into memory.
  var readPaths: [String] { memory.flatMap(\.paths) }
}

extension Batch {
  /// Reads the files in memory anew; after a fault, which is told, everything is as it was.
  mutating func readAgain() -> Bool {
    var fresh = data
    let start = SystemCalls.monotonicNanoseconds
    do throws(LoadFailure) {
      for index in fresh.memory.indices where !fresh.memory[index].paths.isEmpty {
        fresh.memory[index].pieces = try fresh.read(fresh.memory[index].paths)
      }
    } catch {
      if isStopped(since: start, session.language) { return false }
      writer.tell(error, in: session.language)
      return false
    }
    do throws(WorkspaceFault) {
      session.ask(try fresh.pieces())
    } catch {
      reportFault(error, of: fresh.workspace?.path ?? "")
      return false
    }
    data = fresh
    return true
  }
}

extension CheckedWriter {
  /// The faults of files that could not be read: at most ten, then a count.
  func tell(_ failure: LoadFailure, in language: Language) {
    for fault in failure.faults.prefix(10) { tell(fault, in: language) }
    if failure.faults.count > 10 {
      let rest = failure.faults.count - 10
      report(Bilingual("… and \(counted(rest, "more fault"))\n", "……另有 \(rest) 处错误\n")[language])
    }
  }
}
