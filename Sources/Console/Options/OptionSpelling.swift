// OptionSpelling.swift: the words of a command line are checked before they are parsed, so that
// every mistake is one line in the reader's language.

/// The names of one option, and whether the next word belongs to it.
package struct OptionSpelling: Sendable {
  enum Value: Sendable {
    case none
    /// The next word, unless it looks like an option.
    case next
    /// The next word, whatever it looks like: a sentence may begin with `-`.
    case anyNext
  }
  package var names: [String]
  var value: Value

  init(_ names: String..., value: Value = .none) {
    self.names = names
    self.value = value
  }

  /// The options of console.md 2.2 in its order, then those the parser brings.
  package static let all: [OptionSpelling] = [
    OptionSpelling("-c", value: .anyNext), OptionSpelling("-f", value: .next),
    OptionSpelling("-i"), OptionSpelling("-m", value: .next), OptionSpelling("-o", value: .next),
    OptionSpelling("--replace"), OptionSpelling("--append"), OptionSpelling("-q"),
    OptionSpelling("--header", value: .next), OptionSpelling("--no-header"),
    OptionSpelling("--null", value: .anyNext), OptionSpelling("--printed"),
    OptionSpelling("--raw-cells"), OptionSpelling("--bom"),
    OptionSpelling("--color", value: .next), OptionSpelling("--width", value: .next),
    OptionSpelling("--ambiguous", value: .next),
    OptionSpelling("--pager", value: .next), OptionSpelling("--safe"),
    OptionSpelling("--no-headline"), OptionSpelling("--no-notes"), OptionSpelling("--timing"),
    OptionSpelling("--lang", value: .next), OptionSpelling("--set", value: .next),
    OptionSpelling("--rules", value: .next), OptionSpelling("--encoding", value: .next),
    OptionSpelling("--limit-rows", value: .next), OptionSpelling("--keep-going"),
    OptionSpelling("--check"),
    OptionSpelling("--errors", value: .next), OptionSpelling("--echo"),
    OptionSpelling("--report", value: .next),
    OptionSpelling("--watch", value: .next), OptionSpelling("--init", value: .next),
    OptionSpelling("--no-init"), OptionSpelling("--strict"), OptionSpelling("--gb18030"),
    OptionSpelling("--history", value: .next), OptionSpelling("--workspace", value: .next),
    OptionSpelling("--keep"), OptionSpelling("--keep-unknown"),
    OptionSpelling("--skip-bad-rows"), OptionSpelling("--inspect"),
    OptionSpelling("--clickhouse", value: .next), OptionSpelling("--push", value: .next),
    OptionSpelling("--remove", value: .next), OptionSpelling("--partial"),
    OptionSpelling("--timeout", value: .next), OptionSpelling("--ca", value: .next),
    OptionSpelling("--insecure"), OptionSpelling("--version"),
    OptionSpelling("--help", "-h"),
    OptionSpelling("--generate-completion-script", value: .next),
  ]

  static func named(_ name: some StringProtocol) -> OptionSpelling? {
    all.first { $0.names.contains { $0 == name } }
  }
}

/// Throws for the first word that is no option, lacks its value, or is a bare `-` among the data.
package func checkSpelling(of words: [String]) throws(UsageProblem) {
  var index = 0
  while index < words.count {
    let word = words[index]
    index += 1
    if word == "--" { return }
    if word == "-" {
      throw UsageProblem(
        "- is no data file: standard input holds statements (-f - runs them)",
        "- 不是数据文件：标准输入只用来读语句（用 -f - 运行）")
    }
    guard word.hasPrefix("-") else { continue }
    guard let value = try valueForm(of: word) else { continue }
    guard index < words.count else { throw .missingValue(of: word) }
    let next = words[index]
    if value == .next, next.hasPrefix("-"), next != "-" { throw .missingValue(of: word) }
    index += 1
  }
}

/// Whether the word after this option belongs to it; nil where none does.
private func valueForm(of word: String) throws(UsageProblem) -> OptionSpelling.Value? {
  let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  let isLong = word.hasPrefix("--")
  let name = isLong ? parts[0] : Substring(word)
  if let option = OptionSpelling.named(name) {
    if option.value == .none {
      guard !isLong || parts.count == 1 else {
        throw UsageProblem("\(name) takes no value", "\(name) 不带取值")
      }
      return nil
    }
    return isLong && parts.count == 2 ? nil : option.value
  }
  if !isLong { try checkLetters(word) }
  if !isLong, word.dropFirst().allSatisfy({ isFlag($0) }) { return nil }
  let names = OptionSpelling.all.flatMap(\.names)
  // A letter is not near to a word: `-x` is compared with the letters, `--x` with the words.
  let alike = names.filter { $0.hasPrefix("--") == (word.count > 2) }
  let nearest = nearestName(to: String(name), among: alike) ?? "--help"
  throw .unknownOption(visible(String(name)), nearest: nearest)
}

private func isFlag(_ letter: Character) -> Bool {
  OptionSpelling.named("-\(letter)")?.value == OptionSpelling.Value.none
}

/// `-mcsv` and `-qm csv` are refused with the way to write them.
private func checkLetters(_ word: String) throws(UsageProblem) {
  for letter in word.dropFirst() {
    guard let option = OptionSpelling.named("-\(letter)") else { return }
    guard option.value != .none else { continue }
    throw UsageProblem(
      "\(visible(word)): write -\(letter) alone and its value as the next word",
      "\(visible(word))：-\(letter) 要单独写，取值另写一个词")
  }
}
