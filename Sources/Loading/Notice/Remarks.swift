// Remarks.swift: the words of a remark become events by month and the mark of joint orders.

struct RemarkReading: Hashable {
  struct Event: Hashable {
    /// 1…12
    var month: Int
    /// The event's name in the data set of events.
    var name: String
    var count: Int64
  }
  var events: [Event] = []
  var isJoint = false
  /// false: some part is neither an event nor a known mark; then no event is taken from the remark.
  var isUnderstood = true
}

private let monthMark = Array("月".utf8)
private let ideographicComma = Array("、".utf8)
private let fullStop = Array("。".utf8)

/// Reads `10月逾期2件, 11月逾期1件`: parts between commas, each a month, an event and a count.
func remark(
  _ range: Range<Int>, of bytes: [UInt8], words: NoticeVocabulary
) -> RemarkReading {
  var reading = RemarkReading()
  if range.isEmpty || isMissingMark(range, of: bytes) { return reading }
  var narrow: [UInt8] = []
  fold(range, of: bytes, into: &narrow)
  var start = 0
  var index = 0
  while index <= narrow.count {
    let length = separatorLength(narrow, at: index)
    if length > 0 || index == narrow.count {
      readPart(start..<index, of: narrow, words: words, into: &reading)
      start = index + length
    }
    index += max(length, 1)
  }
  if !reading.isUnderstood { reading.events = [] }
  return reading
}

private func separatorLength(_ bytes: [UInt8], at index: Int) -> Int {
  guard index < bytes.count else { return 0 }
  if bytes[index] == 0x2C || bytes[index] == 0x3B { return 1 }
  if starts(with: ideographicComma, at: index, of: bytes) { return 3 }
  return starts(with: fullStop, at: index, of: bytes) ? 3 : 0
}

private func readPart(
  _ part: Range<Int>, of bytes: [UInt8], words: NoticeVocabulary,
  into reading: inout RemarkReading
) {
  if part.isEmpty { return }
  var index = part.lowerBound
  if let match = words.remarkFinder.match(at: index, before: part.upperBound, of: bytes),
    match.range == part, words.remarkRoles[match.phrase] == .joint
  {
    reading.isJoint = true
    return
  }
  guard let month = number(&index, part, bytes), (1...12).contains(month),
    take(monthMark, &index, part, bytes),
    let match = words.remarkFinder.match(at: index, before: part.upperBound, of: bytes),
    case .event(let name) = words.remarkRoles[match.phrase]
  else {
    reading.isUnderstood = false
    return
  }
  index = match.range.upperBound
  guard let count = number(&index, part, bytes) else {
    reading.isUnderstood = false
    return
  }
  if let measure = words.remarkFinder.match(at: index, before: part.upperBound, of: bytes),
    words.remarkRoles[measure.phrase] == .measure
  {
    index = measure.range.upperBound
  }
  guard index == part.upperBound else {
    reading.isUnderstood = false
    return
  }
  reading.events.append(RemarkReading.Event(month: Int(month), name: name, count: count))
}

private func number(_ index: inout Int, _ part: Range<Int>, _ bytes: [UInt8]) -> Int64? {
  let start = index
  while index < part.upperBound, isDigit(bytes[index]), index - start < 12 { index += 1 }
  guard case .number(let number) = readNumber(start..<index, of: bytes) else { return nil }
  return number.digits
}

private func take(
  _ mark: [UInt8], _ index: inout Int, _ part: Range<Int>, _ bytes: [UInt8]
) -> Bool {
  guard index + mark.count <= part.upperBound, starts(with: mark, at: index, of: bytes) else {
    return false
  }
  index += mark.count
  return true
}
