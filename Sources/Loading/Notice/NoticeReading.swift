// NoticeReading.swift: what is known of one notice while it is read, from a text or from a folder.
//
// Both forms feed the same tables, figures and lists; `finished` makes them partitions and
// findings.

import Catalog
import Columns
import Syntax

/// A line of running text that no table took.
struct TextLine {
  var file: Int
  var line: Int
  /// Trimmed, of the file's bytes.
  var range: Range<Int>
}

/// A figure or a list entry that the text states.
struct Claim {
  var section: String
  var channel: String
  var figure: String
  var stated: PrintedNumber?
  var list = ""
  var unit = ""
  var file: Int
  var line: Int
}

/// An inspected account.
struct InspectedAccount {
  var platform: String
  var name: String
  var unit: String
  var problems: [String]
  var file: Int
  var line: Int
}

struct MonitoringInterval {
  var platform: String
  var days: Int
  var file: Int
  var line: Int
}

struct Duty {
  var unit: String
  var topic: String
  var frequency: String
  var file: Int
  var line: Int
}

/// The names of the data sets that the reader of notices fills (language.md 5.6).
enum NoticeDataset {
  static let rows = "unit_period"
  static let events = "unit_event"
  static let county = "county_period"
  static let claims = "claims"
  static let accounts = "media_account"
  static let intervals = "media_interval"
  static let checks = "media_check"
  static let problems = "media_problem"
  static let duties = "duty"
}

struct NoticeReading {
  let catalog: Catalog
  let words: NoticeVocabulary
  let headers: HeaderIndex
  let numbering: Set<[UInt8]>
  let columns: RowColumns
  var info: NoticeInfo
  var sources: [SourceFile] = []
  var units: MemberNames
  var platforms: MemberNames
  var requestTypes: MemberNames

  var rows: PartitionBuilder
  var events: PartitionBuilder
  var barePercents = BarePercents()
  var claims: [Claim] = []
  var accounts: [InspectedAccount] = []
  var intervals: [MonitoringInterval] = []
  var duties: [Duty] = []
  var county = CountyFigures()

  var tables: [TableSummary] = []
  var totals: [TotalRow] = []
  var mentions = NoticeMentions()
  var repairs: [SourcePlace] = []
  var references: [ReferenceText] = []
  var skipped: [SkippedLine] = []
  var findings: [Finding] = []
  var faults: [FileFault] = []
  /// Rows of single units named in sentences, counted through the notice.
  var sentenceRowCount = 0

  init(catalog: Catalog, words: NoticeVocabulary, info: NoticeInfo) {
    self.catalog = catalog
    self.words = words
    self.info = info
    let bulletin = catalog.datasets.filter(\.isFromBulletin)
    headers = HeaderIndex(bulletin)
    let rowDataset = catalog.dataset(named: NoticeDataset.rows) ?? emptyDataset()
    rows = PartitionBuilder(rowDataset)
    events = PartitionBuilder(catalog.dataset(named: NoticeDataset.events) ?? emptyDataset())
    columns = RowColumns(rows)
    numbering = Set((rowDataset.column(named: "row_no")?.headers ?? []).map(folded))
    let unit = catalog.dimension(named: "unit")
    units = MemberNames(
      unit, looksUp: isIssuer(info.issuer, county: info.county, of: unit, in: catalog),
      words: words, in: info.period)
    platforms = MemberNames(
      catalog.dimension(named: "platform"), looksUp: true, words: words, in: info.period)
    requestTypes = MemberNames(
      catalog.dimension(named: "request_type"), looksUp: true, words: words, in: info.period)
  }

  func path(_ file: Int) -> String { file < sources.count ? sources[file].path : "" }

  func spot(_ file: Int, _ line: Int) -> Spot {
    Spot(
      file < sources.count ? sources[file] : SourceFile(path: info.file, encoding: "", hash: ""),
      line)
  }

  func place(_ file: Int, _ line: Int) -> SourcePlace { SourcePlace(file: path(file), line: line) }

  mutating func find(
    _ code: String, _ severity: Severity, _ subject: Bilingual, stated: String = "",
    computed: String = "", difference: String = "", cause: Bilingual? = nil,
    places: [SourcePlace] = [], concerns: [String] = []
  ) {
    findings.append(
      Finding(
        code, severity, subject: subject, stated: stated, computed: computed,
        difference: difference, cause: cause, places: places,
        quarterIndex: info.period.index, concerns: concerns))
  }

  mutating func refer(
    _ kind: String, section: String = "", _ file: Int, _ line: Int, _ text: String
  ) {
    references.append(
      ReferenceText(
        issuer: info.issuer, quarterIndex: info.period.index, kind: kind, section: section,
        file: path(file), line: line, text: text))
  }

  mutating func skip(_ file: Int, _ line: Int, _ text: String, _ why: Bilingual) {
    skipped.append(
      SkippedLine(file: path(file), line: line, text: text, why: why, isUnexplained: true))
  }
}

/// A data set that a replaced rulebook lacks: nothing is kept of it.
private func emptyDataset() -> Dataset {
  Dataset(
    name: "", label: Bilingual(same: ""), help: nil, isFromBulletin: true, filePatterns: [],
    grain: [], columns: [], time: nil, dimensions: [], keep: nil, total: nil, covers: [])
}

/// Whether the catalogue's members are those of this issuer: a scheme names it, or its county is
/// among the words that may be left out of a name. A catalogue that names nobody serves everybody.
func isIssuer(
  _ issuer: String, county: String, of dimension: Dimension?, in catalog: Catalog
) -> Bool {
  let prefixes = dimension?.optionalPrefixes ?? []
  let issuers = catalog.schemes.compactMap(\.issuer)
  if prefixes.isEmpty, issuers.isEmpty { return true }
  if issuer.isEmpty { return true }
  return issuers.contains(issuer) || (!county.isEmpty && prefixes.contains(county))
}

/// Where the columns of the printed rows stand.
struct RowColumns {
  let period, channel, annex, rowNumber, printedRow, unit, joint, remark: Int?

  init(_ rows: PartitionBuilder) {
    period = rows.index(of: "period_of")
    channel = rows.index(of: "channel")
    annex = rows.index(of: "annex")
    rowNumber = rows.index(of: "row_no")
    printedRow = rows.index(of: "printed_row")
    unit = rows.index(of: "unit_name")
    joint = rows.index(of: "joint")
    remark = rows.index(of: "remark")
  }
}

/// The county's figures of each channel, from the text and from columns that print one figure on
/// all rows.
struct CountyFigures {
  struct Value: Hashable {
    var column: String
    var value: Int64
  }
  struct Channel {
    var name: String
    var values: [Value] = []
    var file: Int
    var line: Int
  }
  struct Constant {
    var column: String
    var channel: String
    var value: Int64?
    var annexes: [Int]
    var rowCount: Int
  }
  var channels: [Channel] = []
  var constants: [Constant] = []

  /// The first statement of a figure stands; a later one that differs is left to the checks of the
  /// text.
  mutating func state(_ column: String, _ value: Int64, channel: String, file: Int, line: Int) {
    let index = index(of: channel, file: file, line: line)
    if !channels[index].values.contains(where: { $0.column == column }) {
      channels[index].values.append(Value(column: column, value: value))
    }
  }

  private mutating func index(of channel: String, file: Int, line: Int) -> Int {
    if let found = channels.firstIndex(where: { $0.name == channel }) { return found }
    channels.append(Channel(name: channel, file: file, line: line))
    return channels.count - 1
  }

  /// One row's print of a figure that is the county's.
  mutating func print(
    _ column: String, _ value: Int64?, channel: String, annex: Int, file: Int, line: Int
  ) {
    _ = index(of: channel, file: file, line: line)
    guard let found = constants.firstIndex(where: { $0.column == column && $0.channel == channel })
    else {
      constants.append(
        Constant(column: column, channel: channel, value: value, annexes: [annex], rowCount: 1))
      return
    }
    if constants[found].value != value { constants[found].value = nil }
    if !constants[found].annexes.contains(annex) { constants[found].annexes.append(annex) }
    constants[found].rowCount += 1
  }
}

/// What the text mentions beside figures and lists; findings rest on it.
struct NoticeMentions {
  struct Mention {
    var word: String
    var section: String
    var file: Int
    var line: Int
  }
  /// Joint orders are said to be counted, by channel.
  var joint: [Mention] = []
  /// A kind of finding is mentioned without names or counts.
  var unnamed: [Mention] = []
  /// Problem texts found in the running text of a section whose list is said to go on.
  var shortened: [Mention] = []
  /// The running text of the section on accounts, folded.
  var accountText: [UInt8] = []
  /// A date that could not be read, as printed, and what was taken instead.
  var unreadDate: (printed: String, mention: Mention)?
}

/// What a table was like, for the findings on form.
struct TableSummary {
  var file: Int
  /// Of the first row of headings.
  var line: Int
  var annex: Int
  var channel: String
  var kind: String?
  var dataset: String
  var title: String
  /// The label `附件 2` stood above it.
  var isLabelled: Bool
  var rowCount = 0
  var hasTotalRow = false
  var hasJointRow = false
  var rowNumbers: [(number: Int64, line: Int)] = []
  /// Of every row, total rows too.
  var rowLines: [Int] = []
  var headings: [PrintedHeading] = []
  /// Headings that each column was met under, folded, in order of appearance.
  var spellings: [Int: [[UInt8]]] = [:]
}
