// ProgramRun.swift: the words behind `tongbao` arrive, as a shell reads them; what it wrote and its
// status leave.

import Support

/// One run of the program in a folder of its own, in pipes.
struct ProgramRun {
  let status: Int32
  let bytes: [UInt8]
  let errors: String
  var output: String { String(decoding: bytes, as: UTF8.self) }
  var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
  var errorLines: [String] {
    errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// - Parameters:
  ///   - before: what the shell does first, such as what is piped into the program.
  ///   - folder: where it runs, and its home.
  init(_ words: String, before: String = "", in folder: TemporaryFolder = TemporaryFolder()) {
    let script = """
      cd '\(folder.path)'
      { \(before) '\(builtProduct("tongbao"))' \(words); } >.out 2>.err
      """
    let home = "HOME='\(folder.path)' LC_ALL=C.UTF-8 LANG=en_US.UTF-8"
    folder.write(script, to: ".run.sh")
    let input = before.isEmpty ? "</dev/null" : ""
    status = runShell("\(home) sh '\(folder.path)/.run.sh' \(input)").status
    bytes = folder.bytes(of: ".out") ?? []
    errors = folder.text(of: ".err") ?? ""
  }
}
