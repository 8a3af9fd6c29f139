// Workspace.swift: the name of a file arrives; an open workspace leaves, whose quarters are read
// when they are asked for, and which keeps further ones whole or not at all.

import Columns
import Syntax

package final class Workspace: Sendable {
  package enum Access: Sendable { case reading, writing }

  package let path: String
  package let access: Access
  let file: OpenFile
  /// As it was when the file was opened to be read: what others write later is seen by whoever
  /// opens it again. nil for who writes.
  private let snapshot: Catalogue?
  /// What its columns could not give.
  package let damage: DamageLog

  private init(
    _ path: String, _ access: Access, _ file: OpenFile, _ snapshot: Catalogue?,
    _ damage: DamageLog
  ) {
    self.path = path
    self.access = access
    self.file = file
    self.snapshot = snapshot
    self.damage = damage
  }

  // MARK: - Opening

  /// Whether the file is a workspace by its application id, without opening it.
  package static func isWorkspace(head: [UInt8]) -> Bool {
    // The header of a SQLite file: its name, and the id at byte 68 (sqlite.org/fileformat.html).
    guard head.count >= 72, head.starts(with: Array("SQLite format 3\u{0}".utf8)) else {
      return false
    }
    let identifier = head[68..<72].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return identifier == workspaceIdentifier
  }

  /// Opens a file that is there.
  ///
  /// - Throws: `.missing`, `.notWorkspace`, `.newerSchema`, `.damaged`, `.link` for writing through
  ///   one, `.busy` after the patience.
  /// - Complexity: O(editions), whatever they hold.
  package static func open(
    _ path: String, for access: Access, patience: Patience = Patience(),
    damage: DamageLog = DamageLog()
  ) throws(WorkspaceFault) -> Workspace {
    try open(path, for: access, patience: patience, damage: damage, schema: .today)
  }

  /// - Parameter schema: what the program knows; its tests know one more.
  static func open(
    _ path: String, for access: Access, patience: Patience = Patience(),
    damage: DamageLog = DamageLog(), schema: Schema
  ) throws(WorkspaceFault) -> Workspace {
    let real = try withRealFolder(path)
    switch nameKind(real) {
    case .missing: throw WorkspaceFault(.missing)
    case .link where access == .writing: throw WorkspaceFault(.link)
    case .folder, .other: throw WorkspaceFault(.notWorkspace)
    case .file, .link: break
    }
    if access == .writing, !isWritable(real) { throw WorkspaceFault.system() }
    let database = try Database(
      real, for: access == .reading ? .reading : .writing, patience: patience)
    let catalogue = try checked(database, path: real, access, schema)
    return Workspace(
      path, access, OpenFile(path, database), access == .reading ? catalogue : nil, damage)
  }

  /// What the file says of itself, and its catalogue.
  private static func checked(
    _ database: Database, path: String, _ access: Access, _ schema: Schema
  ) throws(WorkspaceFault) -> Catalogue {
    do throws(WorkspaceFault) {
      guard try database.pragma("application_id") == workspaceIdentifier else {
        throw WorkspaceFault(.notWorkspace)
      }
    } catch {
      // A file that is no database at all is told as what it is, not as a damaged one.
      throw error.reason == .damaged ? WorkspaceFault(.notWorkspace) : error
    }
    try access == .writing ? database.setForWriting() : database.setForReading()
    let version = try database.pragma("user_version")
    guard version <= schema.version else { throw WorkspaceFault(.newerSchema(Int(version))) }
    guard version >= 1 else { throw WorkspaceFault(.damaged, "schema") }
    if version < schema.version {
      try renew(database, path: path, from: version, to: schema, access)
    }
    return try database.reading { () throws(WorkspaceFault) in try Catalogue(database) }
  }

  /// An older file is brought to today's schema, after a copy of it has been made.
  private static func renew(
    _ database: Database, path: String, from version: Int64, to schema: Schema,
    _ access: Access
  ) throws(WorkspaceFault) {
    guard access == .writing else {
      throw WorkspaceFault(.olderSchema(Int(version)))
    }
    let copy = "\(path).schema\(version)"
    // A copy that is there already is an earlier one, and kept.
    if nameKind(copy) == .missing {
      try createPrivateFile(copy)
      try database.rows("VACUUM INTO ?1", [.text(copy)])
      try flush(copy)
      try flush(split(copy).folder)
    }
    try database.transaction { () throws(WorkspaceFault) in
      guard try database.pragma("user_version") == version else { return }
      let catalogue = try Catalogue(database)
      try database.migrate(from: version, to: schema)
      try catalogue.seal(database)
    }
  }

  /// Makes an empty workspace under a name that nothing has, whole or not at all.
  package static func create(
    _ path: String, patience: Patience = Patience()
  ) throws(WorkspaceFault) -> Workspace {
    try makePrivateFolder(split(path).folder)
    let real = try withRealFolder(path)
    guard nameKind(real) == .missing else { throw WorkspaceFault(.exists) }
    let (folder, name) = split(real)
    let prefix = ".\(name).tmp-"
    removeLeftovers(beside: real, prefix: prefix)
    let temporary = "\(folder)/\(prefix)\(processIdentifier)"
    try createPrivateFile(temporary)
    do throws(WorkspaceFault) {
      try fill(temporary)
      try rename(temporary, toNew: real)
      try flush(folder)
    } catch {
      try? removeFile(temporary)
      try? removeFile(temporary + "-journal")
      throw error
    }
    return try open(path, for: .writing, patience: patience)
  }

  private static func fill(_ path: String) throws(WorkspaceFault) {
    let database = try Database(path, for: .writing)
    try database.setForWriting()
    try database.rows("PRAGMA application_id = \(workspaceIdentifier)")
    try database.transaction { () throws(WorkspaceFault) in
      try database.migrate(from: 0, to: .today)
      try Catalogue.begin(database)
    }
  }

  // MARK: - Reading

  /// What is kept, in the order in which it was loaded.
  package func editions() throws(WorkspaceFault) -> [EditionInfo] {
    try catalogue().editions.map(\.info)
  }

  /// The definitions it was loaded with; nil: the built-in ones.
  package func rulebook() throws(WorkspaceFault) -> [RulebookText]? {
    try catalogue().rulebook?.files
  }

  func catalogue() throws(WorkspaceFault) -> Catalogue {
    if let snapshot { return snapshot }
    return try readCatalogue()
  }

  private func readCatalogue() throws(WorkspaceFault) -> Catalogue {
    try file.use { database throws(WorkspaceFault) in
      try database.reading { () throws(WorkspaceFault) in try Catalogue(database) }
    }
  }

  /// Every edition, or one, in the order of loading, with columns that are read when they are first
  /// asked for.
  ///
  /// - Complexity: O(what belongs to no row)
  package func pieces(_ only: Int64? = nil) throws(WorkspaceFault) -> [Loaded] {
    var pieces: [Loaded] = []
    for edition in try catalogue().editions where only == nil || edition.info.id == only {
      pieces.append(try loaded(edition))
    }
    return pieces
  }

  func loaded(_ edition: EditionRow) throws(WorkspaceFault) -> Loaded {
    var particulars = RecordReader(edition.particulars)
    var loaded: Loaded
    do throws(RecordDamage) {
      loaded = try Particulars(from: &particulars).loaded
    } catch {
      throw WorkspaceFault(.damaged, edition.info.key.text)
    }
    loaded.store.damage = damage
    loaded.store.partitions = try edition.partitions().map { place in
      var partition = Partition(
        dataset: place.dataset, issuer: place.issuer, quarterIndex: place.quarterIndex,
        version: edition.info.version, files: place.files, rowCount: place.rowCount,
        summary: place.summary,
        source: StoredColumns(place, edition: edition.info.id, file, damage))
      partition.monthRuns = place.monthRuns.flatMap { PackedIntegers($0) }
      return partition
    }
    for index in loaded.notices.indices { loaded.notices[index].version = edition.info.version }
    return loaded
  }

  // MARK: - Writing

  /// Keeps an edition as the next version of its key. It is there for good when this returns, and
  /// not at all where it throws.
  ///
  /// - Parameters:
  ///   - rulebook: the definitions it was loaded with; nil: the built-in ones.
  ///   - latest: the version it was compared with, 0 for none; nil: with none.
  /// - Throws: `.changed` where there is another latest version meanwhile.
  /// - Complexity: O(cells)
  package func store(
    _ edition: Edition, rulebook: [RulebookText]?, after latest: Int? = nil
  ) throws(WorkspaceFault) -> EditionInfo {
    try file.use { database throws(WorkspaceFault) in
      try database.transaction { () throws(WorkspaceFault) in
        try database.refuseDamagedPages()
        var catalogue = try Catalogue(database)
        try catalogue.useRulebook(rulebook, database)
        let versions = catalogue.editions.filter { $0.info.key == edition.key }
          .map(\.info.version)
        guard latest == nil || latest == versions.max() ?? 0 else {
          throw WorkspaceFault(.changed)
        }
        let info = EditionInfo(
          id: try Catalogue.nextEdition(database), key: edition.key,
          version: (versions.max() ?? 0) + 1, rowCount: edition.rowCount, hash: edition.hash,
          loadedAt: wallSeconds, rulebook: catalogue.rulebook?.id)
        let writer = try BlockWriter(database)
        var contents = RecordWriter()
        var stored: [StoredPartition] = []
        for partition in edition.loaded.store.partitions {
          stored.append(try writer.store(partition))
        }
        contents.records(stored)
        var particulars = RecordWriter()
        Particulars(edition.loaded).write(to: &particulars)
        let row = EditionRow(
          info: info, contents: contents.bytes, particulars: particulars.bytes)
        try catalogue.add(row, database)
        try database.publish(edition, as: info.id)
        return info
      }
    }
  }

  /// Removes an edition; other versions of its key stay.
  package func drop(_ id: Int64) throws(WorkspaceFault) {
    try file.use { database throws(WorkspaceFault) in
      try database.transaction { () throws(WorkspaceFault) in
        try database.refuseDamagedPages()
        var catalogue = try Catalogue(database)
        guard let edition = catalogue.editions.first(where: { $0.info.id == id }) else {
          throw WorkspaceFault(.changed)
        }
        for block in try edition.partitions().flatMap(\.blocks) {
          try database.rows("DELETE FROM block WHERE id = ?1", [.whole(block.id)])
        }
        try database.withdraw(id)
        try catalogue.remove(id, database)
      }
    }
  }
}

extension EditionRow {
  /// Where its partitions lie.
  func partitions() throws(WorkspaceFault) -> [StoredPartition] {
    var record = RecordReader(contents)
    do throws(RecordDamage) {
      return try record.records()
    } catch { throw WorkspaceFault(.damaged, info.key.text) }
  }
}

extension StoredPartition {
  /// Every block of its columns.
  var blocks: [BlockPlace] {
    var all = lines.bytes.blocks + fileNumbers.bytes.blocks
    for column in columns {
      all += column.numbers.bytes.blocks + (column.missing?.blocks ?? [])
      if case .text(_, let dictionary) = column.values { all += dictionary.blocks }
    }
    return all
  }
}
