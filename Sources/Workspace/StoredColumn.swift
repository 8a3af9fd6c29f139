// StoredColumn.swift: a column arrives; where its parts lie leaves as a record, and the column
// comes back from them, checked.

import Columns

/// The numbers of a column, as the columns pack them.
struct StoredNumbers: Sendable, Hashable {
  var kind: Int
  var base: Int64
  var step: Int64
  var rowCount: Int
  /// The zone map: the least and the greatest value; nil where there are no rows.
  var bounds: ClosedRange<Int64>?
  var packing: BytePacking
  var bytes: StoredBytes
}

struct StoredColumn: Sendable, Hashable {
  enum Values: Sendable, Hashable {
    case text(entryCount: Int, dictionary: StoredBytes)
    case numbered(NumberedText)
    case integers(ColumnMeaning)
  }
  var name: String
  var values: Values
  var numbers: StoredNumbers
  var missing: StoredBytes?
  var missingCount: Int
}

// MARK: - Records

extension StoredNumbers: Recorded {
  func write(to record: inout RecordWriter) {
    record.number(kind)
    record.number(base)
    record.number(step)
    record.number(rowCount)
    record.number(bounds?.lowerBound)
    record.number(bounds?.upperBound)
    record.number(packing.rawValue)
    record.record(bytes)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    kind = try record.integer()
    base = try record.number()
    step = try record.number()
    rowCount = try record.integer()
    let (lower, upper) = (try record.optionalNumber(), try record.optionalNumber())
    if let lower, let upper, lower <= upper { bounds = lower...upper }
    guard let packing = BytePacking(rawValue: try record.integer()) else { throw RecordDamage() }
    self.packing = packing
    bytes = try record.record()
  }
}

extension StoredColumn: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(name)
    switch values {
    case .text(let entryCount, let dictionary):
      record.number(0)
      record.number(entryCount)
      record.record(dictionary)
    case .numbered(let form):
      record.number(1)
      record.text(form.prefix)
      record.number(form.digitCount)
    case .integers(let meaning):
      record.number(2)
      record.number(meaning.number)
      if case .decimal(let scale) = meaning { record.number(scale) }
    }
    record.record(numbers)
    record.optional(missing) { $0.record($1) }
    record.number(missingCount)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    name = try record.text()
    switch try record.number() {
    case 0: values = .text(entryCount: try record.integer(), dictionary: try record.record())
    case 1:
      values = .numbered(NumberedText(prefix: try record.text(), digitCount: try record.integer()))
    case 2: values = .integers(try ColumnMeaning(from: &record))
    default: throw RecordDamage()
    }
    numbers = try record.record()
    missing = try record.optional { record throws(RecordDamage) in try record.record() }
    missingCount = try record.integer()
  }
}

extension ColumnMeaning {
  fileprivate var number: Int {
    switch self {
    case .whole: 0
    case .decimal: 1
    case .flag: 2
    case .day: 3
    case .minute: 4
    case .quarter: 5
    }
  }

  fileprivate init(from record: inout RecordReader) throws(RecordDamage) {
    switch try record.number() {
    case 0: self = .whole
    case 1: self = .decimal(scale: try record.integer())
    case 2: self = .flag
    case 3: self = .day
    case 4: self = .minute
    case 5: self = .quarter
    default: throw RecordDamage()
    }
  }
}

// MARK: - Writing

extension BlockWriter {
  func store(_ numbers: PackedIntegers) throws(WorkspaceFault) -> StoredNumbers {
    let form = numbers.form
    let (packing, bytes) = packed(form)
    return StoredNumbers(
      kind: form.kind.rawValue, base: form.base, step: form.step, rowCount: form.rowCount,
      bounds: numbers.bounds, packing: packing, bytes: try store(bytes))
  }

  /// - Complexity: O(rows + distinct texts)
  func store(_ column: Column) throws(WorkspaceFault) -> StoredColumn {
    let values: StoredColumn.Values =
      switch column.storage {
      case .text(_, let dictionary):
        .text(
          entryCount: dictionary.count,
          dictionary: try store(dictionaryBytes(dictionary)))
      case .numbered(_, let form): .numbered(form)
      case .integers(_, let meaning): .integers(meaning)
      }
    let missing = column.missing.map { littleEndian($0.words) }
    return StoredColumn(
      name: column.name, values: values, numbers: try store(column.packed),
      missing: try missing.map { bytes throws(WorkspaceFault) in try store(bytes) },
      missingCount: column.missing?.words.reduce(0) { $0 + $1.nonzeroBitCount } ?? 0)
  }
}

private func littleEndian(_ words: [UInt64]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(words.count * 8)
  for word in words {
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
  }
  return bytes
}

// MARK: - Reading

extension Database {
  /// - Throws: `.damaged` where the bytes are not those of such a column.
  /// - Complexity: O(rows)
  func numbers(of stored: StoredNumbers) throws(WorkspaceFault) -> PackedIntegers {
    let bytes = try bytes(of: stored.bytes)
    guard let kind = PackedForm.Kind(rawValue: stored.kind),
      let plain = unpacked(bytes, stored.packing, kind: kind, rowCount: stored.rowCount),
      let numbers = PackedIntegers(
        PackedForm(
          kind: kind, base: stored.base, step: stored.step, rowCount: stored.rowCount,
          bytes: plain)),
      numbers.bounds == stored.bounds
    else { throw WorkspaceFault(.damaged, "numbers") }
    return numbers
  }

  func column(of stored: StoredColumn) throws(WorkspaceFault) -> Column {
    let numbers = try numbers(of: stored.numbers)
    let storage: Column.Storage
    switch stored.values {
    case .text(let entryCount, let place):
      let dictionary = try dictionary(place, entryCount: entryCount, of: stored.name)
      if let bounds = numbers.bounds {
        guard bounds.lowerBound >= 0, bounds.upperBound < Int64(dictionary.count) else {
          throw WorkspaceFault(.damaged, "codes")
        }
      }
      storage = .text(codes: numbers, dictionary: dictionary)
    case .numbered(let form): storage = .numbered(numbers, form)
    case .integers(let meaning): storage = .integers(numbers, meaning)
    }
    var missing: MissingRows?
    if let place = stored.missing {
      let bytes = try bytes(of: place)
      var rows = MissingRows(rowCount: stored.numbers.rowCount)
      guard bytes.count == rows.words.count * 8 else { throw WorkspaceFault(.damaged, "blanks") }
      for index in rows.words.indices {
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(bytes[index * 8 + place]) << UInt64(8 * place) }
        rows.words[index] = word
      }
      missing = rows
    }
    return Column(name: stored.name, storage: storage, missing: missing)
  }

  /// The texts of a column. Quarter after quarter most columns have the same ones: these are
  /// decoded once, and one array serves all.
  ///
  /// - Complexity: O(bytes of the texts)
  func dictionary(
    _ place: StoredBytes, entryCount: Int, of name: String
  ) throws(WorkspaceFault) -> [String] {
    let bytes = try bytes(of: place)
    if let last = lastDictionaries[name], last.bytes == bytes, last.texts.count == entryCount {
      return last.texts
    }
    guard let texts = texts(ofDictionary: bytes, entryCount: entryCount) else {
      throw WorkspaceFault(.damaged, "texts")
    }
    lastDictionaries[name] = (bytes, texts)
    return texts
  }
}
