// ResultTests.swift: the bytes of results arrive, whole and broken; rows or a reason leave.

import Support
import Testing

@testable import ClickHouse

@Suite struct ResultTests {
  private func rows(_ text: String) throws -> SQLRows { try sqlRows(Array(text.utf8)) }

  @Test func `whole numbers, texts and absent values are read by the family of their type`() throws
  {
    let read = try rows(
      "_k0\t_n\t_a0\t_a1\n"
        + "LowCardinality(Nullable(String))\tUInt64\tNullable(Int32)\tLowCardinality(String)\n"
        + "县住建局\t52\t\\N\ta\\tb\\nc\\\\d\\'e\\0\\r\\b\\f\n\t0\t-7\t\n")
    #expect(read.names == ["_k0", "_n", "_a0", "_a1"])
    #expect(
      read.rows == [
        [.text("县住建局"), .whole(52), .null, .text("a\tb\nc\\d'e\0\r\u{8}\u{C}")],
        [.text(""), .whole(0), .whole(-7), .text("")],
      ])
    #expect(try rows("a\nUInt8\n").rows.isEmpty)
  }

  @Test(arguments: [
    ("", "cut short"), ("a\nUInt8\n1", "cut short"), ("a\n", "no header"),
    ("a\tb\nUInt8\n", "uneven"), ("a\nUInt8\n1\t2\n", "has 2 of 1 fields"),
    ("a\tb\nUInt8\tString\n1\n", "has 1 of 2 fields"), ("a\nFloat64\n1.5\n", "type Float64"),
    ("a\nNullable(Float64)\n1.5\n", "type Nullable(Float64)"),
    ("a\nUInt64\n9223372036854775808\n", "no whole number"), ("a\nUInt8\nx\n", "no whole number"),
    ("a\nString\nx\\q\n", "unknown escape"), ("a\nString\nx\\\n", "no UTF-8"),
    ("a\nUInt8\n1\nCode: 241, e.displayText() = DB::Exception: Memory limit\n", "Code: 241"),
  ])
  func `what is broken is refused with a reason`(_ text: String, _ reason: String) {
    let fault = #expect(throws: ResultFault.self) { try rows(text) }
    #expect(fault?.what.contains(reason) == true, "\(fault?.what ?? "")")
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let bytes = Array("a\nString\n".utf8) + [0xE5, 0x8E, 0x0A]
    #expect(throws: ResultFault.self) { try sqlRows(bytes) }
  }

  @Test func `every text comes back from a row as it was sent`() throws {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<500 {
      let scalars = (0..<Int.random(in: 0...12, using: &random)).map { _ -> Unicode.Scalar in
        let value = UInt32.random(in: 0..<0x300, using: &random)
        return Unicode.Scalar(value) ?? " "
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      var sent = TabSeparatedText()
      sent.add(text)
      sent.add(Int64.min)
      sent.addNull()
      sent.endRow()
      let head = Array("a\tb\tc\nString\tInt64\tNullable(Int64)\n".utf8)
      #expect(try sqlRows(head + sent.bytes).rows == [[.text(text), .whole(.min), .null]])
    }
  }

  @Test(arguments: [
    (
      "Code: 60, e.displayText() = DB::Exception: Table hotline.orders doesn't exist., "
        + "e.what() = DB::Exception",
      60, "Table hotline.orders doesn't exist."
    ),
    (
      "Code: 60. DB::Exception: Table hotline.orders does not exist. (UNKNOWN_TABLE) "
        + "(version 26.9)",
      60, "Table hotline.orders does not exist. (UNKNOWN_TABLE) (version 26.9)"
    ),
    ("Poco::Exception. Code: 1000", nil, "Poco::Exception. Code: 1000"),
  ])
  func `errors of old and new servers are read`(_ text: String, _ code: Int?, _ line: String) {
    #expect(ServerMessage.code(in: text) == code)
    #expect(ServerMessage.line(of: text) == line)
  }
}
