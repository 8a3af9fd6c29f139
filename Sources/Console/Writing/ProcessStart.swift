// ProcessStart.swift: the first and the last thing the process does around any work.

import Syntax

package let versionText = "0.1.0"

/// Begins the process, runs `work`, and ends it with the status that work and writer come to.
///
/// The temporary files of batch work are removed by every signal that ends the process; the console
/// puts its own handlers in place when it opens the prompt.
package func runProcess(
  language: Language, _ work: (CheckedWriter) -> Int32
) -> Never {
  SystemCalls.reserveStandardDescriptors()
  SystemCalls.handleBatchSignals()
  let writer = CheckedWriter()
  let status = work(writer)
  SystemCalls.endProcess(status: writer.finish(status: status, language: language))
}
