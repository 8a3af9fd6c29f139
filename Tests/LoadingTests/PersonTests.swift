// PersonTests.swift: what leads to a person is found in a text, taken out of it, or hashed.

import Testing

@testable import Loading

@Suite struct PersonTests {
  @Test func numbersOfPersonsAreFoundInAnyTextAndNoOtherNumberIs() {
    for text in [
      "13800000000", "王某 13800000000（本人）", "138-0000-0000", "138 0000 0000", "１３８００００００００",
      "11010519491231002X", "身份证11010519491231002x。",
    ] {
      #expect(holdsPerson(Array(text.utf8)), "\(text)")
    }
    for text in [
      "", "1380000000", "138000000000", "12800000000", "A13800000000", "2024-11-03 09:30",
      "610324202411030001", "110105194912310021", "138-0000-000", "0917-5211234",
    ] {
      #expect(!holdsPerson(Array(text.utf8)), "\(text)")
    }
  }

  @Test func whatIsShownOfATextHasNoNumberOfAPerson() {
    #expect(withoutPersons("电话 13800000000，工单 20241103") == "电话 ***，工单 20241103")
    #expect(withoutPersons("138-0000-0000 / 11010519491231002X") == "*** / ***")
    #expect(withoutPersons("１３８００００００００") == "***")
    #expect(withoutPersons("住健局") == "住健局")
  }

  /// The vectors of FIPS 180-4.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestsAreThoseOfTheStandard(_ text: String, _ digest: String) {
    let bytes = sha256(Array(text.utf8)).map { byte in
      let text = String(byte, radix: 16)
      return text.utf8.count == 1 ? "0" + text : text
    }
    #expect(bytes.joined() == digest)
  }

  @Test func aPersonIsOneHoweverTheNumberIsWrittenAndAnotherUnderAnotherSalt() {
    func code(_ text: String, _ salt: [UInt8]) -> String {
      let bytes = Array(text.utf8)
      return personCode(of: 0..<bytes.count, bytes, salt: salt)
    }
    #expect(code("138-0000-0000", [1]) == code("１３８ ００００ ００００", [1]))
    #expect(code("13800000000", [1]) != code("13800000000", [2]))
    #expect(code("13800000000", [1]) != code("13800000001", [1]))
    #expect(code("13800000000", [1]).count == 16)
  }
}
