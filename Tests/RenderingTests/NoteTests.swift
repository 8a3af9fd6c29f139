// NoteTests.swift: answers with notes arrive, what is said of them is compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private func answer(_ codes: [String], _ language: Language) -> Answer {
  Answer(
    sentence: "orders", language: language, columns: [measure("orders", "Orders")],
    rows: [AnswerRow([count(2575)])],
    notes: codes.map {
      AnswerNote(code: $0, text: "t", isInformational: $0 == "SAMPLE" || $0 == "I03")
    })
}

private func lines(_ codes: [String], _ language: Language, _ level: NoteLevel) -> [String] {
  let options = RenderOptions(mode: .plain, noteLevel: level)
  return render(answer(codes, language), options).split(separator: "\n").dropFirst(2).map {
    String($0)
  }
}

@Suite struct NoteTests {
  @Test func `Informational notes are shown on demand only`() {
    #expect(lines(["I03", "R02", "SAMPLE"], .english, .standard) == ["note R02: t"])
    #expect(
      lines(["I03", "R02", "SAMPLE"], .chinese, .all) == ["注 I03：t", "注 R02：t", "注 SAMPLE：t"])
    #expect(lines(["I03", "R02"], .english, .none) == [])
  }

  @Test func `A note that is too long goes on below its beginning`() {
    var told = answer(["R01", "R02"], .chinese)
    told.notes[0].text = "正文为2,278件，附件合计2,575件，相差297件；可能有合办工单"
    told.basis = "热线，2024Q4，附件1、2，县政府部门，信箱"
    let options = RenderOptions(mode: .plain, width: 30, noteLevel: .standard)
    #expect(
      render(told, options).split(separator: "\n").dropFirst(2) == [
        "口径：热线，2024Q4，附件1、2，", "  县政府部门，信箱", "注 R01：正文为2,278件，附件合",
        "  计2,575件，相差297件；可能有", "  合办工单", "注 R02：t",
      ])
  }

  @Test func `Of more than four notes the first three are shown`() {
    let four = ["R01", "R02", "R03", "R04"]
    #expect(lines(four, .english, .standard).count == 4)
    let eight = four + ["R05", "R06", "R07", "R08"]
    #expect(
      lines(eight, .chinese, .standard) == ["注 R01：t", "注 R02：t", "注 R03：t", "另有 5 条，.注 all"])
    #expect(lines(eight, .english, .standard).last == "5 more, .notes all")
    #expect(lines(eight, .english, .all).count == 8)
  }

  @Test func `Data modes hand every note to stderr, safe on a terminal`() {
    var answer = answer(["R01", "R02", "R03", "R04", "R05", "SAMPLE"], .english)
    answer.notes[0].text = "a\u{1B}[31m"
    let lines = noteLines(answer, with: RenderOptions(mode: .csv, isTerminal: true))
    #expect(
      lines == ["note R01: a\\e[31m", "note R02: t", "note R03: t", "note R04: t", "note R05: t"])
  }
}
