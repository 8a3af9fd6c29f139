// BuiltProduct.swift: where the programs of this package lie that a test starts, and folders of its
// own.

import CPty
import Glibc

/// The path of a program that was built together with the running test.
package func builtProduct(_ name: String) -> String {
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
  let bytes = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
  // The runner lies beside the programs, or is named by its first argument.
  for candidate in [String(decoding: bytes, as: UTF8.self)] + CommandLine.arguments {
    guard let slash = candidate.lastIndex(of: "/") else { continue }
    let path = candidate[...slash] + name
    if unsafe access(String(path), X_OK) == 0 { return String(path) }
  }
  return name
}

/// A folder that goes away with its owner.
package final class TemporaryFolder {
  package let path: String

  package init() {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/tongbao-test-XXXXXX").utf8CString)
    path = unsafe mkdtemp(&template).map { unsafe String(cString: $0) } ?? parent
  }

  deinit {
    _ = unsafe cpty_remove_tree(path)
  }

  package func file(_ name: String) -> String { path + "/" + name }

  package func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  package func write(_ bytes: [UInt8], to name: String) {
    guard let file = unsafe fopen(file(name), "w") else { return }
    _ = unsafe fwrite(bytes, 1, bytes.count, file)
    _ = unsafe fclose(file)
  }

  package func link(_ target: String, at name: String) {
    _ = unsafe symlink(file(target), file(name))
  }

  /// nil when there is no such file.
  package func text(of name: String) -> String? {
    bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// nil when there is no such file.
  package func bytes(of name: String) -> [UInt8]? {
    guard let file = unsafe fopen(file(name), "r") else { return nil }
    defer { _ = unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The permission bits; nil when there is no such file.
  package func mode(of name: String) -> UInt32? {
    var status = stat()
    guard unsafe lstat(file(name), &status) == 0 else { return nil }
    return status.st_mode & 0o7777
  }
}
