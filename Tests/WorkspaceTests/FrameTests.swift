// FrameTests.swift: packed bits give back every code, and checksums are those of the standard.

import CSystem
import Support
import Testing

@testable import Workspace

@Suite struct FrameTests {
  @Test(arguments: [1, 2, 4, 8])
  func everyCodeComesBack(_ width: Int) throws {
    var random = SeededGenerator(seed: UInt64(width))
    var packedCount = 0
    for round in 0..<300 {
      let count = [1, 2, 63, 1023, 1024, 1025, 5000][round % 7]
      let bits = Int.random(in: 0...(width * 8), using: &random)
      let isRising = Bool.random(using: &random)
      var value = UInt64.random(in: 0...UInt64.max, using: &random)
      var codes: [UInt8] = []
      for _ in 0..<count {
        let step = bits == 0 ? 0 : UInt64.random(in: 0...UInt64.max, using: &random) >> (64 - bits)
        value = isRising ? value &+ step : step
        for place in 0..<width { codes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
      }
      guard let packed = packedFrames(codes, width: width) else { continue }
      packedCount += 1
      #expect(packed.count <= codes.count / 8 * 7)
      #expect(unpackedFrames(packed, codeCount: count, width: width) == codes)
      #expect(unpackedFrames(packed, codeCount: count + 1024, width: width) == nil)
      #expect(unpackedFrames(Array(packed.dropLast()), codeCount: count, width: width) == nil)
    }
    #expect(packedCount > 50)
  }

  @Test func framesThatAreNoneAreRefusedOrReadAsOthers() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let count = Int.random(in: 0...3000, using: &random)
      if let codes = unpackedFrames(bytes, codeCount: count, width: 2) {
        #expect(codes.count == count * 2)
      }
    }
  }

  /// The check value of the standard (RFC 3720, B.4 has longer ones).
  @Test func theChecksumIsThatOfTheStandard() {
    #expect(crc32c(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(crc32c(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(crc32c(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
  }

  @Test func theInstructionAndTheTablesAgreeAtEveryLength() {
    var random = SeededGenerator(seed: 11)
    let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
    for length in 0...130 {
      for start in 0..<8 {
        let piece = Array(bytes[start..<(start + length)])
        let portable = unsafe piece.withUnsafeBufferPointer { buffer in
          unsafe buffer.baseAddress.map { unsafe csystem_crc32c_portable(9, $0, buffer.count) }
        }
        #expect(crc32c(of: piece, from: 9) == (portable ?? 9))
      }
    }
  }
}
