// Meanings.swift: what the rulebook's words mean: metrics, dimensions, members, data sets, schemes.
//
// Everything here is made from rulebook text and member files; nothing here is particular to one
// county, one metric or one unit.

import Syntax

package enum MetricKind: String, Sendable, Hashable {
  case count, stock, distinct, ratio, score, points, text
  /// A count times a number, a mean: a number that is no longer whole.
  case decimal
}

package enum Additivity: Sendable, Hashable {
  case all, none
  case over([String])
  case except([String])
}

package struct Quantity: Sendable, Hashable {
  package var id: String
  /// The measure word shown behind a figure: 件, 天, 个. Empty in English.
  package var unit: String?

  package init(id: String, unit: String?) {
    self.id = id
    self.unit = unit
  }
}

/// `from D aggregate where C`
package struct MetricSource: Sendable, Hashable {
  package var dataset: String
  package var aggregate: AggregateSyntax
  package var condition: ConditionSyntax?

  package init(dataset: String, aggregate: AggregateSyntax, condition: ConditionSyntax?) {
    self.dataset = dataset
    self.aggregate = aggregate
    self.condition = condition
  }
}

/// `beside M 'C' 'D'`: another metric that should agree, with the check codes inside and outside
/// the default members.
package struct Companion: Sendable, Hashable {
  package var metric: String
  package var code: String?
  package var outsideCode: String?

  package init(metric: String, code: String?, outsideCode: String?) {
    self.metric = metric
    self.code = code
    self.outsideCode = outsideCode
  }
}

/// A metric that a scheme gives.
package enum SchemeRole: Sendable, Hashable {
  case total, lostTotal
  case item(String)
  case lostItem(String)
}

package struct Metric: Sendable, Hashable {
  package var name: String
  package var label: Bilingual
  package var help: Bilingual?
  package var aliases: [String]
  package var kind: MetricKind
  /// `= expr`; nil for a metric from data or from a scheme.
  package var expression: ExpressionSyntax?
  package var sources: [MetricSource]
  package var quantity: Quantity?
  /// A number format such as `0.00%`; nil means the default of the kind.
  package var format: String?
  /// true: high is good; false: low is good; nil: not said.
  package var isHighBetter: Bool?
  package var additivity: Additivity
  package var constantOver: [String]
  package var companion: Companion?
  /// Takes the place of the dimension defaults for this metric.
  package var defaultCondition: ConditionSyntax?
  /// The value where a denominator is 0.
  package var otherwise: ExpressionSyntax?
  package var isRankedShown: Bool
  package var missing: Bilingual?
  package var schemeRole: SchemeRole?
  /// `class …`, where it is written.
  package var statedClass: MetricClass?
  /// The name in its definition, for messages about it.
  package var place: Name?

  package init(
    name: String, label: Bilingual, help: Bilingual?, aliases: [String], kind: MetricKind,
    expression: ExpressionSyntax?, sources: [MetricSource], quantity: Quantity?, format: String?,
    isHighBetter: Bool?, additivity: Additivity, constantOver: [String], companion: Companion?,
    defaultCondition: ConditionSyntax?, otherwise: ExpressionSyntax?, isRankedShown: Bool,
    missing: Bilingual?, schemeRole: SchemeRole?
  ) {
    self.name = name
    self.label = label
    self.help = help
    self.aliases = aliases
    self.kind = kind
    self.expression = expression
    self.sources = sources
    self.quantity = quantity
    self.format = format
    self.isHighBetter = isHighBetter
    self.additivity = additivity
    self.constantOver = constantOver
    self.companion = companion
    self.defaultCondition = defaultCondition
    self.otherwise = otherwise
    self.isRankedShown = isRankedShown
    self.missing = missing
    self.schemeRole = schemeRole
  }
}

/// A name that a member had, or that of a member it took over, for a time. Days as `YYYY-MM-DD`;
/// nil means open.
package struct FormerName: Sendable, Hashable {
  package var name: String
  package var validFrom: String?
  package var validTo: String?

  package init(name: String, validFrom: String?, validTo: String?) {
    self.name = name
    self.validFrom = validFrom
    self.validTo = validTo
  }

  /// Whether the name was in use on any of the days of a quarter.
  package func isValid(in quarter: Quarter) -> Bool {
    let first = quarter.firstMonth.text + "-01"
    let end = Quarter(index: quarter.index + 1).firstMonth.text + "-01"
    return (validFrom.map { $0 < end } ?? true) && (validTo.map { $0 >= first } ?? true)
  }
}

package struct Member: Sendable, Hashable {
  /// The canonical name: what is stored, compared and printed.
  package var name: String
  package var english: String?
  package var chinese: String?
  package var fullName: String?
  package var aliases: [String]
  /// The member of the parent dimension, e.g. the kind of a unit.
  package var parent: String?
  /// The first and last day it is valid, as `YYYY-MM-DD`; nil means open.
  package var validFrom: String?
  package var validTo: String?
  /// Aliases with dates: rows under such a name, in its time, are rows of this member.
  package var formerNames: [FormerName] = []
  /// The member that goes on where this one ended.
  package var successor: String?

  package init(
    name: String, english: String? = nil, chinese: String? = nil, fullName: String? = nil,
    aliases: [String] = [], parent: String? = nil, validFrom: String? = nil, validTo: String? = nil
  ) {
    self.name = name
    self.english = english
    self.chinese = chinese
    self.fullName = fullName
    self.aliases = aliases
    self.parent = parent
    self.validFrom = validFrom
    self.validTo = validTo
  }
}

extension Dimension {
  /// The dimension as the notices of a quarter know it: a former name is an alias in its time
  /// alone, so that a name used anew later is not read as the earlier bearer's.
  package func asOf(_ quarter: Quarter) -> Dimension {
    guard members.contains(where: { !$0.formerNames.isEmpty }) else { return self }
    var dimension = self
    for index in members.indices {
      let valid = members[index].formerNames.filter { $0.isValid(in: quarter) }
      dimension.members[index].aliases += valid.map(\.name)
      dimension.members[index].formerNames = []
    }
    return dimension
  }
}

package enum MemberSource: Sendable, Hashable {
  /// A closed list: in place or from a member file.
  case closed
  case open
  /// The items of the schemes.
  case scheme
}

package struct Dimension: Sendable, Hashable {
  package var name: String
  package var label: Bilingual
  package var help: Bilingual?
  package var aliases: [String]
  package var memberSource: MemberSource
  /// In catalogue order; for open dimensions what the loaded data brought, in order of appearance.
  package var members: [Member]
  package var parent: String?
  /// Members that count in totals and take no part in rank, top or bottom.
  package var unranked: [String]
  /// Leading words that may be left out of a member's name.
  package var optionalPrefixes: [String]
  package var defaultMember: String?
  /// month, quarter, year: built in.
  package var timeUnit: TimeUnit?

  package init(
    name: String, label: Bilingual, help: Bilingual?, aliases: [String],
    memberSource: MemberSource, members: [Member], parent: String?, unranked: [String],
    optionalPrefixes: [String], defaultMember: String?, timeUnit: TimeUnit?
  ) {
    self.name = name
    self.label = label
    self.help = help
    self.aliases = aliases
    self.memberSource = memberSource
    self.members = members
    self.parent = parent
    self.unranked = unranked
    self.optionalPrefixes = optionalPrefixes
    self.defaultMember = defaultMember
    self.timeUnit = timeUnit
  }
}

package struct DatasetColumn: Sendable, Hashable {
  package var name: String
  package var type: ColumnType
  /// The headings that name it in files; empty means its own name only.
  package var headers: [String]
  package var format: String?
  package var separator: String?
  package var lookUp: LookUp?
  package var isOptional: Bool
  /// Personal or free text: never stored.
  package var isDropped: Bool
  /// Personal, and kept only as a salted hash that tells the same person again.
  package var isHashed = false
  /// What it is computed from while a file is read; under its own name the formula sees the cell.
  package var formula: ColumnFormula?

  /// The headings that name it: its own name where none is given, and no heading where it is made
  /// from other columns alone.
  package var spellings: [String] {
    headers.isEmpty && formula == nil ? [name] : headers
  }

  /// `from D by C`
  package struct LookUp: Sendable, Hashable {
    package var dataset: String
    package var key: String
    package init(dataset: String, key: String) {
      self.dataset = dataset
      self.key = key
    }
  }

  package init(
    name: String, type: ColumnType, headers: [String], format: String?, separator: String?,
    lookUp: LookUp?, isOptional: Bool, isDropped: Bool
  ) {
    self.name = name
    self.type = type
    self.headers = headers
    self.format = format
    self.separator = separator
    self.lookUp = lookUp
    self.isOptional = isOptional
    self.isDropped = isDropped
  }
}

package struct Dataset: Sendable, Hashable {
  package enum DimensionSource: Sendable, Hashable {
    case column(String)
    case constant(String)
  }
  package struct DimensionColumn: Sendable, Hashable {
    package var dimension: String
    package var source: DimensionSource
    package init(dimension: String, source: DimensionSource) {
      self.dimension = dimension
      self.source = source
    }
  }
  package struct TimeColumn: Sendable, Hashable {
    package var unit: TimeUnit
    package var column: String
    package init(unit: TimeUnit, column: String) {
      self.unit = unit
      self.column = column
    }
  }

  package var name: String
  package var label: Bilingual
  package var help: Bilingual?
  /// Filled by the reader of notices.
  package var isFromBulletin: Bool
  package var filePatterns: [String]
  package var grain: [String]
  package var columns: [DatasetColumn]
  /// The finest time; nil: the data set holds in every period.
  package var time: TimeColumn?
  package var dimensions: [DimensionColumn]
  package var keep: ConditionSyntax?
  package var total: ConditionSyntax?
  package var covers: [String]

  package init(
    name: String, label: Bilingual, help: Bilingual?, isFromBulletin: Bool,
    filePatterns: [String], grain: [String], columns: [DatasetColumn], time: TimeColumn?,
    dimensions: [DimensionColumn], keep: ConditionSyntax?, total: ConditionSyntax?,
    covers: [String]
  ) {
    self.name = name
    self.label = label
    self.help = help
    self.isFromBulletin = isFromBulletin
    self.filePatterns = filePatterns
    self.grain = grain
    self.columns = columns
    self.time = time
    self.dimensions = dimensions
    self.keep = keep
    self.total = total
    self.covers = covers
  }

  package func column(named name: String) -> DatasetColumn? {
    columns.named(name)
  }

  /// What a stored row must fulfil to be counted: `keep`, and that it is no printed total. The
  /// reader of notices puts totals aside itself.
  package var rowTests: [ConditionSyntax] {
    let total = isFromBulletin ? nil : total.map { ConditionSyntax(.not($0), at: $0.range) }
    return [keep, total].compactMap { $0 }
  }
}

package struct SchemeItem: Sendable, Hashable {
  package enum Rule: Sendable, Hashable {
    case formula(ExpressionSyntax, otherwise: ExpressionSyntax?)
    /// The published metric, taken as it is.
    case stated(String)
  }
  package var name: String
  package var label: Bilingual
  /// Exact: digits / 10^scale.
  package var weightDigits: Int64
  package var weightScale: Int
  package var rule: Rule

  package init(
    name: String, label: Bilingual, weightDigits: Int64, weightScale: Int, rule: Rule
  ) {
    self.name = name
    self.label = label
    self.weightDigits = weightDigits
    self.weightScale = weightScale
    self.rule = rule
  }
}

package struct Scheme: Sendable, Hashable {
  package var name: String
  package var label: Bilingual
  package var help: Bilingual?
  package var rule: String?
  package var validFrom: Quarter
  package var validTo: Quarter?
  package var condition: ConditionSyntax?
  package var issuer: String?
  package var per: [String]
  package var score: String
  package var lost: String
  package var rounding: Int
  package var items: [SchemeItem]

  package init(
    name: String, label: Bilingual, help: Bilingual?, rule: String?, validFrom: Quarter,
    validTo: Quarter?, condition: ConditionSyntax?, issuer: String?, per: [String],
    score: String, lost: String, rounding: Int, items: [SchemeItem]
  ) {
    self.name = name
    self.label = label
    self.help = help
    self.rule = rule
    self.validFrom = validFrom
    self.validTo = validTo
    self.condition = condition
    self.issuer = issuer
    self.per = per
    self.score = score
    self.lost = lost
    self.rounding = rounding
    self.items = items
  }
}

/// One row of `checks.csv`: how grave a kind of finding is, and in which group it is asked for.
package struct CheckCode: Sendable, Hashable {
  package var code: String
  /// `error`, `warning` or `info`.
  package var severity: String
  package var group: Bilingual

  package init(code: String, severity: String, group: Bilingual) {
    self.code = code
    self.severity = severity
    self.group = group
  }
}

/// One phrase of `bulletin.csv`: what the reader of notices looks for in running text and remarks.
package struct BulletinPhrase: Sendable, Hashable {
  package var phrase: String
  package var section: String
  package var dataset: String
  package var column: String
  package var value: String

  package init(phrase: String, section: String, dataset: String, column: String, value: String) {
    self.phrase = phrase
    self.section = section
    self.dataset = dataset
    self.column = column
    self.value = value
  }
}

extension Dataset {
  /// What messages call it: its name, in Chinese its label.
  package var spoken: Bilingual { Bilingual(name, label.chinese) }
}

extension Dimension {
  /// What messages call it: its name, in Chinese its label.
  package var spoken: Bilingual { Bilingual(name, label.chinese) }

  /// What messages call one of its members.
  package func spoken(_ member: String) -> Bilingual {
    let found = members.first { $0.name == member }
    return Bilingual(member, found?.chinese ?? member)
  }
}

extension Metric {
  /// What messages call it: its name, in Chinese its label.
  package var spoken: Bilingual { Bilingual(name, label.chinese) }
}

extension Scheme {
  /// What messages call it: its name, in Chinese its label too, as only the name is taken.
  package var spoken: Bilingual {
    Bilingual(name, label.chinese == name ? name : "\(name)（\(label.chinese)）")
  }
}
