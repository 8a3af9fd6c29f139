// Shell.swift: a command line arrives; what it printed and its exit status leave.

import Glibc

package struct ShellResult: Sendable, Hashable {
  /// Bytes that are no UTF-8 are replaced: a test then compares and fails, and says so readably.
  package var output: String
  /// -1 when the command could not be started or ended by a signal.
  package var status: Int32
}

/// Runs a command by `sh -c` and waits for its end; its standard error is the test's own.
package func runShell(_ command: String) -> ShellResult {
  // `e`: tests run side by side, and a pipe inherited by another child would never end.
  guard let pipe = unsafe popen(command, "re") else { return ShellResult(output: "", status: -1) }
  let bytes = unsafe allBytes(of: pipe)
  let status = unsafe pclose(pipe)
  return ShellResult(
    output: String(decoding: bytes, as: UTF8.self),
    status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
}
