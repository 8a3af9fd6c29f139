// TextFindings.swift: what text and tables tell of names, rules, lists and marks, but no figure
// can.

import Columns
import Syntax

extension NoticeReading {
  /// R15 to R17, R22, R23, R26, R28 and R32, then all findings in the order of their codes.
  mutating func findFindings() {
    findForm()
    findTwoNames()
    findSingleTable()
    findUnusedIntervals()
    findNamesWithoutFigures()
    findUnnamed()
    findUnmarkedJoint()
    findShortenedList()
    findUnknownUnits()
    findings.sort { ($0.code, $0.places.first?.line ?? 0) < ($1.code, $1.places.first?.line ?? 0) }
  }

  private mutating func findTwoNames() {
    var seen: [String] = []
    // Only a name that is not the canonical one can make a second name.
    for spelling in units.spellings
    where spelling.isInTable && spelling.printed != spelling.canonical
      && !seen.contains(spelling.canonical)
    {
      seen.append(spelling.canonical)
      let same = units.spellings.filter {
        $0.isInTable && !$0.isFormer && $0.canonical == spelling.canonical
      }
      guard same.count > 1 else { continue }
      find(
        "R15", .info, Bilingual("one unit under two names", "同一单位两种名称"),
        stated: same.map(\.printed).joined(separator: " / "), computed: spelling.canonical,
        places: same.map { place($0.file, $0.line) }, concerns: ["unit=\(spelling.canonical)"])
    }
  }

  /// Units that the notice names somewhere, but not in the tables of the channel meant by default.
  private mutating func findSingleTable() {
    let main = channelDimension?.defaultMember ?? ""
    guard
      tables.contains(where: {
        $0.channel == main && $0.dataset == rows.dataset.name && $0.rowCount > 0
      }), let unitColumn = columns.unit, let channelColumn = columns.channel
    else { return }
    var listed: Set<String> = []
    for row in 0..<rows.rowCount where rows.columns[channelColumn].string(row) == main {
      listed.insert(rows.columns[unitColumn].string(row))
    }
    let single = units.spellings.filter { !listed.contains($0.canonical) }
    var names: [String] = []
    for spelling in single where !names.contains(spelling.canonical) {
      names.append(spelling.canonical)
    }
    guard !names.isEmpty else { return }
    find(
      "R16", .info, Bilingual("units in one table or sentence only", "仅见于一处的单位"),
      stated: names.joined(separator: "、"), places: single.map { place($0.file, $0.line) },
      concerns: names.map { "unit=\($0)" })
  }

  private mutating func findUnusedIntervals() {
    guard !accounts.isEmpty else { return }
    let unused = intervals.filter { interval in
      !accounts.contains { $0.platform == interval.platform }
    }
    guard !unused.isEmpty else { return }
    find(
      "R17", .info, Bilingual("interval without an account", "有监测周期而无账号"),
      stated: unused.map { "\($0.platform) \($0.days)" }.joined(separator: ", "), computed: "0",
      places: unused.map { place($0.file, $0.line) },
      concerns: unused.map { "platform=\($0.platform)" })
  }

  /// A channel with figures and names in the text, and no table.
  private mutating func findNamesWithoutFigures() {
    for channel in channelDimension?.members.map(\.name) ?? [] {
      let hasRows = rows.rowCount > 0 && channelHasRows(channel)
      let lists = claims.filter { $0.channel == channel && $0.figure == "list" }
      guard !hasRows, let first = lists.first else { continue }
      let total = claims.first { $0.channel == channel && $0.figure != "list" }
      find(
        "R22", .info, Bilingual("units named without figures", "只列单位，没有分单位数字"),
        stated: lists.map(\.unit).joined(separator: "、"),
        computed: total?.stated.map { "\($0.digits)" } ?? "",
        places: [place(first.file, first.line)], concerns: ["channel=\(channel)"])
    }
  }

  private func channelHasRows(_ channel: String) -> Bool {
    guard let column = columns.channel else { return false }
    return (0..<rows.rowCount).contains { rows.columns[column].string($0) == channel }
  }

  private mutating func findUnnamed() {
    for mention in mentions.unnamed {
      find(
        "R23", .info, Bilingual("a statement without names or counts", "没有单位和数量的表述"),
        stated: mention.word, places: [place(mention.file, mention.line)])
    }
  }

  private mutating func findUnmarkedJoint() {
    for channel in info.jointChannels {
      let own = tables.filter { $0.channel == channel && $0.dataset == rows.dataset.name }
      guard !own.isEmpty, !own.contains(where: \.hasJointRow),
        !totals.contains(where: { $0.channel == channel && $0.isJoint }),
        let mention = mentions.joint.first
      else { continue }
      find(
        "R26", .info, Bilingual("joint orders mentioned, no row marked", "提到合办，未标注到行"),
        stated: mention.word, computed: own.map { "\($0.annex)" }.joined(separator: ", "),
        places: [place(mention.file, mention.line)], concerns: ["channel=\(channel)"])
    }
  }

  /// Problems of the table that the text's list leaves out, where it names others of them.
  private mutating func findShortenedList() {
    var problems: [String] = []
    for problem in accounts.flatMap(\.problems) where !problems.contains(problem) {
      problems.append(problem)
    }
    let text = mentions.accountText
    let missing = problems.filter { problem in
      position(of: folded(problem), in: 0..<text.count, of: text) == nil
    }
    guard !missing.isEmpty, missing.count < problems.count else { return }
    let rows = accounts.filter { account in
      account.problems.contains { missing.contains($0) }
    }
    find(
      "R28", .info, Bilingual("a shortened list of problems", "正文所列问题不全"),
      stated: "\(problems.count - missing.count)", computed: "\(problems.count)",
      difference: missing.joined(separator: "; "),
      places: rows.map { place($0.file, $0.line) }, concerns: missing.map { "problem=\($0)" })
  }

  private mutating func findUnknownUnits() {
    guard units.looksUp else { return }
    for spelling in units.spellings where !spelling.isKnown {
      find(
        "R32", .warning, Bilingual("a unit that the list of units lacks", "单位名单中没有的单位"),
        stated: spelling.printed, places: [place(spelling.file, spelling.line)],
        concerns: ["unit=\(spelling.canonical)"])
    }
  }
}
