// Process.swift: a command arrives; its end, or what went wrong, leaves.
//
// The one file that touches the operating system. `unsafe` marks pointers that live no longer than
// the call they are given to.

import Glibc

/// Starts a program without input, its output thrown away, and waits for it.
func run(_ command: [String], expecting expected: Int32 = 0) throws {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

  var words = unsafe command.map { unsafe strdup($0) } + [nil]
  defer { for place in 0...command.count { unsafe free(words[place]) } }
  var process: pid_t = 0
  guard unsafe posix_spawnp(&process, command[0], &actions, nil, &words, environ) == 0 else {
    throw BenchProblem("\(command[0]) could not be started")
  }
  var status: Int32 = 0
  while unsafe waitpid(process, &status, 0) < 0 && errno == EINTR {}
  guard status == expected << 8 else {
    // The low byte is the signal that ended it, if one did.
    let ending = status & 0x7F == 0 ? "status \(status >> 8)" : "signal \(status & 0x7F)"
    throw BenchProblem("\(command.joined(separator: " ")): ended with \(ending)")
  }
}

func endProcess(status: Int32) -> Never { exit(status) }

/// False when not all bytes could be written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 || errno == EINTR else { return false }
    rest = rest.dropFirst(max(count, 0))
  }
  return true
}

/// A file of a certain name, in a folder of its own, for the time of the body.
func withFile<Result>(
  holding text: String, named name: String, _ body: (String) throws -> Result
) throws -> Result {
  var template = Array("/tmp/tongbao-bench-XXXXXX\0".utf8CString)
  guard unsafe mkdtemp(&template) != nil else { throw BenchProblem("no folder could be made") }
  let folder = String(
    decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { unsafe rmdir(folder) }
  let path = folder + "/" + name
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  guard descriptor >= 0 else { throw BenchProblem("\(path) could not be made") }
  defer { unsafe unlink(path) }
  guard writeAll(Array(text.utf8), to: descriptor), close(descriptor) == 0 else {
    throw BenchProblem("\(path) could not be written")
  }
  return try body(path)
}

/// A file for the time of the body.
func withFile<Result>(
  holding text: String, _ body: (String) throws -> Result
) throws -> Result {
  var template = Array("/tmp/tongbao-bench-XXXXXX.tb\0".utf8CString)
  let descriptor = unsafe mkstemps(&template, 3)
  guard descriptor >= 0 else { throw BenchProblem("no temporary file could be made") }
  let path = String(
    decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { unsafe unlink(path) }
  guard writeAll(Array(text.utf8), to: descriptor), close(descriptor) == 0 else {
    throw BenchProblem("\(path) could not be written")
  }
  return try body(path)
}

func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// Writes the whole file, or says that it could not.
func write(_ bytes: [UInt8], _ path: String) throws {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw BenchProblem("\(path) could not be made") }
  let isWhole = writeAll(bytes, to: descriptor)
  guard close(descriptor) == 0, isWhole else {
    throw BenchProblem("\(path) could not be written")
  }
}

/// nil where it cannot be read, or is no UTF-8.
func text(ofFile path: String) -> String? {
  guard let file = unsafe fopen(path, "re") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe fread(&piece, 1, piece.count, file)
    if count == 0 { break }
    bytes += piece[..<count]
  }
  return String(validating: bytes, as: UTF8.self)
}
