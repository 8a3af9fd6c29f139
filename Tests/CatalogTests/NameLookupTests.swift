// NameLookupTests.swift: names, short names and ambiguous names of members.

import Catalog
import Syntax
import Testing

private let unitText = """
  id,name,name_en,full_name,kind,valid_from,valid_to
  A,county water office,Water Office,"Water Office, County",department,,
  B,county road office,Road Office,,department,2020-01-01,
  C,River Town,,,town,,
  D,县路政局,Roads,,department,,

  """
private let aliasText = """
  alias,id,valid_from,valid_to
  water,A,,
  transport,B,,
  transport,D,,

  """

private func units() throws -> Dimension {
  Dimension(
    name: "unit", label: Bilingual(same: "unit"), help: nil, aliases: [], memberSource: .closed,
    members: try members(from: unitText, aliases: aliasText, parentColumn: "kind"), parent: "kind",
    unranked: [], optionalPrefixes: ["county", "县"], defaultMember: nil, timeUnit: nil)
}

@Suite struct NameLookupTests {
  @Test func membersKeepTheOrderAndTheColumnsOfTheirFile() throws {
    let members = try units().members
    #expect(
      members.map(\.name) == ["county water office", "county road office", "River Town", "县路政局"])
    #expect(members[0].fullName == "Water Office, County")
    #expect(members.map(\.parent) == ["department", "department", "town", "department"])
    #expect(members[1].validFrom == "2020-01-01")
    #expect(members[0].aliases == ["water"])
  }

  @Test func anAliasWithDatesIsAFormerNameAndAnAliasInItsTimeAlone() throws {
    var unit = try units()
    unit.members = try members(
      from: "id,name,valid_to,successor\nA,road office,,\nB,bridge office,2024-09-30,A\n",
      aliases: "alias,id,valid_from,valid_to\ntrack office,A,,2024-09-30\nroads,A,,\n",
      parentColumn: nil)
    #expect(unit.members[0].aliases == ["roads"])
    #expect(unit.members[0].formerNames.map(\.name) == ["track office"])
    #expect(unit.members[1].successor == "road office")
    #expect(memberMatch("track office", in: unit) == .found(unit.members[0]))
    func finds(_ quarter: Int) -> Bool {
      let known = unit.asOf(Quarter(year: 2024, quarter: quarter))
      return memberMatch("track office", in: known) != .unknown
    }
    #expect((1...4).map(finds) == [true, true, true, false])
  }

  @Test func daysAndSuccessorsOfMembersAreHeldToTheirForm() {
    for text in [
      "id,name,valid_from\nA,x,2024-9-1\n", "id,name,valid_from\nA,x,2024-02-30\n",
      "id,name,successor\nA,x,B\n",
    ] {
      #expect(throws: MemberFileProblem.self) {
        try members(from: text, aliases: nil, parentColumn: nil)
      }
    }
  }

  @Test func aNameIsFoundWhateverItsWidthCaseAndBlanks() throws {
    let unit = try units()
    for spelling in [
      "River Town", "rivertown", "ＲＩＶＥＲ　ＴＯＷＮ", "river\u{3000}town", " River Town ",
    ] {
      #expect(memberMatch(spelling, in: unit) == .found(unit.members[2]), "\(spelling)")
    }
  }

  @Test func anOptionalLeadingWordMayBeLeftOutOrAdded() throws {
    let unit = try units()
    #expect(memberMatch("路政局", in: unit) == .found(unit.members[3]))
    #expect(memberMatch("县路政局", in: unit) == .found(unit.members[3]))
    #expect(memberMatch("road office", in: unit) == .found(unit.members[1]))
    #expect(memberMatch("县River Town", in: unit) == .found(unit.members[2]))
  }

  @Test func anAliasOfTwoMembersIsAskedBackAndNeverChosen() throws {
    let unit = try units()
    #expect(memberMatch("transport", in: unit) == .ambiguous([unit.members[1], unit.members[3]]))
  }

  @Test func aNearNameIsUnknown() throws {
    #expect(memberMatch("River Twon", in: try units()) == .unknown)
    #expect(memberMatch("", in: try units()) == .unknown)
  }

  @Test func aFileWithAFaultNamesItsLine() throws {
    #expect(throws: MemberFileProblem.self) {
      try members(from: "id,label\nA,x\n", aliases: nil, parentColumn: nil)
    }
    do {
      _ = try members(from: "id,name\nA,x\nA,y\n", aliases: nil, parentColumn: nil)
      Issue.record("an id twice was taken")
    } catch {
      #expect(error.line == 3)
    }
    do {
      _ = try members(from: "id,name\nA,x\n", aliases: "alias,id\nz,B\n", parentColumn: nil)
      Issue.record("an alias of nobody was taken")
    } catch {
      #expect(error.line == 2)
    }
  }

  @Test func recordsFollowTheirQuotes() {
    let records = commaRecords(of: "\u{FEFF}a,\"b,\"\"c\"\"\nd\",e\r\nf,,\n")
    #expect(records.map(\.cells) == [["a", "b,\"c\"\nd", "e"], ["f", "", ""]])
    #expect(records.map(\.line) == [1, 3])
  }
}
