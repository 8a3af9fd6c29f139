// GB18030Tests.swift: the own converter of GB18030 gives what the system's gives, or fails at the
// same byte.

import Support
import Testing

@testable import Loading

private func expectSame(_ bytes: [UInt8]) {
  switch (utf8FromGB18030(bytes), utf8FromGB18030BySystem(bytes)) {
  case (.success(let own), .success(let system)): #expect(own == system, "\(bytes.prefix(16))")
  case (.failure(let own), .failure(let system)): #expect(own == system, "\(bytes.prefix(16))")
  default: Issue.record("one of both reads \(bytes.prefix(16))")
  }
}

/// The pair of bytes of each character that has one.
private let pairs: [[UInt8]: [UInt8]] = {
  var pairs: [[UInt8]: [UInt8]] = [:]
  for first in UInt8(0x81)...0xFE {
    for second in UInt8(0x40)...0xFE {
      if case .success(let text) = utf8FromGB18030([first, second]) {
        pairs[text] = [first, second]
      }
    }
  }
  return pairs
}()

/// nil where a character has no pair.
func gb18030(_ text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  for scalar in text.unicodeScalars {
    guard let own = scalar.isASCII ? [UInt8(scalar.value)] : pairs[Array(String(scalar).utf8)]
    else { return nil }
    bytes += own
  }
  return bytes
}

@Suite struct GB18030Tests {
  @Test func `a file of many pieces is known by its lines, and has the hash of its bytes`() throws {
    let folder = TemporaryFolder()
    var random = Seeded(state: 9)
    let words = try ["县住建局", "a", ",", "\"县\n局\"", "丗一丁"].map { try #require(gb18030($0)) }
    var bytes: [UInt8] = []
    while bytes.count < 9 << 20 {
      for _ in 0..<random.next(60) { bytes += words[random.next(words.count)] }
      bytes.append(0x0A)
    }
    func hash(_ bytes: [UInt8]) throws -> String? {
      folder.write(bytes, to: "t.csv")
      return hashOfGB18030(try OpenFile(folder.file("t.csv")), nil)
    }
    #expect(try hash(bytes) == contentHash(bytes))
    #expect(try hash(Array(bytes.dropLast())) == contentHash(Array(bytes.dropLast())))
    for place in [5, 4 << 20, (4 << 20) - 1, (8 << 20) + 1, bytes.count - 1] {
      var torn = bytes
      torn[place] = 0xFF
      #expect(try hash(torn) == nil, "\(place)")
    }
    // In a line that reaches far beyond its piece no character has a known beginning.
    var long = bytes
    for place in long.indices.dropFirst(4 << 20).prefix(70_000) { long[place] = 0x61 }
    #expect(try hash(long) == nil)
    #expect(try hash([]) == contentHash([]))
  }

  @Test func `every pair of bytes is read as the system reads it`() {
    for first in UInt8.min ... .max {
      for second in UInt8.min ... .max {
        let own = utf8FromGB18030([first, second])
        let system = utf8FromGB18030BySystem([first, second])
        if own != system { expectSame([first, second]) }
      }
      // Among other characters, so that pieces of eight bytes meet it at every place.
      for place in 0..<9 {
        expectSame(Array(repeating: 0x61, count: place) + [first, 0xB2] + Array("中abcdefgh".utf8))
      }
    }
  }

  @Test func `characters of four bytes are read as the system reads them`() {
    var failures = 0
    for index in stride(from: 0, to: 126 * 10 * 126 * 10, by: 61) {
      let bytes: [UInt8] = [
        UInt8(0x81 + index / 12_600), UInt8(0x30 + index / 1260 % 10),
        UInt8(0x81 + index / 10 % 126), UInt8(0x30 + index % 10),
      ]
      if utf8FromGB18030(bytes) != utf8FromGB18030BySystem(bytes) { failures += 1 }
    }
    #expect(failures == 0)
  }

  @Test func `random bytes are read or refused alike`() {
    var random = Seeded(state: 18_030)
    let likely: [UInt8] = [0x30, 0x39, 0x40, 0x7F, 0x80, 0x81, 0xB0, 0xFE, 0xFF, 0x0A, 0x2C, 0x61]
    for _ in 0..<20_000 {
      expectSame(
        (0..<random.next(40)).map { _ in
          random.next(2) == 0 ? likely[random.next(likely.count)] : UInt8(random.next(256))
        })
    }
  }

  @Test func `a long text is read in pieces as in one`() throws {
    let line = Array("610000000000000001,".utf8) + [0xCF, 0xD8, 0xD7, 0xA1, 0xBD, 0xA8, 0x0A]
    var bytes = Array(repeating: line, count: 200_000).flatMap { $0 }
    let read = try decoded(bytes, as: .auto)
    #expect(read.encoding == "GB18030")
    #expect(try read.bytes == utf8FromGB18030BySystem(bytes).get())
    let place = bytes.count - line.count * 3 + 20
    bytes[place] = 0xFF
    #expect(throws: EncodingFault.self) { try decoded(bytes, as: .gb18030) }
    let fault = utf8FromGB18030BySystem(bytes)
    #expect(
      fault == .failure(EncodingFault(offset: place))
        || fault == .failure(EncodingFault(offset: place - 1)))
    do {
      _ = try decoded(bytes, as: .gb18030)
    } catch {
      #expect(fault == .failure(error))
    }
  }
}
