// NoticeVocabulary.swift: the phrases of `bulletin.csv` become finders, one for each place they are
// looked for in.
//
// A phrase says where it stands (section), and what it gives (data set, column, value). Only this
// file knows the words of those last three; no phrase itself stands in the program.

import Catalog

struct NoticeVocabulary {
  /// What a phrase of running text tells.
  enum Role: Hashable {
    /// A figure follows: `received`, `overdue` …
    case figure(String)
    /// The measure word behind a count.
    case measure
    /// Names follow, or (without a name) end.
    case list(String)
    case listEnd
    /// Figures of single units follow.
    case breakdown
    case joint
    case cutoff
    case duty(frequency: String)
    /// A word behind the topics of a duty that belongs to none.
    case dutyTail
    /// A kind of finding that the text may mention without names or counts.
    case mention(dataset: String)
    case reference(String)
  }

  /// A phrase in running text: the section it is limited to (nil: any), and its role.
  struct Meaning: Hashable {
    var section: String?
    var role: Role
  }

  enum RemarkRole: Hashable {
    case event(String)
    case joint, measure
  }
  enum IntervalRole: Hashable {
    case opening, every
    case days(Int)
  }

  private(set) var textFinder: PhraseFinder
  private(set) var textMeanings: [[Meaning]] = []
  private(set) var remarkFinder: PhraseFinder
  private(set) var remarkRoles: [RemarkRole] = []
  private(set) var intervalFinder: PhraseFinder
  private(set) var intervalRoles: [IntervalRole] = []
  private(set) var headingFinder: PhraseFinder
  private(set) var headingSections: [String] = []
  private(set) var unitEndings: PhraseFinder
  private(set) var unitEndingKinds: [String] = []
  /// The kind of a name that no ending fits.
  private(set) var defaultKind: String?
  /// The figures that any phrase tells: `received`, `overdue` …
  private(set) var figures: Set<String> = []
  /// Phrases of the front and back matter by what they give: `issued`, `copies_to` …
  private(set) var front: [String: [[UInt8]]] = [:]
  /// The version a word of the title gives.
  private(set) var titleVersions: [(phrase: [UInt8], version: Int)] = []
  /// Headings known to be slips, with what they are read as.
  private(set) var misprints: [(heading: [UInt8], readAs: String)] = []
  /// Headings that tell a table's channel where no title does.
  private(set) var channelHeadings: [(heading: [UInt8], channel: String)] = []

  init(_ phrases: [BulletinPhrase]) {
    var textPhrases: [[UInt8]] = []
    var remarkPhrases: [[UInt8]] = []
    var intervalPhrases: [[UInt8]] = []
    var headingPhrases: [[UInt8]] = []
    var endings: [[UInt8]] = []
    let places: Set<String> = ["front", "heading", "header", "remark", "interval", "unit"]
    for phrase in phrases {
      let bytes = folded(phrase.phrase)
      switch phrase.section {
      // What `TableWords` reads.
      case "table": break
      case "front":
        front[phrase.column, default: []].append(bytes)
        if phrase.column == "version", let version = Int(phrase.value) {
          titleVersions.append((bytes, version))
        }
      case "heading":
        headingPhrases.append(bytes)
        headingSections.append(phrase.value)
      case "header":
        if phrase.column == "channel" {
          channelHeadings.append((bytes, phrase.value))
        } else {
          misprints.append((bytes, phrase.value))
        }
      case "remark":
        guard let role = Self.remarkRole(phrase) else { continue }
        remarkPhrases.append(bytes)
        remarkRoles.append(role)
      case "interval":
        intervalPhrases.append(bytes)
        intervalRoles.append(Self.intervalRole(phrase))
      case "unit" where phrase.phrase == "*":
        defaultKind = phrase.value
      case "unit":
        endings.append(bytes)
        unitEndingKinds.append(phrase.value)
      default:
        guard let role = Self.textRole(phrase) else { continue }
        if case .figure(let figure) = role { figures.insert(figure) }
        let meaning = Meaning(
          section: phrase.section == "text" || places.contains(phrase.section)
            ? nil : phrase.section, role: role)
        if let known = textPhrases.firstIndex(of: bytes) {
          textMeanings[known].append(meaning)
        } else {
          textPhrases.append(bytes)
          textMeanings.append([meaning])
        }
      }
    }
    textFinder = PhraseFinder(textPhrases)
    remarkFinder = PhraseFinder(remarkPhrases)
    intervalFinder = PhraseFinder(intervalPhrases)
    headingFinder = PhraseFinder(headingPhrases)
    unitEndings = PhraseFinder(endings)
  }

  private static func textRole(_ phrase: BulletinPhrase) -> Role? {
    switch (phrase.dataset, phrase.column) {
    case ("claims", "figure"): .figure(phrase.value)
    case ("claims", "stated"): .measure
    case ("claims", "list_name"): phrase.value.isEmpty ? .listEnd : .list(phrase.value)
    case ("unit_period", "unit_name"): .breakdown
    case ("unit_period", "joint"): .joint
    case ("notice", "cutoff"): .cutoff
    case ("notice", "reference"): .reference(phrase.value)
    case ("duty", "frequency"): .duty(frequency: phrase.value)
    case ("duty", "topic"): .dutyTail
    case ("site_finding", _): .mention(dataset: phrase.dataset)
    default: nil
    }
  }

  private static func remarkRole(_ phrase: BulletinPhrase) -> RemarkRole? {
    switch phrase.column {
    case "event": .event(phrase.value)
    case "joint": .joint
    case "n": .measure
    default: nil
    }
  }

  private static func intervalRole(_ phrase: BulletinPhrase) -> IntervalRole {
    if phrase.column != "interval_days" { return .opening }
    return Int(phrase.value).map { .days($0) } ?? .every
  }

  /// The section a heading or title names.
  func section(of range: Range<Int>, in bytes: [UInt8]) -> String? {
    headingFinder.firstMatch(in: range, of: bytes).map { headingSections[$0.phrase] }
  }

  /// The kind that the ending of a name gives it.
  func kind(ofName range: Range<Int>, in bytes: [UInt8]) -> String? {
    unitEndings.suffix(of: range, in: bytes).map { unitEndingKinds[$0] }
  }

  /// The kind of a unit that the catalogue lacks: a residual row is known by its whole name, else
  /// the title of the annex tells, else the ending (domain.md 3).
  func kind(
    ofNewName range: Range<Int>, in bytes: [UInt8], annexKind: String?
  ) -> String? {
    guard let ending = unitEndings.suffix(of: range, in: bytes) else {
      return annexKind ?? defaultKind
    }
    let isWhole = unitEndings.length(ending) == range.count
    return isWhole ? unitEndingKinds[ending] : annexKind ?? unitEndingKinds[ending]
  }
}
