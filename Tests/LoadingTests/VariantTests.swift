// VariantTests.swift: notices of other shapes and counties arrive; what must be read of them is
// held.

import Catalog
import Columns
import Testing

@testable import Loading

/// Notices of other shapes and other counties, in our own words (domain.md 14).
@Suite struct VariantTests {
  /// Prose only, figures by type and by unit in the sentence, an issuer the catalogue does not
  /// know.
  private let prose = """
    某县人民政府办公室关于2025年一季度12345热线和县长信箱办理情况的通报

    各单位：

    一、12345热线

    一季度共受理12345工单839件（建议13件、求助387件、投诉394件、咨询14件、举报31件），按期办结792件，\
    逾期47件，其中住建局8件、平木镇10件、河口镇17件。按期办结率99.93％。

    二、县长信箱

    共接收21件，办结21件。

    三、政务新媒体

    各账号共发布1234条信息。

    某县人民政府办公室

    2025年4月11日印发
    """

  @Test func proseGivesFiguresByTypeAndByUnit() throws {
    let loaded = try loadNotice(prose)
    #expect(
      rows("claims", of: loaded) == [
        "2025Q1|hotline|hotline|received|83900e-2|1||",
        "2025Q1|hotline|hotline|received.proposal|1300e-2|2||",
        "2025Q1|hotline|hotline|received.assistance|38700e-2|3||",
        "2025Q1|hotline|hotline|received.complaint|39400e-2|4||",
        "2025Q1|hotline|hotline|received.enquiry|1400e-2|5||",
        "2025Q1|hotline|hotline|received.tip_off|3100e-2|6||",
        "2025Q1|hotline|hotline|ontime|79200e-2|7||", "2025Q1|hotline|hotline|overdue|4700e-2|8||",
        "2025Q1|hotline|hotline|ontime_rate|9993e-2|9||",
        "2025Q1|mailbox|mailbox|received|2100e-2|10||",
        "2025Q1|mailbox|mailbox|closed|2100e-2|11||",
      ])
    let unitRows = rows("unit_period", of: loaded).map { $0.split(separator: "|").prefix(11) }
    #expect(
      unitRows.map { $0.joined(separator: "|") } == [
        "2025Q1|hotline|0|1|0-1|住建局|-|-|-|-|8", "2025Q1|hotline|0|2|0-2|平木镇|-|-|-|-|10",
        "2025Q1|hotline|0|3|0-3|河口镇|-|-|-|-|17",
      ])
    #expect(
      rows("county_period", of: loaded) == [
        "2025Q1|hotline|839|-|792|47|-|-|-", "2025Q1|mailbox|21|21|-|-|-|-|-",
      ])
  }

  @Test func anotherCountysUnitsAreItsOwn() throws {
    let loaded = try loadNotice(prose)
    #expect(loaded.notices.map(\.county) == ["某县"])
    // 住建局 is an alias of the catalogue's county: it is not read with another county's names.
    #expect(
      loaded.newMembers.map { "\($0.name) \($0.parent ?? "-") \($0.issuer)" } == [
        "住建局 department 某县人民政府办公室", "平木镇 town 某县人民政府办公室", "河口镇 town 某县人民政府办公室",
      ])
    #expect(loaded.findings.filter { $0.code == "R32" } == [])
  }

  @Test func aTableHeldInAForeignTitleGivesItsUnitsTheirKind() throws {
    let loaded = try loadNotice(
      """
      某县人民政府办公室关于2025年第一季度12345热线办理情况的通报

      附件1

      12345热线各镇街办理情况

      单位\t应办件数\t办结数\t在办\t按时\t逾期
      河口\t12\t11\t1\t10\t1
      双石铺\t30\t30\t\t30\t0
      小计\t42\t41\t1\t40\t1
      其他\t3\t3\t0\t3\t0

      某县人民政府办公室
      2025年4月11日印发
      """)
    #expect(
      rows("unit_period", of: loaded).map {
        $0.split(separator: "|").prefix(11).joined(separator: "|")
      }
        == [
          "2025Q1|hotline|1|1|1-1|河口|12|11|1|10|1", "2025Q1|hotline|1|2|1-2|双石铺|30|30|-|30|0",
          "2025Q1|hotline|1|3|1-3|其他|3|3|0|3|0",
        ])
    #expect(loaded.totalRows.map(\.label) == ["小计"])
    #expect(loaded.newMembers.map(\.parent) == ["town", "town", "other"])
  }

  @Test func figuresThatTheTextGivesWithoutAWordAreTold() throws {
    let loaded = try loadNotice(
      prose.replacing("各账号共发布1234条信息。", with: "各账号共更新56件。"))
    #expect(loaded.skipped.map(\.text) == ["各账号共更新56件"])
    #expect(loaded.skipped.map(\.isUnexplained) == [true])
  }

  @Test func receivedClosedAndInHandAreToldApart() throws {
    let loaded = try loadNotice(
      """
      某县人民政府办公室关于2023年二季度12345热线办理情况的通报

      一、12345热线

      二季度受理1,484件，办结1475件，在办9件，按期办结1474件，按期办结率99.93%。

      某县人民政府办公室
      2023年7月11日印发
      """)
    #expect(
      rows("county_period", of: loaded) == ["2023Q2|hotline|1484|1475|1474|-|9|-|-"])
  }

  @Test func theYearComesFromThePrintLineWhereTheTitleHasNone() throws {
    let loaded = try loadNotice(
      """
      某县人民政府办公室关于四季度12345热线办理情况的通报
      一、12345热线
      四季度受理10件。
      某县人民政府办公室
      2025年1月11日印发
      """)
    #expect(loaded.notices.map(\.period.text) == ["2024Q4"])
  }

  @Test func twoTablesSideBySideAreParted() throws {
    let loaded = try loadNotice(
      """
      某县人民政府办公室关于2024年四季度12345热线办理情况的通报

      12345热线各单位办理情况

      单位\t应办件数\t办结数\t单位\t应办件数\t办结数
      甲镇\t5\t5\t乙镇\t7\t6
      丙镇\t1\t1\t\t\t

      某县人民政府办公室
      2025年1月11日印发
      """)
    #expect(
      rows("unit_period", of: loaded).map {
        $0.split(separator: "|").prefix(8).joined(separator: "|")
      }
        == [
          "2024Q4|hotline|1|1|1-1|甲镇|5|5", "2024Q4|hotline|1|2|1-2|乙镇|7|6",
          "2024Q4|hotline|1|3|1-3|丙镇|1|1",
        ])
  }

  @Test func rowsBrokenOverLinesAreJoined() throws {
    let joined = try loadNotice(
      """
      某县人民政府办公室关于2024年四季度12345热线办理情况的通报

      12345热线各单位办理情况

      单位\t备注\t应办件数\t办结数
      丙镇\t10月逾
      期1件\t1\t1
      甲县
      局\t\t5\t5

      某县人民政府办公室
      2025年1月11日印发
      """)
    #expect(rows("unit_event", of: joined) == ["2024Q4|hotline|1|1|1-1|丙镇|2024-10-01|overdue|1"])
    #expect(joined.findings.contains { $0.code == "R33" })
  }

  @Test func aRemarkThatIsNotUnderstoodIsKeptAndTold() throws {
    let text = ownNotice().replacing("12月退回重办1件", with: "12月退回重办若干件")
    let loaded = try loadNotice(text)
    #expect(rows("unit_event", of: loaded).count == 12)
    #expect(rows("unit_period", of: loaded).contains { $0.hasSuffix("|12月退回重办若干件") })
    #expect(
      loaded.findings.filter { $0.code == "R31" }.map(\.stated) == ["12月退回重办若干件"])
  }

  @Test func anUnknownUnitOfAKnownIssuerIsKeptUnderItsOwnName() throws {
    let loaded = try loadNotice(ownNotice().replacing("\t县林业局\t", with: "\t县林草局\t"))
    #expect(loaded.findings.filter { $0.code == "R32" }.map(\.stated) == ["县林草局"])
    #expect(loaded.newMembers.map { $0.parent } == ["department"])
  }

  @Test func gapsAndRepeatsInTheNumberingAreTold() throws {
    let loaded = try loadNotice(ownNotice().replacing("\n27\t县林业局", with: "\n26\t县林业局"))
    #expect(loaded.findings.filter { $0.code == "R35" }.map(\.stated) == ["26, 28"])
    let labels = rows("unit_period", of: loaded).map { $0.split(separator: "|")[4] }
    #expect(Set(labels).count == labels.count)
  }

  @Test func aCellThatIsNoFigureRefusesTheWholeNotice() {
    do {
      _ = try loadNotice(ownNotice().replacing("\t93\t93\t25.00", with: "\t9x\t93\t25.00"))
      Issue.record("loaded")
    } catch let failure as LoadFailure {
      #expect(failure.faults.map(\.diagnostic.code) == ["D13"])
      #expect(failure.faults.first?.cell == "9x")
      #expect(failure.loaded.store.partitions.isEmpty)
    } catch {
      Issue.record("another error")
    }
  }

  @Test func figuresTooLargeForTheirColumnAreRefused() {
    do {
      _ = try loadNotice(prose.replacing("839件", with: "9000000000000000000件"))
      Issue.record("loaded")
    } catch let failure as LoadFailure {
      #expect(failure.faults.map(\.column) == ["stated"])
    } catch {
      Issue.record("another error")
    }
  }

  @Test func aTextWithoutAQuarterIsRefused() {
    #expect(throws: LoadFailure.self) { try loadNotice("一份普通的文本。\n没有任何数字。") }
  }

  /// Whatever is cut from or put into a notice, it is read or refused, and never ends the program.
  @Test func noMutationOfANoticeEndsTheProgram() {
    let text = Array(ownNotice().utf8)
    let pieces = [
      "\t", "\n", "件", "、", "（", "：", "99999999999999999999", "%", "附件", "序号", "其中", ",",
    ]
    var random = Seeded(state: 2024)
    var loadedCount = 0
    for _ in 0..<150 {
      var bytes = text
      for _ in 0...random.next(6) {
        let at = random.next(bytes.count)
        switch random.next(3) {
        case 0: bytes.removeSubrange(at..<min(bytes.count, at + random.next(200)))
        case 1: bytes.insert(contentsOf: Array(pieces[random.next(pieces.count)].utf8), at: at)
        default: bytes[at] = UInt8(random.next(128))
        }
      }
      if (try? loadNotice(String(decoding: bytes, as: UTF8.self))) != nil { loadedCount += 1 }
    }
    #expect(loadedCount > 0)
  }
}

extension String {
  /// Every place where `old` stands.
  func replacing(_ old: String, with new: String) -> String {
    let bytes = Array(utf8)
    let needle = Array(old.utf8)
    var output: [UInt8] = []
    var index = 0
    while let at = position(of: needle, in: index..<bytes.count, of: bytes) {
      output += bytes[index..<at] + Array(new.utf8)
      index = at + needle.count
    }
    return String(decoding: output + bytes[index...], as: UTF8.self)
  }
}
