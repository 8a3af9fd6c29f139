// MemberNames.swift: names as printed become the members they name, remembered for the notice.
//
// Members belong to an issuer: a notice of another county gets its names as printed, and each
// becomes a new member (domain.md 3). A known issuer's unknown name is kept too, and told (R32).

import Catalog
import Syntax

struct MemberNames {
  /// A name of the notice, once for each way it is printed.
  struct Spelling {
    var printed: String
    var canonical: String
    var file: Int
    var line: Int
    /// Stands in a table, not only in running text.
    var isInTable: Bool
    var isKnown: Bool
    /// A name that the member, or one it took over, had for a time.
    var isFormer: Bool
  }

  let dimension: Dimension?
  /// false: no look-up at all.
  let looksUp: Bool
  private let words: NoticeVocabulary
  private var byName = ByteDictionary(capacity: 128)
  private var others: MemberSpellings?
  private var printed = ByteDictionary(capacity: 128)
  private(set) var spellings: [Spelling] = []
  private(set) var newMembers: [Member] = []

  /// Folded former names by member.
  private var former: [String: Set<String>] = [:]

  /// - Parameter quarter: the period of the notice, for names that changed.
  init(_ dimension: Dimension?, looksUp: Bool, words: NoticeVocabulary, in quarter: Quarter) {
    self.dimension = dimension?.asOf(quarter)
    for member in dimension?.members ?? [] where !member.formerNames.isEmpty {
      former[member.name] = Set(member.formerNames.map { foldedName($0.name) })
    }
    self.looksUp = looksUp && dimension?.memberSource == .closed
    self.words = words
    if self.looksUp {
      for member in dimension?.members ?? [] { _ = byName.insert(Array(member.name.utf8)) }
    }
  }

  /// The canonical name of cleaned bytes.
  mutating func canonical(
    _ range: Range<Int>, of bytes: [UInt8], file: Int, line: Int, isInTable: Bool,
    kind: String? = nil
  ) -> String {
    let code = printed.insert(range, of: bytes)
    if code < spellings.count {
      if isInTable, !spellings[code].isInTable {
        spellings[code].isInTable = true
        spellings[code].line = line
        spellings[code].file = file
      }
      return spellings[code].canonical
    }
    let name = text(range, of: bytes)
    let member = member(range, of: bytes)
    let canonical = member ?? name
    spellings.append(
      Spelling(
        printed: name, canonical: canonical, file: file, line: line, isInTable: isInTable,
        isKnown: member != nil,
        isFormer: member.map { isFormer(name, of: $0) } ?? false))
    if member == nil, dimension?.memberSource == .closed,
      !newMembers.contains(where: { $0.name == name })
    {
      newMembers.append(
        Member(name: name, parent: words.kind(ofNewName: range, in: bytes, annexKind: kind)))
    }
    return canonical
  }

  private func isFormer(_ printed: String, of member: String) -> Bool {
    guard printed != member, let known = former[member] else { return false }
    return known.contains(foldedName(printed))
  }

  /// The member that the bytes name, if exactly one; nothing is remembered.
  mutating func member(_ range: Range<Int>, of bytes: [UInt8]) -> String? {
    guard looksUp, let dimension else { return nil }
    // Most cells print the canonical name: the other spellings are only folded when one does not.
    if let code = byName.code(of: range, in: bytes) { return byName.string(code) }
    var others = self.others ?? MemberSpellings(dimension)
    self.others = nil
    defer { self.others = others }
    return others.member(range, of: bytes)
  }

  /// Whether the bytes look like a unit's name although the catalogue has none: a known ending.
  func looksLikeName(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    range.count >= 6 && range.count <= 60 && words.kind(ofName: range, in: bytes) != nil
  }
}
