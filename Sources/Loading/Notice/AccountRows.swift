// AccountRows.swift: a printed row of the account table becomes an inspected account with its
// problems.

extension NoticeReading {
  mutating func readAccountRow(_ line: TableLine, of bytes: [UInt8]) {
    var account = InspectedAccount(
      platform: "", name: "", unit: "", problems: [], file: line.file, line: line.line)
    let own = headers.stored[accountDataset(of: line)]
    for index in line.segment {
      let cell = line.cells[index]
      let name: String
      switch line.columns[index].use {
      case .own(let target) where target >= 0: name = own[target].name
      case .other(let dataset, let target):
        name = headers.stored[dataset][target].name
      case .numbering:
        rememberNumber(cell, line, of: bytes)
        continue
      case .own, .unknown: continue
      }
      var cleaned: [UInt8] = []
      let isRepaired = clean(cell, of: bytes, into: &cleaned)
      if isRepaired, !cleaned.isEmpty { repairs.append(place(line.file, line.line)) }
      take(name, cleaned, into: &account, line)
    }
    if account.name.isEmpty, account.unit.isEmpty { return }
    tables[line.summary].rowCount += 1
    accounts.append(account)
  }

  private func accountDataset(of line: TableLine) -> Int {
    headers.datasets.firstIndex { $0.name == tables[line.summary].dataset } ?? 0
  }

  private mutating func take(
    _ column: String, _ cleaned: [UInt8], into account: inout InspectedAccount,
    _ line: TableLine
  ) {
    if cleaned.isEmpty { return }
    let whole = 0..<cleaned.count
    switch column {
    case "platform":
      account.platform = platforms.canonical(
        whole, of: cleaned, file: line.file, line: line.line, isInTable: true)
    case "account_name": account.name = String(decoding: cleaned, as: UTF8.self)
    case "unit_name":
      account.unit = units.canonical(
        whole, of: cleaned, file: line.file, line: line.line, isInTable: true)
    case "problem": account.problems = problemTexts(cleaned)
    default: break
    }
  }

  private mutating func rememberNumber(_ cell: Range<Int>, _ line: TableLine, of bytes: [UInt8]) {
    if case .number(let number) = readNumber(trimmed(cell, of: bytes), of: bytes) {
      tables[line.summary].rowNumbers.append((number.digits, line.line))
    }
  }
}

/// The problems of one cell: parted at `;` and `；` only, since a problem may hold a comma; a mark
/// of absence is no problem (domain.md 8, nos. 19 and 23).
func problemTexts(_ cleaned: [UInt8]) -> [String] {
  var problems: [String] = []
  var start = 0
  var index = 0
  while index <= cleaned.count {
    let isWide =
      index < cleaned.count && narrowForm(cleaned, at: index, before: cleaned.count) == 0x3B
    if index == cleaned.count || cleaned[index] == 0x3B || isWide {
      let part = trimmed(start..<index, of: cleaned)
      if !isMissingMark(part, of: cleaned) {
        let problem = text(part, of: cleaned)
        if !problems.contains(problem) { problems.append(problem) }
      }
      start = index + (isWide ? 3 : 1)
      index = start
    } else {
      index += 1
    }
  }
  return problems
}
