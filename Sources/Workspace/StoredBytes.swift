// StoredBytes.swift: long runs of bytes arrive; blocks leave, each with its checksum, and come back
// whole or not at all.

/// One row of the table `block`.
struct BlockPlace: Sendable, Hashable {
  var id: Int64
  var byteCount: Int
  var checksum: UInt32
}

/// Where the bytes of one column, or of a part of it, lie.
struct StoredBytes: Sendable, Hashable {
  /// Far below the largest blob that SQLite keeps, and what one read of the file brings.
  static let blockBytes = 8 << 20

  /// Of the bytes as they are written, before `packing` is undone.
  var byteCount: Int
  var blocks: [BlockPlace]
}

extension StoredBytes: Recorded {
  func write(to record: inout RecordWriter) {
    record.number(byteCount)
    record.list(blocks) { record, block in
      record.number(block.id)
      record.number(block.byteCount)
      record.number(Int64(block.checksum))
    }
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    byteCount = try record.integer()
    blocks = try record.list { record throws(RecordDamage) in
      let id = try record.number()
      let byteCount = try record.integer()
      guard let checksum = UInt32(exactly: try record.number()) else { throw RecordDamage() }
      return BlockPlace(id: id, byteCount: byteCount, checksum: checksum)
    }
  }
}

/// Writes blocks inside a transaction.
struct BlockWriter {
  private let database: Database
  private let insert: Database.Statement

  init(_ database: Database) throws(WorkspaceFault) {
    self.database = database
    insert = try database.statement("INSERT INTO block(bytes) VALUES (?1)")
  }

  func store(_ bytes: [UInt8]) throws(WorkspaceFault) -> StoredBytes {
    var stored = StoredBytes(byteCount: bytes.count, blocks: [])
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + StoredBytes.blockBytes)
      let piece = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
      try insert.run([.bytes(piece)])
      stored.blocks.append(
        BlockPlace(
          id: database.lastRowID, byteCount: piece.count, checksum: crc32c(of: piece)))
      start = end
    }
    return stored
  }
}

extension Database {
  /// - Throws: `.damaged` where a block is missing or is not what was written, `.changed` where
  ///   another program has dropped it since the catalogue was read.
  /// - Complexity: O(bytes)
  func bytes(of stored: StoredBytes) throws(WorkspaceFault) -> [UInt8] {
    var bytes: [UInt8] = []
    if stored.blocks.count > 1 {
      // The sizes come from a catalogue whose checksum held.
      bytes.reserveCapacity(stored.byteCount)
    }
    for block in stored.blocks {
      let piece = try blob(of: "block", "bytes", row: block.id)
      guard piece.count == block.byteCount, crc32c(of: piece) == block.checksum else {
        throw WorkspaceFault(.damaged, "block \(block.id)")
      }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    guard bytes.count == stored.byteCount else { throw WorkspaceFault(.damaged, "length") }
    return bytes
  }
}
