// Tree.swift: the syntax tree of questions: words exactly as typed, each with its place.
//
// Chains (`a + b - c`, `p and q and r`) are stored flat; nesting is bounded by the parser (200), so
// recursion over a tree is safe. Nothing here knows a metric, a dimension or a member.

/// A word in a place where a name stands, as typed (NFC, width-folded, brackets taken off).
package struct Name: Sendable, Hashable {
  package var text: String
  package var range: SourceRange
  /// Written `[like this]`: never a keyword.
  package var isBracketed: Bool

  package init(_ text: String, at range: SourceRange, isBracketed: Bool = false) {
    self.text = text
    self.range = range
    self.isBracketed = isBracketed
  }
}

/// An exact number of the source: `value / 10^scale`; a PERCENT keeps its sign (`90%` is 90, scale
/// 0).
package struct NumberSyntax: Sendable, Hashable {
  package enum Form: Sendable, Hashable { case whole, decimal, percent }
  package var form: Form
  /// All digits without the point; overflow is L02 already in the lexer.
  package var digits: Int64
  package var scale: Int
  package var range: SourceRange

  package init(_ form: Form, digits: Int64, scale: Int, at range: SourceRange) {
    self.form = form
    self.digits = digits
    self.scale = scale
    self.range = range
  }
}

/// A text in quotes, without them.
package struct TextSyntax: Sendable, Hashable {
  package var text: String
  package var range: SourceRange

  package init(_ text: String, at range: SourceRange) {
    self.text = text
    self.range = range
  }
}

package enum TimeUnit: String, Sendable, Hashable, CaseIterable {
  case month, quarter, year
}

/// A calendar span as written (language.md 7).
package enum PeriodLiteral: Sendable, Hashable {
  case year(Int)
  case half(year: Int?, Int)
  case quarter(year: Int?, Int)
  case month(year: Int?, Int)
}

/// A span counted from the anchor period.
package enum RelativePeriod: Sendable, Hashable {
  /// `this month`
  case this(TimeUnit)
  /// `last 6 month`; the count is 1 where none is written.
  case last(count: Int?, TimeUnit)
  case yearToDate
  case quarterToDate
}

package struct PeriodSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A bare whole number, e.g. `2024`.
    case number(Int64)
    case literal(PeriodLiteral)
    case parameter(String)
    case relative(RelativePeriod)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package struct PeriodSpanSyntax: Sendable, Hashable {
  package var lower: PeriodSyntax
  package var upper: PeriodSyntax?

  package init(_ lower: PeriodSyntax, _ upper: PeriodSyntax? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

// MARK: - Expressions

package struct ExpressionSyntax: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    /// `a + b - c`: at least two terms, each with its sign (the first is never negative here).
    case sum([SignedTerm])
    /// `a * b / c`: at least two factors, each multiplied or divided.
    case product([SignedFactor])
    case negated(ExpressionSyntax)
    case number(NumberSyntax)
    case parameter(Name)
    /// A metric (or, in definitions, a column), with its own filter.
    case measure(Name, filter: ConditionSyntax?)
    case call(CallSyntax)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package struct SignedTerm: Sendable, Hashable {
  package var isSubtracted: Bool
  package var term: ExpressionSyntax

  package init(isSubtracted: Bool, _ term: ExpressionSyntax) {
    self.isSubtracted = isSubtracted
    self.term = term
  }
}

package struct SignedFactor: Sendable, Hashable {
  package var isDivided: Bool
  package var factor: ExpressionSyntax

  package init(isDivided: Bool, _ factor: ExpressionSyntax) {
    self.isDivided = isDivided
    self.factor = factor
  }
}

package enum WindowFunction: String, Sendable, Hashable, CaseIterable {
  case share, rank, running, previous, delta, growth
}

package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  case avg, max, min, median
}

package enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
  case round, abs, coalesce, floor, least, greatest, days
}

package struct ScopeSyntax: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable { case of, per, along }
  package var kind: Kind
  package var dimensions: [Name]

  package init(_ kind: Kind, _ dimensions: [Name]) {
    self.kind = kind
    self.dimensions = dimensions
  }
}

package indirect enum CallSyntax: Sendable, Hashable {
  case window(WindowFunction, ExpressionSyntax, scope: ScopeSyntax?)
  case aggregate(AggregateFunction, ExpressionSyntax, per: [Name], weight: ExpressionSyntax?)
  case scalar(ScalarFunction, [ExpressionSyntax])
  case count(Name, having: HavingSyntax?)
}

// MARK: - Conditions

package enum Comparison: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

package enum TextOperator: String, Sendable, Hashable, CaseIterable {
  case like, contains, starts, ends
}

/// A value to the right of a test, as written.
package struct ScalarSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The sign stands in `isNegative`.
    case number(NumberSyntax, isNegative: Bool)
    case text(String)
    case period(PeriodLiteral)
    case parameter(String)
    case name(Name)
    case relative(RelativePeriod)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package struct SpanSyntax: Sendable, Hashable {
  package var lower: ScalarSyntax
  package var upper: ScalarSyntax?

  package init(_ lower: ScalarSyntax, _ upper: ScalarSyntax? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

package struct ConditionSyntax: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    /// Flat; at least two parts.
    case any([ConditionSyntax])
    case all([ConditionSyntax])
    case not(ConditionSyntax)
    /// `@name`
    case saved(Name)
    case test(Name, DimensionTest)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package enum DimensionTest: Sendable, Hashable {
  case compare(Comparison, SpanSyntax)
  case isIn([SpanSyntax], isNegated: Bool)
  case between(ScalarSyntax, ScalarSyntax, isNegated: Bool)
  /// The pattern is a STRING, a PARAM or a name.
  case text(TextOperator, ScalarSyntax, isNegated: Bool)
  case isNull(isNegated: Bool)
  case isBlank(isNegated: Bool)
}

package struct HavingSyntax: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    case any([HavingSyntax])
    case all([HavingSyntax])
    case not(HavingSyntax)
    case test(ExpressionSyntax, HavingTest)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package enum HavingTest: Sendable, Hashable {
  case compare(Comparison, ExpressionSyntax)
  case between(ExpressionSyntax, ExpressionSyntax, isNegated: Bool)
  case isNull(isNegated: Bool)
  case isBlank(isNegated: Bool)
}

// MARK: - Questions

package struct ColumnSyntax: Sendable, Hashable {
  package var expression: ExpressionSyntax
  package var alias: Name?

  package init(_ expression: ExpressionSyntax, named alias: Name? = nil) {
    self.expression = expression
    self.alias = alias
  }
}

package struct QuestionSyntax: Sendable, Hashable {
  package var columns: [ColumnSyntax]
  /// In written order; each kind at most once (P04 otherwise).
  package var clauses: [ClauseSyntax]
  package var range: SourceRange

  package init(columns: [ColumnSyntax], clauses: [ClauseSyntax], at range: SourceRange) {
    self.columns = columns
    self.clauses = clauses
    self.range = range
  }
}

package enum ClauseName: String, Sendable, Hashable, CaseIterable {
  case by, across, `where`, during, having, order, top, bottom, with, vs, assume, `as`, into
}

package struct ClauseSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case by([Name])
    case across([Name])
    case `where`(ConditionSyntax)
    case during([PeriodSpanSyntax])
    case having(HavingSyntax)
    case order([OrderSyntax])
    case top(TopSyntax)
    case with([ExtraSyntax])
    case versus(BaselineSyntax, [VersusPart])
    case assume([AssumptionSyntax])
    case form(OutputForm, title: TextSyntax?)
    case into(IntoSyntax)
  }
  package var kind: Kind
  /// The whole clause; `keyword` is its first word.
  package var range: SourceRange
  package var keyword: SourceRange

  package init(_ kind: Kind, at range: SourceRange, keyword: SourceRange) {
    self.kind = kind
    self.range = range
    self.keyword = keyword
  }
}

package struct OrderSyntax: Sendable, Hashable {
  package var expression: ExpressionSyntax
  /// nil where neither `asc` nor `desc` is written (ascending).
  package var isDescending: Bool?

  package init(_ expression: ExpressionSyntax, isDescending: Bool?) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// A whole number or a parameter.
package enum CountSyntax: Sendable, Hashable {
  case number(Int)
  case parameter(Name)
}

package struct TopSyntax: Sendable, Hashable {
  package var isBottom: Bool
  package var count: CountSyntax
  package var on: ExpressionSyntax?
  /// Empty where `per` is not written.
  package var per: [Name]
  package var isExact: Bool

  package init(
    isBottom: Bool, count: CountSyntax, on: ExpressionSyntax?, per: [Name], isExact: Bool
  ) {
    self.isBottom = isBottom
    self.count = count
    self.on = on
    self.per = per
    self.isExact = isExact
  }
}

package struct ExtraSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case share(of: [Name])
    case rank(per: [Name], isDense: Bool)
    case running(along: Name?)
    case totals, subtotals, others, empty
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package enum BaselineSyntax: Sendable, Hashable {
  case previous, yearAgo, all
  case period(PeriodSyntax)
}

package enum VersusPart: String, Sendable, Hashable, CaseIterable {
  case value, delta, growth
}

package struct AssumptionSyntax: Sendable, Hashable {
  package var metric: Name
  package var filter: ConditionSyntax?
  package var value: ExpressionSyntax

  package init(_ metric: Name, filter: ConditionSyntax?, value: ExpressionSyntax) {
    self.metric = metric
    self.filter = filter
    self.value = value
  }
}

package enum OutputForm: String, Sendable, Hashable, CaseIterable {
  case box, table, plain, tsv, csv, json, jsonl, md, html, latex, xlsx
  case vertical, list, chart, bar, line, spark

  /// Drawn for people, never the form of a file.
  package var isChart: Bool { [.chart, .bar, .line, .spark].contains(self) }
}

package struct IntoSyntax: Sendable, Hashable {
  package enum Target: Sendable, Hashable {
    case path(String)
    case parameter(Name)
  }
  package enum Existing: String, Sendable, Hashable { case refuse, append, replace }
  package var target: Target
  package var existing: Existing
  /// The path, with its quotes.
  package var range: SourceRange

  package init(_ target: Target, existing: Existing, at range: SourceRange) {
    self.target = target
    self.existing = existing
    self.range = range
  }
}
