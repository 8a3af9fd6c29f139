// Python.swift: an independent reader for the tests, where the machine has one.

import Glibc

/// The project's folder, from the place of this file in it.
let projectFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  .joined(separator: "/")

/// The exit status of a shell command.
func shellStatus(_ command: String) -> Int32 {
  let status = unsafe system(command)
  return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
}

let hasPython = shellStatus("command -v python3 >/dev/null 2>&1") == 0

/// True if `script`, in which `inputs` is a list of texts, ends without an error for every `count`
/// inputs: one command line takes no more than 128 KiB.
func pythonAccepts(_ inputs: [String], by count: Int, _ script: String) -> Bool {
  stride(from: 0, to: inputs.count, by: count).allSatisfy { start in
    let texts = inputs[start..<min(start + count, inputs.count)].map { text in
      "bytes.fromhex('" + text.utf8.map { hexByte($0) }.joined() + "').decode()"
    }
    let program =
      "import json, csv, io\ninputs = [\(texts.joined(separator: ","))]\n\(script)\n"
    return shellStatus("python3 - >&2 <<'END_OF_SCRIPT'\n\(program)END_OF_SCRIPT") == 0
  }
}

private func hexByte(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
