// AddressTests.swift: texts of addresses arrive; what may be spoken to, and what not, is told.

import ClickHouse
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("http://127.0.0.1:18121", "http://127.0.0.1:18121"),
    ("http://localhost", "http://localhost:8123"),
    ("http://[::1]:9/", "http://[::1]:9"),
    ("https://db.example.org", "https://db.example.org:8443"),
    ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ("http://127.8.9.1:1", "http://127.8.9.1:1"),
  ])
  func `an address of this machine or an encrypted one is taken`(_ text: String, _ whole: String)
    throws
  {
    #expect(try ServerAddress(text, allowsPlainText: false).text == whole)
  }

  @Test(arguments: [
    "", "127.0.0.1:8123", "ftp://127.0.0.1", "http://", "http://127.0.0.1:0",
    "http://127.0.0.1:70000",
    "http://127.0.0.1:x", "http://127.0.0.1/path", "http://127.0.0.1?x=1", "http://a b",
    "http://127.0.0.1:1:2", "http://[::1", "http://[]:1", "http://[::1]x",
    "http://127.0.0.1\r\nX: y",
    "http://127.1", "http://127.0.0.256", "http://1270.0.0.1", "http://127.0.0.1.example.org",
  ])
  func `anything else is refused`(_ text: String) {
    #expect(throws: ClusterFault.self) { try ServerAddress(text, allowsPlainText: false) }
  }

  @Test func `plain text to another machine needs to be asked for`() throws {
    #expect(throws: ClusterFault.self) {
      try ServerAddress("http://10.0.0.7:8123", allowsPlainText: false)
    }
    #expect(try ServerAddress("http://10.0.0.7:8123", allowsPlainText: true).host == "10.0.0.7")
  }

  @Test func `a login in an address is refused, and not repeated`() {
    let fault = #expect(throws: ClusterFault.self) {
      try ServerAddress("http://ann:hidden@127.0.0.1:8123", allowsPlainText: true)
    }
    #expect(fault?.message.english.contains("hidden") == false)
    #expect(fault?.message.chinese.contains("hidden") == false)
  }

  @Test func `a list names each server once`() throws {
    let list = try ServerAddress.list(
      "http://127.0.0.1:1,http://127.0.0.1:2,http://127.0.0.1:1/", allowsPlainText: false)
    #expect(list.map(\.port) == [1, 2])
    #expect(throws: ClusterFault.self) {
      try ServerAddress.list("http://127.0.0.1:1,", allowsPlainText: false)
    }
  }
}
