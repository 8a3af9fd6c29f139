// TextMatching.swift: a text and a pattern arrive; whether the one fits the other leaves.

import Syntax

extension TextOperator {
  /// Bytes are compared as they are; `%` and `_` of `like` stand for any text and any character.
  package func holds(_ text: String, _ pattern: String) -> Bool {
    let (bytes, wanted) = (Array(text.utf8), Array(pattern.utf8))
    switch self {
    case .starts: return bytes.starts(with: wanted)
    case .ends:
      return bytes.count >= wanted.count && bytes.suffix(wanted.count).elementsEqual(wanted)
    case .contains:
      guard !wanted.isEmpty, bytes.count >= wanted.count else { return wanted.isEmpty }
      return (0...(bytes.count - wanted.count)).contains {
        bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
      }
    case .like: return matches(Array(text.unicodeScalars), Array(pattern.unicodeScalars))
    }
  }

  /// Greedy with one point to go back to: O(text × pattern), no recursion.
  private func matches(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    var (at, wanted) = (0, 0)
    var retry: (at: Int, wanted: Int)?
    while at < text.count {
      if wanted < pattern.count, pattern[wanted] == "%" {
        retry = (at, wanted)
        wanted += 1
      } else if wanted < pattern.count, pattern[wanted] == "_" || pattern[wanted] == text[at] {
        at += 1
        wanted += 1
      } else if let back = retry {
        retry = (back.at + 1, back.wanted)
        at = back.at + 1
        wanted = back.wanted + 1
      } else {
        return false
      }
    }
    return pattern[wanted...].allSatisfy { $0 == "%" }
  }
}
