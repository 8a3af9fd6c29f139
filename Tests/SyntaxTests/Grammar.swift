// Grammar.swift: the text of grammar/tongbao.ebnf arrives; its rules leave as values.

struct Grammar: Sendable {
  indirect enum Expression: Sendable, Hashable {
    case keyword(String)
    case mark(String)
    case token(String)
    case rule(String)
    case sequence([Expression])
    case choice([Expression])
    case optional(Expression)
    case repeated(Expression)
  }

  private(set) var names: [String] = []
  private(set) var rules: [String: Expression] = [:]
  /// Each rule as text, with single blanks.
  private(set) var texts: [String: String] = [:]

  static let file: Grammar? = ProjectFile.text("grammar/tongbao.ebnf").map(Grammar.init)

  init(_ text: String) {
    var words = Self.words(of: text)[...]
    while let name = words.first, words.dropFirst().first == "=" {
      words = words.dropFirst(2)
      let start = words
      rules[name] = Self.choice(&words)
      let body = start[..<words.startIndex]
      words = words.dropFirst()
      names.append(name)
      texts[name] = ([name, "="] + body + [";"]).joined(separator: " ")
    }
  }

  /// Blank-separated words; a quoted word is one, comments are left out.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("(*"), let end = rest.range(of: "*)") {
        rest = rest[end...]
      } else if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
        words.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else if "()[]{}|=;,".contains(first) {
        words.append(String(first))
        rest = rest.dropFirst()
      } else {
        let word = rest.prefix { $0.isLetter || $0.isNumber }
        words.append(String(word))
        rest = rest.dropFirst(max(1, word.count))
      }
    }
    return words
  }

  private static func choice(_ words: inout ArraySlice<String>) -> Expression {
    var parts = [sequence(&words)]
    while words.first == "|" {
      words = words.dropFirst()
      parts.append(sequence(&words))
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private static func sequence(_ words: inout ArraySlice<String>) -> Expression {
    var parts: [Expression] = []
    while let word = words.first, ![")", "]", "}", "|", ";"].contains(word) {
      words = words.dropFirst()
      switch word {
      case "(", "[", "{":
        let inner = choice(&words)
        words = words.dropFirst()
        parts.append(word == "(" ? inner : word == "[" ? .optional(inner) : .repeated(inner))
      default: parts.append(atom(word))
      }
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private static func atom(_ word: String) -> Expression {
    guard word.hasPrefix("\"") else {
      return word.allSatisfy(\.isUppercase) ? .token(word) : .rule(word)
    }
    let inner = String(word.dropFirst().dropLast())
    return inner.allSatisfy { $0.isLetter || $0 == " " } ? .keyword(inner) : .mark(inner)
  }

  /// The rules that stand in the comments of the parser, each with the line of code below.
  static func rulesInComments(of source: String) -> [(name: String, text: String, below: String)] {
    var found: [(name: String, text: String, below: String)] = []
    var open: String?
    var waiting: [Int] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let code = line.drop { $0 == " " }
      guard code.hasPrefix("///") else {
        for position in waiting { found[position].below = String(code) }
        waiting.removeAll()
        continue
      }
      let comment = code.dropFirst(3)
      guard comment.hasPrefix("     ") else {
        open = nil
        continue
      }
      let text = (open.map { $0 + " " } ?? "") + words(of: String(comment)).joined(separator: " ")
      guard text.hasSuffix(";") else {
        open = text
        continue
      }
      open = nil
      waiting.append(found.count)
      found.append((String(text.prefix { $0 != " " }), text, ""))
    }
    return found
  }

  /// All keywords of the rules.
  var keywords: Set<String> {
    var found: Set<String> = []
    for rule in rules.values { Self.collect(rule, into: &found) }
    return found
  }

  private static func collect(_ expression: Expression, into found: inout Set<String>) {
    switch expression {
    case .keyword(let word): found.insert(word)
    case .sequence(let parts), .choice(let parts):
      for part in parts { collect(part, into: &found) }
    case .optional(let inner), .repeated(let inner): collect(inner, into: &found)
    default: break
    }
  }
}

extension Substring {
  /// Where a short text ends in this one.
  fileprivate func range(of text: String) -> Index? {
    var position = startIndex
    while position < endIndex {
      if self[position...].hasPrefix(text) { return index(position, offsetBy: text.count) }
      position = index(after: position)
    }
    return nil
  }
}
