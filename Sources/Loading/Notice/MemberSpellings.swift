// MemberSpellings.swift: every spelling of a dimension's members as folded bytes, to find a name
// by.
//
// The same answers as `MemberIndex`, which the language uses; made here in bytes because a notice
// is read at every start of the program, and only few of its names are not canonical (language.md
// 5.1).

import Catalog

struct MemberSpellings {
  private var names = Table()
  private var labels = Table()
  private var aliases = Table()
  private let dimension: Dimension
  private let prefixes: [[UInt8]]
  private var index: MemberIndex?

  /// Folded spellings, each with the members that have it.
  private struct Table {
    var keys = ByteDictionary(capacity: 256)
    var members: [[Int]] = []

    mutating func add(_ member: Int, _ range: Range<Int>, of bytes: [UInt8]) {
      if range.isEmpty { return }
      let code = keys.insert(range, of: bytes)
      if code == members.count { members.append([]) }
      if members[code].last != member { members[code].append(member) }
    }
  }

  init(_ dimension: Dimension) {
    self.dimension = dimension
    prefixes = dimension.optionalPrefixes.map(folded)
    var key: [UInt8] = []
    for (index, member) in dimension.members.enumerated() {
      func add(_ text: String, to table: inout Table) {
        let bytes = Array(text.utf8)
        key.removeAll(keepingCapacity: true)
        fold(0..<bytes.count, of: bytes, into: &key)
        table.add(index, 0..<key.count, of: key)
      }
      for label in [member.english, member.chinese, member.fullName] {
        if let label { add(label, to: &labels) }
      }
      for alias in member.aliases { add(alias, to: &aliases) }
      add(member.name, to: &names)
      for prefix in prefixes where isShortened(key, by: prefix) {
        aliases.add(index, prefix.count..<key.count, of: key)
      }
    }
  }

  private func isShortened(_ key: [UInt8], by prefix: [UInt8]) -> Bool {
    !prefix.isEmpty && key.count > prefix.count && starts(with: prefix, at: 0, of: key)
  }

  /// The one member that the bytes name, or nil.
  mutating func member(_ range: Range<Int>, of bytes: [UInt8]) -> String? {
    var key: [UInt8] = []
    fold(range, of: bytes, into: &key)
    if let found = found(0..<key.count, of: key) { return only(found) }
    for prefix in prefixes where isShortened(key, by: prefix) {
      if let found = found(prefix.count..<key.count, of: key) { return only(found) }
    }
    return isUncommon(key) ? thorough(range, of: bytes) : nil
  }

  private func found(_ range: Range<Int>, of key: [UInt8]) -> [Int]? {
    if let code = names.keys.code(of: range, in: key) { return names.members[code] }
    if let code = labels.keys.code(of: range, in: key) { return labels.members[code] }
    return aliases.keys.code(of: range, in: key).map { aliases.members[$0] }
  }

  private func only(_ found: [Int]) -> String? {
    found.count == 1 ? dimension.members[found[0]].name : nil
  }

  /// Characters other than ASCII and common hanzi may fold to others in ways that only the full
  /// tables know.
  private func isUncommon(_ key: [UInt8]) -> Bool {
    key.contains { $0 >= 0xC0 && !(0xE4...0xE9).contains($0) }
  }

  private mutating func thorough(_ range: Range<Int>, of bytes: [UInt8]) -> String? {
    let index = index ?? MemberIndex(dimension)
    self.index = index
    if case .found(let member) = index.match(text(range, of: bytes)) { return member.name }
    return nil
  }
}
