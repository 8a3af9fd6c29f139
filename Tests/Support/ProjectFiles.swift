// ProjectFiles.swift: paths inside the project arrive; the texts of its files leave.
//
// Paths are relative to the project's folder, so that a finding reads the same on every machine.

import Glibc

/// The project's folder, from the place of this file in it.
package let projectFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  .dropLast(3).joined(separator: "/")

package enum ProjectFiles {
  /// nil when there is no such file, or when its bytes are no UTF-8 text.
  package static func text(_ path: String) -> String? {
    guard let bytes = bytes(path), !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// nil when there is no such file.
  package static func bytes(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(absolute(path), "re") else { return nil }
    defer { unsafe fclose(file) }
    return unsafe allBytes(of: file)
  }

  /// Writes the whole file; false when that failed.
  package static func write(_ text: String, to path: String) -> Bool {
    guard let file = unsafe fopen(absolute(path), "we") else { return false }
    let bytes = Array(text.utf8)
    let count = unsafe fwrite(bytes, 1, bytes.count, file)
    return unsafe fclose(file) == 0 && count == bytes.count
  }

  /// Every file below a folder of the project, in byte order: what a build or git itself leaves
  /// there is not the project's.
  package static func list(below folder: String = ".") -> [String] {
    let find = """
      cd "\(projectFolder)" && find \(folder) \\
        \\( -name '.build*' -o -name .git -o -name __pycache__ -o -name .swiftpm \\) -prune \\
        -o -type f ! -name Package.resolved ! -name '*.db' ! -name '*.tmp-*' -print | LC_ALL=C sort
      """
    return runShell(find).output.split(separator: "\n").map { path in
      String(path.hasPrefix("./") ? path.dropFirst(2) : path)
    }
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : projectFolder + "/" + path
  }
}

/// Reads to the end of an open stream.
@unsafe func allBytes(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}
