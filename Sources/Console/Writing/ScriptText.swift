// ScriptText.swift: the bytes of a script or of standard input arrive, text leaves, or the place of
// the first byte that is none (console.md 11.1).

import Catalog
import Rendering
import Syntax

/// Why a script could not be read.
package enum ScriptProblem: Error, Sendable, Hashable {
  case system(SystemError)
  /// Not UTF-8; counted from 0.
  case invalidByte(offset: Int)
  /// Longer than a script may be; the limit in bytes.
  case tooLong(limit: Int)
}

package let scriptByteLimit = 16 << 20

/// The script of a file.
package func scriptText(ofFile path: String) throws(ScriptProblem) -> String {
  let bytes: [UInt8]
  do throws(SystemError) {
    guard try SystemCalls.status(of: path).kind != .folder else { throw SystemError.isFolder }
    let file = try Descriptor(reading: path)
    bytes = try wholeInput { () throws(SystemError) in try file.read() }
  } catch { throw .system(error) }
  return try scriptText(bytes)
}

/// The statements of standard input, to its end.
package func scriptTextOfStandardInput() throws(ScriptProblem) -> String {
  let bytes: [UInt8]
  do throws(SystemError) {
    bytes = try wholeInput { () throws(SystemError) in
      try Descriptor.read(from: 0, atMost: 65_536)
    }
  } catch { throw .system(error) }
  return try scriptText(bytes)
}

/// Everything up to the end, or a little more than a script may have.
private func wholeInput(_ next: () throws(SystemError) -> [UInt8]) throws(SystemError) -> [UInt8] {
  var bytes: [UInt8] = []
  while bytes.count <= scriptByteLimit {
    let more = try next()
    if more.isEmpty { break }
    bytes += more
  }
  return bytes
}

/// The text of some bytes; a byte order mark at the beginning is passed over.
func scriptText(_ bytes: [UInt8]) throws(ScriptProblem) -> String {
  guard bytes.count <= scriptByteLimit else { throw .tooLong(limit: scriptByteLimit) }
  let markCount = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  guard let text = String(validating: bytes[markCount...], as: UTF8.self) else {
    throw .invalidByte(offset: firstInvalidOffset(in: bytes))
  }
  return text
}

private func firstInvalidOffset(in bytes: [UInt8]) -> Int {
  var rest = bytes[...]
  while case .scalar(_, let count) = decodeScalar(rest) { rest = rest.dropFirst(count) }
  return rest.startIndex
}

extension ScriptProblem {
  /// C04, which names the script and what to do.
  func diagnostic(naming name: String) -> Diagnostic {
    let message: Bilingual
    switch self {
    case .system(let problem):
      let reason = problem.text
      message = Bilingual(
        "\(name) cannot be read: \(reason.english)", "无法读取 \(name)：\(reason.chinese)")
    case .invalidByte(let offset):
      message = Bilingual(
        "\(name) is not UTF-8 at byte \(offset); save it as UTF-8 and run it again",
        "\(name) 第 \(offset) 字节起不是 UTF-8，请另存为 UTF-8 后再执行")
    case .tooLong(let limit):
      message = Bilingual(
        "\(name) is longer than \(limit) bytes; split it", "\(name) 超过 \(limit) 字节，请拆分")
    }
    return Diagnostic("C04", at: nil, message)
  }

  /// The diagnostic as one line.
  package func line(naming name: String, in language: Language) -> String {
    let text = renderDiagnostic(
      diagnostic(naming: name), source: nil, place: .prompt, language: language)
    return String(text.dropLast())
  }
}

/// Every `*.tb` and `*.csv` file of a rulebook's folder, in name order.
package func rulebookFiles(in folder: String) throws(ScriptProblem) -> [RulebookFile] {
  let names: [String]
  do throws(SystemError) {
    names = try SystemCalls.names(in: folder)
  } catch {
    throw .system(error)
  }
  var files: [RulebookFile] = []
  for name in names.sorted() where name.hasSuffix(".tb") || name.hasSuffix(".csv") {
    files.append(RulebookFile(name: name, text: try scriptText(ofFile: folder + "/" + name)))
  }
  return files
}
