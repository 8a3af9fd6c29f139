// Query.swift: a question whose every word has become a metric, a dimension, a member or a period.

import Catalog
import Syntax

/// Arithmetic over metrics, with nothing left to look up. Chains are flat; depth is bounded by the
/// parser's nesting and the length of definition chains.
package indirect enum Formula: Sendable, Hashable {
  case number(Exact)
  /// A metric that is counted from data, with its own filter.
  case measure(Measure)
  case sum([FormulaTerm])
  case product([FormulaFactor])
  case negated(Formula)
  case scalar(ScalarFunction, [Formula])
  case window(WindowFunction, Formula, WindowScope)
  case reduced(AggregateFunction, Formula, per: [String], weight: Formula?)
  case count(String, HavingCondition?)
  /// The second where the first is undefined because a denominator is 0.
  case otherwise(Formula, Formula)
  case rounded(Formula, places: Int)
  /// Another formula for each member of `item`; where `item` is not grouped, the last one.
  case byItem([ItemFormula], total: Formula)
}

package struct FormulaTerm: Sendable, Hashable {
  package var isSubtracted: Bool
  package var formula: Formula

  package init(isSubtracted: Bool, formula: Formula) {
    self.isSubtracted = isSubtracted
    self.formula = formula
  }
}

package struct FormulaFactor: Sendable, Hashable {
  package var isDivided: Bool
  package var formula: Formula
}

package struct ItemFormula: Sendable, Hashable {
  package var item: String
  package var formula: Formula
}

package enum WindowScope: Sendable, Hashable {
  case all
  case of([String])
  case per([String])
  case along(String)
}

package struct Measure: Sendable, Hashable {
  package var metric: String
  package var filter: Condition?
  /// Inside `coalesce` a measure that nothing covers is absent and not a refusal.
  package var isOptional: Bool
  /// Rows that the other measures of the formula do not know are not counted here either.
  package var scope: Condition?

  package init(metric: String, filter: Condition?, isOptional: Bool) {
    self.metric = metric
    self.filter = filter
    self.isOptional = isOptional
  }
}

/// A condition on dimensions. Members are canonical names; the blank is the empty text.
package indirect enum Condition: Sendable, Hashable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// One of these members.
  case isMember(String, [String])
  case text(String, TextOperator, String)
  case isBlank(String)
  /// Months as numbers of the year, quarters as numbers of the year, or years.
  case part(TimeUnit, ClosedRange<Int>)
  /// Calendar months, both ends included (`Month.index`).
  case months(ClosedRange<Int>)
}

package indirect enum HavingCondition: Sendable, Hashable {
  case all([HavingCondition])
  case any([HavingCondition])
  case not(HavingCondition)
  case compare(Formula, Comparison, Formula)
  case between(Formula, Formula, Formula)
  case isNull(Formula)
}

package struct QueryColumn: Sendable, Hashable {
  package var name: String
  package var label: Bilingual
  package var formula: Formula
  package var kind: MetricKind
  package var format: String?
  package var quantity: Quantity?
  package var isHighBetter: Bool?
  package var isRankedShown: Bool
  /// Sums over the groups of the question give the whole.
  package var isAdditive: Bool
  /// The metric named, where the column is just one.
  package var metric: String?
}

package struct QueryOrder: Sendable, Hashable {
  package enum Key: Sendable, Hashable {
    case formula(Formula)
    case dimension(String)
  }
  package var key: Key
  package var isDescending: Bool

  package init(key: Key, isDescending: Bool) {
    self.key = key
    self.isDescending = isDescending
  }
}

package struct QueryTop: Sendable, Hashable {
  package var isBottom: Bool
  package var count: Int
  /// nil: the first column.
  package var on: Formula?
  package var per: [String]
  package var isExact: Bool
}

package enum QueryExtra: Sendable, Hashable {
  case share(of: [String])
  case rank(per: [String], isDense: Bool)
  case running(along: String?)
  case totals, subtotals, others, empty
}

package struct QueryVersus: Sendable, Hashable {
  package enum Baseline: Sendable, Hashable {
    case previous, yearAgo, all
    case months(ClosedRange<Int>)
  }
  package var baseline: Baseline
  package var parts: [VersusPart]
}

package struct QueryAssumption: Sendable, Hashable {
  package var metric: String
  package var filter: Condition?
  package var value: Formula

  package init(metric: String, filter: Condition?, value: Formula) {
    self.metric = metric
    self.filter = filter
    self.value = value
  }
}

package struct Query: Sendable, Hashable {
  package var columns: [QueryColumn]
  package var by: [String]
  package var across: [String]
  package var condition: Condition?
  /// Members added because the question does not name their dimension (I06).
  package var defaults: [QueryDefault]
  /// The calendar months in scope, sorted, each once (`Month.index`).
  package var months: [Int]
  /// The period was written and not taken as the latest.
  package var isPeriodWritten: Bool
  package var having: HavingCondition?
  package var order: [QueryOrder]
  package var top: QueryTop?
  package var extras: [QueryExtra]
  package var versus: QueryVersus?
  package var assumptions: [QueryAssumption]
  package var form: OutputForm?
  package var title: String?
  package var into: IntoSyntax?
  /// The dimensions named anywhere in the question, parents not counted.
  package var namedDimensions: Set<String>
  /// Where each dimension is named first, for messages about it.
  package var places: [String: SourceRange] = [:]
  /// By which full marks its scores were judged (R36).
  package var notes: [Note] = []

  package var groups: [String] { by + across }
}

package struct QueryDefault: Sendable, Hashable {
  package var dimension: String
  package var member: String

  package init(dimension: String, member: String) {
    self.dimension = dimension
    self.member = member
  }
}
