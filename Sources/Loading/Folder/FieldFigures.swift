// FieldFigures.swift: the fields of `notice.csv` that stand for running text: figures, lists,
// duties, mentions.

import Catalog
import Syntax

extension NoticeReading {
  /// The file of the fields is the first of the sources.
  mutating func readFields(_ fields: NoticeFields, used: Set<Int>) {
    for (index, field) in fields.fields.enumerated() where !used.contains(index) {
      let isKnown =
        readNamedField(field, of: fields) || readSectionField(field, of: fields)
      if isKnown { continue }
      faults.append(
        unknownFieldFault(spot(0, field.line), field: field.name))
    }
  }

  private mutating func cellFault(_ field: NoticeField, _ fields: NoticeFields, _ type: ColumnType)
  {
    faults.append(
      Loading.cellFault(
        spot(0, field.line), column: field.name, cell: fields.value(field), .expected(type)))
  }

  /// `duty.monthly.X`, `media.interval.X`, `reference.review_chain`, `text.hotline`
  private mutating func readNamedField(_ field: NoticeField, of fields: NoticeFields) -> Bool {
    let path = field.path
    if path.count == 3, path[0] == "duty" {
      for topic in fields.list(field) {
        duties.append(
          Duty(
            unit: unit(path[2], line: field.line), topic: text(topic, of: fields.bytes),
            frequency: path[1], file: 0, line: field.line))
      }
      return true
    }
    if path.count == 3, path[1] == "interval" {
      guard case .number(let days, _) = typedCell(field.value, of: fields.bytes, as: .whole),
        days > 0, days <= 3660
      else {
        cellFault(field, fields, .whole)
        return true
      }
      let name = Array(path[2].utf8)
      let platform = platforms.canonical(
        0..<name.count, of: name, file: 0, line: field.line, isInTable: false)
      intervals.append(
        MonitoringInterval(platform: platform, days: Int(days), file: 0, line: field.line))
      return true
    }
    if path.count == 2, path[0] == "reference" {
      refer(path[1], 0, field.line, fields.value(field))
      return true
    }
    if path.count == 2, path[0] == "text" {
      refer("narrative", section: path[1], 0, field.line, fields.value(field))
      return true
    }
    return false
  }

  private mutating func unit(_ name: String, line: Int) -> String {
    let bytes = Array(name.utf8)
    return units.canonical(0..<bytes.count, of: bytes, file: 0, line: line, isInTable: false)
  }

  /// `hotline.received`, `hotline.received.complaint`, `hotline.overdue.X`, `letters.units`,
  /// `hotline.list.most_closed`, `hotline.joint`, `media.problems`, `site.mention`
  private mutating func readSectionField(_ field: NoticeField, of fields: NoticeFields) -> Bool {
    let path = field.path
    guard path.count == 2 || path.count == 3 else { return false }
    let section = path[0]
    let isChannel = channelDimension?.members.contains { $0.name == section } == true
    switch path[1] {
    case "list" where path.count == 3:
      addList(path[2], field, of: fields, section: section, isChannel: isChannel)
    case "units" where path.count == 2:
      addList(section, field, of: fields, section: section, isChannel: isChannel)
    case "joint" where path.count == 2 && isChannel:
      mentions.joint.append(
        NoticeMentions.Mention(
          word: fields.value(field), section: section, file: 0, line: field.line))
      info.jointChannels.append(section)
    case "problems" where path.count == 2:
      // Parted as the table's cells are: a problem may hold `、` and a comma.
      fold(field.value, of: fields.bytes, into: &mentions.accountText)
    case "mention" where path.count == 2:
      mentions.unnamed.append(
        NoticeMentions.Mention(
          word: fields.value(field), section: section, file: 0, line: field.line))
    default:
      guard isChannel else { return false }
      return addFigure(field, of: fields, channel: section)
    }
    return true
  }

  private mutating func addList(
    _ list: String, _ field: NoticeField, of fields: NoticeFields, section: String,
    isChannel: Bool
  ) {
    for part in fields.list(field) {
      let unit = units.canonical(
        part, of: fields.bytes, file: 0, line: field.line, isInTable: false)
      claims.append(
        Claim(
          section: section, channel: isChannel ? section : "", figure: "list", stated: nil,
          list: list, unit: unit, file: 0, line: field.line))
    }
  }

  private mutating func addFigure(
    _ field: NoticeField, of fields: NoticeFields, channel: String
  ) -> Bool {
    let figure = field.path[1]
    guard words.figures.contains(figure) else { return false }
    guard case .number(let number) = readNumber(field.value, of: fields.bytes),
      number.isPercent == figure.hasSuffix("_rate"), number.isPercent || number.places == 0
    else {
      cellFault(field, fields, figure.hasSuffix("_rate") ? .percent : .whole)
      return true
    }
    if field.path.count == 2 {
      state(
        figure, number, section: channel, channel: channel, file: 0, line: field.line)
      return true
    }
    let name = Array(field.path[2].utf8)
    if figure == "received", let type = requestTypes.member(0..<name.count, of: name) {
      claims.append(
        Claim(
          section: channel, channel: channel, figure: "\(figure).\(type)", stated: number,
          file: 0, line: field.line))
      return true
    }
    return stateUnit(
      figure, number.digits, 0..<name.count, of: name, channel: channel, file: 0,
      line: field.line)
  }
}
