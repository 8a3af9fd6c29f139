// DictionaryBytes.swift: the distinct texts of a column arrive; bytes leave in which each text
// names only what it has otherwise than the one before, and the texts come back.

/// Front coding: how many bytes are as in the text before, how many follow, and those.
///
/// - Complexity: O(bytes)
func dictionaryBytes(_ texts: [String]) -> [UInt8] {
  var record = RecordWriter()
  var before: [UInt8] = []
  for text in texts {
    let bytes = Array(text.utf8)
    var shared = 0
    let limit = min(bytes.count, before.count)
    while shared < limit, bytes[shared] == before[shared] { shared += 1 }
    record.number(shared)
    record.blob(shared == 0 ? bytes : Array(bytes[shared...]))
    before = bytes
  }
  return record.bytes
}

/// nil where the bytes are not so many texts.
///
/// - Complexity: O(bytes of the texts)
func texts(ofDictionary bytes: [UInt8], entryCount: Int) -> [String]? {
  var record = RecordReader(bytes)
  // One byte at least for each of the two numbers of a text.
  guard entryCount >= 0, entryCount <= bytes.count / 2 else { return nil }
  var texts: [String] = []
  texts.reserveCapacity(entryCount)
  var before: [UInt8] = []
  do throws(RecordDamage) {
    for _ in 0..<entryCount {
      let shared = try record.integer()
      guard shared >= 0, shared <= before.count else { return nil }
      before.removeLast(before.count - shared)
      before += try record.blob()
      guard let text = String(validating: before, as: UTF8.self) else { return nil }
      texts.append(text)
    }
  } catch {
    return nil
  }
  return record.hasMore ? nil : texts
}
