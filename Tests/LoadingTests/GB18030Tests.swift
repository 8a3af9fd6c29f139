// GB18030Tests.swift: the own converter of GB18030 gives what the system's gives, or fails at the
// same byte.

import Testing

@testable import Loading

private func expectSame(_ bytes: [UInt8]) {
  switch (utf8FromGB18030(bytes), utf8FromGB18030BySystem(bytes)) {
  case (.success(let own), .success(let system)): #expect(own == system, "\(bytes.prefix(16))")
  case (.failure(let own), .failure(let system)): #expect(own == system, "\(bytes.prefix(16))")
  default: Issue.record("one of both reads \(bytes.prefix(16))")
  }
}

@Suite struct GB18030Tests {
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
