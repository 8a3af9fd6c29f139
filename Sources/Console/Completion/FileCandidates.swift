// FileCandidates.swift: a path typed so far arrives; the files and folders that it may become
// leave.

import Syntax

/// The names in the folder of a path being typed.
struct FileCandidates {
  /// From the first byte of the path, its quote included.
  let range: Range<Int>
  /// The name behind the last `/`.
  let typed: String
  let list: [Candidate]

  /// - Parameter lower: where the path begins in `before`, if it has been begun.
  init(in before: String, from lower: Int) {
    let end = before.utf8.count
    let written = before.slice(SourceRange(lower, end))
    let quote = written.first.flatMap { "'\"".contains($0) ? $0 : nil }
    let path = quote == nil ? written : String(written.dropFirst())
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    range = lower..<end
    typed = String(path.dropFirst(folder.count))
    let showsHidden = typed.hasPrefix(".")
    let names = (try? SystemCalls.names(in: folder.isEmpty ? "." : folder)) ?? []
    list = names.filter { $0.hasPrefix(".") == showsHidden }.map { name in
      let isFolder = (try? SystemCalls.status(of: folder + name).kind) == .folder
      let whole = folder + name + (isFolder ? "/" : "")
      let needsQuotes = quote != nil || whole.contains { $0.isWhitespace || ";；'\"".contains($0) }
      // A quote is closed behind a file; a folder is gone on with.
      let mark = quote.map(String.init) ?? (whole.contains("'") ? "\"" : "'")
      let spelled = needsQuotes ? mark + whole + (isFolder ? "" : mark) : whole
      return Candidate(
        name + (isFolder ? "/" : ""), insertion: spelled, ending: isFolder ? "" : " ")
    }
  }

  /// Where the path at the end of a text begins: behind the last blank, or at an open quote.
  static func start(in before: String) -> Int {
    var start = 0
    var quote: UInt8?
    for (offset, byte) in before.utf8.enumerated() {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: " ") || byte == 0x0A {
        start = offset + 1
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      }
    }
    return start
  }
}
