// Sentences.swift: the sentences of a notice become figures, lists of names, duties and mentions.
//
// A figure belongs to the section it stands in and to the last figure word before it in its clause.
// What is not understood stays as text; a figure without a word is told (domain.md 9).

import Syntax

/// A sentence under way.
private struct Sentence {
  var words: [SentenceWord]
  var range: Range<Int>
  var paragraph: Paragraph
  var channel: String
}

private let fullStop = Array("。".utf8)
private let pause = Array("、".utf8)
/// Words that stand between a list's opening and its first name where there is no colon.
private let links = ["有", "为", "是"].map { Array($0.utf8) }

extension NoticeReading {
  mutating func readSentences(_ paragraph: Paragraph, of bytes: [UInt8]) {
    let channels = channelDimension?.members.map(\.name) ?? []
    var start = 0
    var index = 0
    while index <= paragraph.narrow.count {
      let isEnd = index == paragraph.narrow.count
      let isStop = !isEnd && starts(with: fullStop, at: index, of: paragraph.narrow)
      guard isEnd || isStop || [0x21, 0x3F].contains(paragraph.narrow[index]) else {
        index += 1
        continue
      }
      let range = start..<index
      index += isStop ? 3 : 1
      start = index
      if range.isEmpty { continue }
      let section = section(of: paragraph, sentence: range)
      let sentence = Sentence(
        words: words.sentenceWords(range, of: paragraph.narrow, in: section), range: range,
        paragraph: paragraph, channel: channels.contains(section) ? section : "")
      read(sentence, section: section, of: bytes)
    }
  }

  /// Text without headings names its section in the sentence itself, else it is about the first
  /// channel.
  private func section(of paragraph: Paragraph, sentence: Range<Int>) -> String {
    if !paragraph.section.isEmpty { return paragraph.section }
    return words.section(of: sentence, in: paragraph.narrow)
      ?? channelDimension?.defaultMember ?? ""
  }

  private mutating func read(_ sentence: Sentence, section: String, of bytes: [UInt8]) {
    // Figures and lists are numbered in reading order, so both are read in one pass.
    readFiguresAndLists(sentence, section: section, of: bytes)
    let narrow = sentence.paragraph.narrow
    for word in sentence.words {
      guard case .phrase(let role) = word.kind else { continue }
      let line = sentence.paragraph.line(at: word.range.lowerBound)
      let mention = NoticeMentions.Mention(
        word: text(word.range, of: narrow), section: section, file: sentence.paragraph.file,
        line: line)
      switch role {
      case .joint:
        mentions.joint.append(mention)
        if !sentence.channel.isEmpty, !info.jointChannels.contains(sentence.channel) {
          info.jointChannels.append(sentence.channel)
        }
      case .cutoff:
        let after = word.range.upperBound..<sentence.range.upperBound
        if let date = writtenDate(in: after, of: narrow, year: info.period.year),
          date.range.lowerBound == after.lowerBound, let day = date.day
        {
          info.cutoff = day
        }
      case .mention where !sentence.words.contains(where: \.isFigure):
        mentions.unnamed.append(mention)
      case .reference(let kind):
        refer(
          kind, section: section, sentence.paragraph.file, line,
          sentence.paragraph.original(sentence.range, of: bytes))
      case .duty(let frequency): readDuty(at: word.range, frequency, sentence, of: bytes)
      default: break
      }
    }
  }
}

extension SentenceWord {
  fileprivate var isFigure: Bool {
    if case .figure = kind { return true }
    return false
  }
}

// MARK: - Figures

/// Where a figure stands in its clause.
private struct FigureContext {
  /// The figure word before, not yet used.
  var pending: String?
  /// The last count stated: what figures of types and units belong to.
  var last: String?
  /// Text since the last mark: a type's or a unit's name.
  var name: Range<Int>?
}

extension NoticeReading {
  private mutating func readFiguresAndLists(
    _ sentence: Sentence, section: String, of bytes: [UInt8]
  ) {
    var context = FigureContext()
    var listEnd = 0
    for word in sentence.words where word.range.lowerBound >= listEnd {
      switch word.kind {
      case .phrase(.figure(let name)):
        context.pending = name
        context.name = nil
      case .phrase(.list(let name)):
        listEnd = readList(name, after: word.range, sentence, section: section)
        context.name = nil
      case .phrase(.breakdown):
        context.pending = nil
        context.name = nil
      case .phrase: context.name = nil
      case .mark(let mark):
        // A colon or bracket opens what the figure before it is made of.
        context.pending = nil
        context.name = nil
        if mark == 0x3B { context.last = nil }
      case .other: context.name = word.range
      case .figure(let number):
        read(number, word.range, &context, sentence, section: section, of: bytes)
      }
    }
  }

  private mutating func read(
    _ number: PrintedNumber, _ range: Range<Int>, _ context: inout FigureContext,
    _ sentence: Sentence, section: String, of bytes: [UInt8]
  ) {
    let line = sentence.paragraph.line(at: range.lowerBound)
    let file = sentence.paragraph.file
    defer {
      context.pending = nil
      context.name = nil
    }
    if let figure = context.pending, !sentence.channel.isEmpty,
      number.isPercent == figure.hasSuffix("_rate")
    {
      state(figure, number, section: section, channel: sentence.channel, file: file, line: line)
      if !number.isPercent { context.last = figure }
      return
    }
    if let name = context.name, let figure = context.last, !number.isPercent,
      stateSingle(figure, number, name, sentence, section: section, line: line)
    {
      return
    }
    skip(
      file, line, sentence.paragraph.original(sentence.range, of: bytes),
      Bilingual(
        "a figure without a word that tells what it counts", "数字前没有已知的指标词"))
  }

  /// A figure of a channel: a claim, and for a count the county's figure.
  mutating func state(
    _ figure: String, _ number: PrintedNumber, section: String, channel: String, file: Int,
    line: Int
  ) {
    claims.append(
      Claim(
        section: section, channel: channel, figure: figure, stated: number, file: file,
        line: line))
    if !number.isPercent, number.places == 0 {
      county.state(figure, number.digits, channel: channel, file: file, line: line)
    }
  }

  /// `求助387件` is a figure by type; `住建局8件` is a row of one unit with that column alone.
  private mutating func stateSingle(
    _ figure: String, _ number: PrintedNumber, _ name: Range<Int>, _ sentence: Sentence,
    section: String, line: Int
  ) -> Bool {
    let narrow = sentence.paragraph.narrow
    let file = sentence.paragraph.file
    if let type = requestTypes.member(name, of: narrow) {
      guard figure == "received" else { return false }
      claims.append(
        Claim(
          section: section, channel: sentence.channel, figure: "\(figure).\(type)",
          stated: number, file: file, line: line))
      return true
    }
    guard units.member(name, of: narrow) != nil || units.looksLikeName(name, of: narrow) else {
      return false
    }
    return stateUnit(
      figure, number.digits, name, of: narrow, channel: sentence.channel, file: file, line: line)
  }

  /// A row with annex 0: the sentence counts as a table for this one figure (domain.md 6, no. 8).
  mutating func stateUnit(
    _ figure: String, _ value: Int64, _ name: Range<Int>, of narrow: [UInt8], channel: String,
    file: Int, line: Int
  ) -> Bool {
    guard let column = rows.index(of: figure == "received" ? "assigned" : figure),
      rows.columns[column].type == .whole
    else { return false }
    let unit = units.canonical(name, of: narrow, file: file, line: line, isInTable: false)
    sentenceRowCount += 1
    rows.addRow(line: line, file: file)
    rows.set(columns.period, Int64(info.period.index))
    rows.set(columns.channel, channel)
    rows.set(columns.annex, 0)
    rows.set(columns.rowNumber, Int64(sentenceRowCount))
    rows.set(columns.printedRow, "0-\(sentenceRowCount)")
    rows.set(columns.unit, unit)
    rows.set(column, value)
    return true
  }
}

// MARK: - Lists and duties

extension NoticeReading {
  /// Reads names after a list's opening words, up to the first part that is no name.
  ///
  /// - Returns: where the list ends; the opening's own end if no name follows.
  private mutating func readList(
    _ list: String, after opening: Range<Int>, _ sentence: Sentence, section: String
  ) -> Int {
    let narrow = sentence.paragraph.narrow
    var end = opening.upperBound
    let start = listStart(after: opening.upperBound, sentence)
    for part in parts(of: start..<sentence.range.upperBound, in: narrow) {
      var (name, isLast) = listName(part, of: narrow, in: section)
      if end == opening.upperBound, units.member(name, of: narrow) == nil {
        name = afterLink(name, of: narrow)
      }
      guard units.member(name, of: narrow) != nil || units.looksLikeName(name, of: narrow) else {
        break
      }
      let line = sentence.paragraph.line(at: name.lowerBound)
      let unit = units.canonical(
        name, of: narrow, file: sentence.paragraph.file, line: line, isInTable: false)
      claims.append(
        Claim(
          section: section, channel: sentence.channel, figure: "list", stated: nil, list: list,
          unit: unit, file: sentence.paragraph.file, line: line))
      end = name.upperBound
      if isLast { break }
    }
    return end
  }

  /// Behind a colon, if one comes before the first comma; else right behind the opening.
  private func listStart(after opening: Int, _ sentence: Sentence) -> Int {
    for word in sentence.words where word.range.lowerBound >= opening {
      guard case .mark(let mark) = word.kind else { continue }
      if mark == 0x3A { return word.range.upperBound }
      if mark == 0x2C || mark == 0x3B { break }
    }
    return opening
  }

  /// A part without the word or bracket that closes the list.
  private func listName(
    _ part: Range<Int>, of narrow: [UInt8], in section: String
  ) -> (name: Range<Int>, isLast: Bool) {
    if let open = narrow[part].firstIndex(of: 0x28) { return (part.lowerBound..<open, true) }
    for match in words.textFinder.matches(in: part, of: narrow)
    where match.range.upperBound == part.upperBound
      && words.role(match.phrase, in: section) == .listEnd
    {
      return (part.lowerBound..<match.range.lowerBound, true)
    }
    return (part, false)
  }

  private func afterLink(_ name: Range<Int>, of narrow: [UInt8]) -> Range<Int> {
    for link in links {
      if let at = position(of: link, in: name, of: narrow) {
        return at + link.count..<name.upperBound
      }
    }
    return name
  }

  /// `甲局、乙局每月报送某某、某某相关信息`: every unit owes every topic.
  private mutating func readDuty(
    at verb: Range<Int>, _ frequency: String, _ sentence: Sentence, of bytes: [UInt8]
  ) {
    let narrow = sentence.paragraph.narrow
    var start = verb.lowerBound
    while start > sentence.range.lowerBound,
      ![0x2C, 0x3B, 0x3A].contains(narrow[start - 1])
    {
      start -= 1
    }
    var end = verb.upperBound
    while end < sentence.range.upperBound, ![0x2C, 0x3B].contains(narrow[end]) { end += 1 }
    var topics = verb.upperBound..<end
    for match in words.textFinder.matches(in: topics, of: narrow)
    where match.range.upperBound == end
      && words.textMeanings[match.phrase].contains(where: { $0.role == .dutyTail })
    {
      topics = verb.upperBound..<match.range.lowerBound
    }
    let line = sentence.paragraph.line(at: verb.lowerBound)
    let names = parts(of: start..<verb.lowerBound, in: narrow)
    let areUnits = names.allSatisfy {
      units.member($0, of: narrow) != nil || units.looksLikeName($0, of: narrow)
    }
    guard areUnits, !names.isEmpty, !topics.isEmpty else {
      skip(
        sentence.paragraph.file, line, sentence.paragraph.original(start..<end, of: bytes),
        Bilingual("a duty whose unit or topic is not understood", "无法识别报送单位或事项"))
      return
    }
    for name in names {
      let unit = units.canonical(
        name, of: narrow, file: sentence.paragraph.file, line: line, isInTable: false)
      for topic in parts(of: topics, in: narrow) {
        duties.append(
          Duty(
            unit: unit, topic: text(topic, of: narrow), frequency: frequency,
            file: sentence.paragraph.file, line: line))
      }
    }
  }
}
