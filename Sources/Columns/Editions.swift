// Editions.swift: what several files brought arrives; it leaves joined into one, or divided into
// editions: one version of what a notice, or the exports of one data set, say of a period.

import Syntax

/// `TBAO`, the application id of a workspace: what tells it from every other SQLite file.
package let workspaceIdentifier: Int64 = 0x5442_414F

/// What an edition is a version of.
package struct EditionKey: Sendable, Hashable {
  /// Empty for exports.
  package var issuer: String
  /// Empty for a notice, which brings several.
  package var dataset: String
  /// year × 4 + quarter − 1; nil: holds in every period.
  package var quarterIndex: Int?

  package init(issuer: String, dataset: String, quarterIndex: Int?) {
    self.issuer = issuer
    self.dataset = dataset
    self.quarterIndex = quarterIndex
  }

  /// Notices are corrected as a whole, exports data set by data set.
  package init(_ partition: Partition) {
    self.init(
      issuer: partition.issuer, dataset: partition.issuer.isEmpty ? partition.dataset : "",
      quarterIndex: partition.quarterIndex)
  }

  package init(_ notice: NoticeInfo) {
    self.init(issuer: notice.issuer, dataset: "", quarterIndex: notice.period.index)
  }

  /// `2024Q4`, and which data set where it is not a notice.
  package var text: String {
    let period = quarterIndex.map { Quarter(index: $0).text }
    return [period, dataset.isEmpty ? nil : dataset].compactMap { $0 }.joined(separator: " ")
  }
}

package struct Edition: Sendable {
  package var key: EditionKey
  package var loaded: Loaded

  package init(key: EditionKey, loaded: Loaded) {
    self.key = key
    self.loaded = loaded
  }

  package var rowCount: Int { loaded.store.partitions.reduce(0) { $0 + $1.rowCount } }

  /// What a load is told by: of a notice the rows of its tables of units, which the rulebook lists
  /// first, and not the mentions and lists beside them.
  package var tableRowCount: Int { loaded.notices.first?.rowCounts.first?.count ?? rowCount }

  /// The same files in the same order have the same hash.
  package var hash: String {
    let notices = loaded.notices.map(\.hash)
    if !notices.isEmpty { return notices.joined(separator: "+") }
    var hashes: [String] = []
    for file in loaded.store.partitions.flatMap(\.files) where !hashes.contains(file.hash) {
      hashes.append(file.hash)
    }
    return hashes.joined(separator: "+")
  }
}

extension Loaded {
  /// Joins what another file brought; versions stay as they are.
  package mutating func join(_ piece: Loaded) {
    let offset = store.partitions.count
    store.partitions += piece.store.partitions
    store.distant += piece.store.distant
    store.damage = store.damage ?? piece.store.damage
    notices += piece.notices
    totalRows += piece.totalRows
    constants += piece.constants
    printedPlaces += piece.printedPlaces.map { place in
      var moved = place
      moved.partition += offset
      return moved
    }
    findings += piece.findings
    referenceTexts += piece.referenceTexts
    skipped += piece.skipped
    newMembers += piece.newMembers
    ownDefinitions += piece.ownDefinitions
    tables += piece.tables
    files += piece.files.filter { !files.contains($0) }
    notes += piece.notes
    tolerated += piece.tolerated
    isSample = isSample || piece.isSample
  }

  /// What one notice has brought belongs to it as a whole, also what holds in every period.
  private var onlyNotice: NoticeInfo? { notices.count == 1 ? notices[0] : nil }

  /// The versions of each edition whose rows are here.
  package var versionNumbers: [EditionKey: Set<Int>] {
    if let notice = onlyNotice { return [EditionKey(notice): [notice.version]] }
    var numbers: [EditionKey: Set<Int>] = [:]
    for notice in notices { numbers[EditionKey(notice), default: []].insert(notice.version) }
    for partition in store.partitions {
      numbers[EditionKey(partition), default: []].insert(partition.version)
    }
    return numbers
  }

  fileprivate func version(of key: EditionKey) -> Int? {
    versionNumbers[key]?.max()
  }

  fileprivate mutating func setVersion(_ version: Int, of key: EditionKey) {
    for index in notices.indices where EditionKey(notices[index]) == key {
      notices[index].version = version
    }
    for index in store.partitions.indices
    where onlyNotice != nil || EditionKey(store.partitions[index]) == key {
      store.partitions[index].version = version
    }
  }
}

/// What every notice and export brought, still apart, so that one version of each can be chosen.
package struct LoadedPieces: Sendable {
  package private(set) var pieces: [Loaded] = []

  package init() {}
  package init(_ loaded: Loaded) { pieces = [loaded] }

  /// Takes what was read together. A second notice of one issuer and quarter becomes a later
  /// version, and so does an export of what was read before; exports that are read together are one
  /// version together. Every version stays readable, nothing is counted twice.
  package mutating func add(_ group: [Loaded]) {
    let before = pieces
    for var piece in group {
      for key in piece.versionNumbers.keys {
        let earlier = key.dataset.isEmpty ? pieces : before
        guard let highest = earlier.compactMap({ $0.version(of: key) }).max(),
          let own = piece.version(of: key), highest >= own
        else { continue }
        piece.setVersion(highest + 1, of: key)
        if let notice = piece.notices.first(where: { EditionKey($0) == key }) {
          piece.notes.append(Note.loadedAgain(notice))
        }
      }
      pieces.append(piece)
    }
  }

  /// Everything, in loading order.
  package var whole: Loaded {
    var whole = Loaded()
    for piece in pieces { whole.join(piece) }
    return whole
  }

  /// The versions of each edition.
  package var versionNumbers: [EditionKey: Set<Int>] {
    var numbers: [EditionKey: Set<Int>] = [:]
    for piece in pieces { numbers.merge(piece.versionNumbers) { $0.union($1) } }
    return numbers
  }

  /// One version of each edition: the one asked for where it exists, else the latest. What the
  /// others print is neither counted nor checked.
  package func chosen(version: Int?) -> Loaded {
    let chosen = versionNumbers.mapValues { numbers in
      version.flatMap { numbers.contains($0) ? $0 : nil } ?? numbers.max() ?? 1
    }
    var result = Loaded()
    for piece in pieces {
      if let kept = piece.filtered({ chosen[$0] == $1 }) { result.join(kept) }
    }
    return result
  }
}

extension Loaded {
  /// What is left where only some versions of some editions stay; nil where nothing does.
  package func filtered(_ stays: (EditionKey, _ version: Int) -> Bool) -> Loaded? {
    if let notice = onlyNotice { return stays(EditionKey(notice), notice.version) ? self : nil }
    let kept = store.partitions.indices.filter {
      stays(EditionKey(store.partitions[$0]), store.partitions[$0].version)
    }
    let keptNotices = notices.filter { stays(EditionKey($0), $0.version) }
    if kept.count == store.partitions.count, keptNotices.count == notices.count { return self }
    if kept.isEmpty, keptNotices.isEmpty { return nil }
    var result = self
    result.store.partitions = kept.map { store.partitions[$0] }
    result.notices = keptNotices
    result.printedPlaces = printedPlaces.compactMap { place in
      kept.firstIndex(of: place.partition).map { index in
        var moved = place
        moved.partition = index
        return moved
      }
    }
    return result
  }
}

extension Note {
  fileprivate static func loadedAgain(_ notice: NoticeInfo) -> Note {
    Note(
      "I20",
      Bilingual(
        "\(notice.period.text) is loaded twice: \(notice.file) is version \(notice.version)",
        "\(notice.period.text)载入了两次：\(notice.file) 为第\(notice.version)版"))
  }
}

/// Divides what each file brought: a notice is one edition, an export one for each period, and the
/// exports of one data set and period are one together.
package func editions(of pieces: [Loaded]) -> [Edition] {
  var result: [Edition] = []
  for piece in pieces {
    if let notice = piece.notices.first {
      result.append(Edition(key: EditionKey(notice), loaded: piece))
      continue
    }
    // What was said of the whole file stands with its first period.
    var rest = piece
    rest.store.partitions = []
    for partition in piece.store.partitions {
      var part = rest
      rest = Loaded()
      rest.files = piece.files
      rest.newMembers = piece.newMembers
      part.store.partitions = [partition]
      let key = EditionKey(partition)
      let index = result.firstIndex {
        $0.key == key && $0.loaded.store.partitions.first?.version == partition.version
      }
      if let index {
        result[index].loaded.join(part)
      } else {
        result.append(Edition(key: key, loaded: part))
      }
    }
  }
  return result
}
