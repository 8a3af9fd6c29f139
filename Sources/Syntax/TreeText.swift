// TreeText.swift: a tree or its tokens arrive; text for the eye leaves (`.stage tree`, `.stage
// tokens`).
//
// The tree is printed by reflection, so a new kind of node appears here without being listed.
// Places are left out: two sentences with one meaning print alike.

/// A statement as an indented tree.
package func treeText(of statement: StatementSyntax) -> String {
  var printer = TreePrinter()
  printer.describe(statement.kind, label: nil, depth: 0)
  return printer.lines.joined(separator: "\n")
}

/// A question as an indented tree.
package func treeText(of question: QuestionSyntax) -> String {
  var printer = TreePrinter()
  printer.describe(question, label: "query", depth: 0)
  return printer.lines.joined(separator: "\n")
}

/// Tokens one a line: where, what, and the text as typed.
package func tokenText(of tokens: [Token], in source: String) -> String {
  tokens.map { token in
    let place = "\(token.range.lower)..<\(token.range.upper)"
    let padding = String(repeating: " ", count: max(1, 12 - place.count))
    let text = Diagnostic.excerpt(source.slice(token.range))
    return place + padding + token.kind.title + (text.isEmpty ? "" : " `\(text)`")
  }.joined(separator: "\n")
}

extension Token.Kind {
  fileprivate var title: String {
    switch self {
    case .keyword(let word, _): "keyword \(word)"
    case .name: "name"
    case .bracketedName: "bracketed name"
    case .text: "text"
    case .number(let number): "\(number.form) number"
    case .period(let period): "period \(TreePrinter.period(period))"
    case .parameter: "parameter"
    case .path: "path"
    case .mark(let mark): "mark \(mark)"
    case .newline: "newline"
    case .blank: "blank"
    case .comment: "comment"
    case .unknown: "unknown"
    case .end: "end"
    }
  }
}

private struct TreePrinter {
  var lines: [String] = []

  /// Prints a value as one line, or as a line and its children below.
  mutating func describe(_ value: Any, label: String?, depth: Int) {
    guard let value = Self.unwrapped(value) else { return }
    let start = label.map { $0 + " " } ?? ""
    if let leaf = Self.leaf(value) { return add(start + leaf, depth) }
    let mirror = Mirror(reflecting: value)
    let children = mirror.children.filter { !($0.value is SourceRange) && Self.isPresent($0.value) }
    switch mirror.displayStyle {
    case .collection: printList(children.map(\.value), label: label, depth: depth)
    case .enum: printCase(value, children.first, start: start, depth: depth)
    case .tuple where children.count == 1, .struct where children.count == 1:
      // A wrapper around one thing says nothing by itself.
      if let only = children.first {
        describe(only.value, label: label ?? only.label, depth: depth)
      }
    case .struct where Self.kind(of: children) != nil && children.count == 1,
      .struct where children.first?.label == "kind":
      printFields(children, label: label, depth: depth)
    default: printFields(children, label: label, depth: depth)
    }
  }

  private mutating func printFields(
    _ children: [Mirror.Child], label: String?, depth: Int
  ) {
    var inner = depth
    if let label {
      add(label, depth)
      inner += 1
    }
    for child in children { describe(child.value, label: Self.shown(child.label), depth: inner) }
  }

  private mutating func printList(_ elements: [Any], label: String?, depth: Int) {
    let leaves = elements.compactMap(Self.leaf)
    if leaves.count == elements.count {
      return add((label.map { $0 + " " } ?? "") + leaves.joined(separator: ", "), depth)
    }
    var inner = depth
    if let label {
      add(label, depth)
      inner += 1
    }
    for element in elements { describe(element, label: "-", depth: inner) }
  }

  private mutating func printCase(
    _ value: Any, _ payload: Mirror.Child?, start: String, depth: Int
  ) {
    guard let payload else { return add(start + "\(value)", depth) }
    describe(payload.value, label: start + (payload.label ?? "\(value)"), depth: depth)
  }

  private mutating func add(_ line: String, _ depth: Int) {
    lines.append(String(repeating: "  ", count: depth) + line)
  }

  // MARK: - Values

  private static func kind(of children: [Mirror.Child]) -> Any? {
    children.first { $0.label == "kind" }?.value
  }

  /// Unlabelled parts of a case are numbered `.0`, `.1`; the number says nothing.
  private static func shown(_ label: String?) -> String? {
    guard let label, label != "kind", !label.hasPrefix(".") else { return "-" }
    return label
  }

  private static func unwrapped(_ value: Any) -> Any? {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return mirror.children.first.map(\.value)
  }

  /// Whether there is anything to print: no nil, no empty list.
  private static func isPresent(_ value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .collection: return !mirror.children.isEmpty
    default: return true
    }
  }

  private static func leaf(_ value: Any) -> String? {
    switch value {
    case let name as Name: name.isBracketed ? "[\(name.text)]" : name.text
    case let text as TextSyntax: "'\(text.text)'"
    case let number as NumberSyntax: self.number(number)
    case let period as PeriodLiteral: self.period(period)
    case let text as String: text
    case let number as Int: String(number)
    case let number as Int64: String(number)
    case let flag as Bool: flag ? "yes" : "no"
    case let comparison as Comparison: comparison.rawValue
    default: plainCase(value)
    }
  }

  /// A case without anything in it.
  private static func plainCase(_ value: Any) -> String? {
    let mirror = Mirror(reflecting: value)
    return mirror.displayStyle == .enum && mirror.children.isEmpty ? "\(value)" : nil
  }

  private static func number(_ number: NumberSyntax) -> String {
    SentencePrinter(.english, .asTyped, introducing: []).number(number)
  }

  static func period(_ period: PeriodLiteral) -> String {
    func year(_ year: Int?) -> String { year.map { String($0) } ?? "" }
    return switch period {
    case .year(let number): String(number)
    case .half(let number, let half): year(number) + "H\(half)"
    case .quarter(let number, let quarter): year(number) + "Q\(quarter)"
    case .month(let number, let month): year(number) + "-\(month)"
    }
  }
}
