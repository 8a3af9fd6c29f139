// Statements.swift: the syntax tree of statements and definitions around a question.

package struct StatementSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case version(Int64)
    case query(QuestionSyntax)
    case then([RefinementSyntax])
    case letValue(Name, [SpanSyntax], isList: Bool)
    case parameter(ParameterSyntax)
    case define(DefinitionSyntax)
    case use(UseSyntax)
    case assert(AssertSyntax)
    case check(Name?, during: [PeriodSpanSyntax]?)
    case explain(ExplainForm, QuestionSyntax)
    case rows(Int?)
    case drill(Int, by: [Name]?)
    case run(Name, [ArgumentSyntax])
    case show(ShowSyntax)
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

package enum RefinementSyntax: Sendable, Hashable {
  case clause(ClauseSyntax)
  case without(ClauseName)
}

package struct ParameterSyntax: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case number, text, period
    case member(of: Name)
  }
  package var name: Name
  package var kind: Kind
  package var value: SpanSyntax?

  package init(_ name: Name, _ kind: Kind, value: SpanSyntax?) {
    self.name = name
    self.kind = kind
    self.value = value
  }
}

package enum UseSyntax: Sendable, Hashable {
  case period(PeriodSpanSyntax)
  case `where`(ConditionSyntax)
  case scheme(Name)
  case version(Int)
  case none
}

package struct AssertSyntax: Sendable, Hashable {
  package enum Quantifier: String, Sendable, Hashable { case every, any }
  package enum Verdict: Sendable, Hashable {
    case compare(Comparison, ExpressionSyntax, within: NumberSyntax?)
    case between(ExpressionSyntax, ExpressionSyntax)
    case showsText(TextSyntax)
    case showsNumber(NumberSyntax)
    case isNull(isNegated: Bool)
    case isEmpty(isNegated: Bool)
  }
  package var quantifier: Quantifier?
  package var question: QuestionSyntax
  package var verdict: Verdict
  package var verdictRange: SourceRange
  package var remark: TextSyntax?

  package init(
    quantifier: Quantifier?, question: QuestionSyntax, verdict: Verdict,
    verdictRange: SourceRange, remark: TextSyntax?
  ) {
    self.quantifier = quantifier
    self.question = question
    self.verdict = verdict
    self.verdictRange = verdictRange
    self.remark = remark
  }
}

package enum ExplainForm: String, Sendable, Hashable { case figures, plan, sqlite, clickhouse }

package struct ArgumentSyntax: Sendable, Hashable {
  package var name: Name
  package var value: SpanSyntax

  package init(_ name: Name, _ value: SpanSyntax) {
    self.name = name
    self.value = value
  }
}

package enum ShowSyntax: Sendable, Hashable {
  case metrics, dimensions, datasets, schemes, filters, queries, periods
  case rulebook, grammar, keywords
  case members(of: Name)
  case dataset(Name)
  case scheme(Name)
  case filter(Name)
  case query(Name)
  /// A metric or a dimension.
  case name(Name)
}

// MARK: - Definitions

package enum DefinitionSyntax: Sendable, Hashable {
  case metric(MetricSyntax)
  case dimension(DimensionSyntax)
  case dataset(DatasetSyntax)
  case scheme(SchemeSyntax)
  case filter(Name, ConditionSyntax)
  case query(Name, parameters: [Name], QuestionSyntax)
}

/// `label 'Orders' '应办'`: one text for both languages, or one for each.
package struct TextPair: Sendable, Hashable {
  package var first: TextSyntax
  package var second: TextSyntax?

  package init(_ first: TextSyntax, _ second: TextSyntax? = nil) {
    self.first = first
    self.second = second
  }

  package var bilingual: Bilingual { Bilingual(first.text, (second ?? first).text) }
}

package enum MetricClass: String, Sendable, Hashable, CaseIterable {
  case count, stock, ratio, score, points, distinct, text
}

package enum AdditivitySyntax: Sendable, Hashable {
  case all, none
  case over([Name])
  case except([Name])
}

package enum AggregateSyntax: Sendable, Hashable {
  package enum Function: String, Sendable, Hashable, CaseIterable {
    case sum, distinct, last, same, max, min, median
  }
  case rows
  case apply(Function, ExpressionSyntax)
}

package struct BasisSyntax: Sendable, Hashable {
  package var dataset: Name
  package var aggregate: AggregateSyntax
  package var condition: ConditionSyntax?

  package init(_ dataset: Name, _ aggregate: AggregateSyntax, condition: ConditionSyntax?) {
    self.dataset = dataset
    self.aggregate = aggregate
    self.condition = condition
  }
}

package struct MetricSyntax: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case label(TextPair)
    case help(TextPair)
    case alias([Name])
    case from(BasisSyntax)
    case metricClass(MetricClass)
    case quantity(Name, TextSyntax?)
    case format(TextSyntax)
    case better(isHigh: Bool)
    case additive(AdditivitySyntax)
    case constant(over: [Name])
    case beside(Name, code: TextSyntax?, outsideCode: TextSyntax?)
    case defaultCondition(ConditionSyntax)
    case otherwise(ExpressionSyntax)
    case ranked(isShown: Bool)
    case missing(TextPair)
  }
  package var name: Name
  package var expression: ExpressionSyntax?
  package var parts: [Part]
  /// The `##` lines above the definition.
  package var comment: String?

  package init(_ name: Name, expression: ExpressionSyntax?, parts: [Part], comment: String? = nil) {
    self.name = name
    self.expression = expression
    self.parts = parts
    self.comment = comment
  }
}

package struct MemberSyntax: Sendable, Hashable {
  package var name: Name
  package var english: TextSyntax?
  package var chinese: TextSyntax?
  package var aliases: [Name]

  package init(_ name: Name, english: TextSyntax?, chinese: TextSyntax?, aliases: [Name]) {
    self.name = name
    self.english = english
    self.chinese = chinese
    self.aliases = aliases
  }
}

package struct DimensionSyntax: Sendable, Hashable {
  package enum Members: Sendable, Hashable {
    case file(TextSyntax)
    case open
    case scheme
  }
  package enum Part: Sendable, Hashable {
    case label(TextPair)
    case help(TextPair)
    case alias([Name])
    case parent(Name)
    case unranked([Name])
    case optional([Name])
    case defaultMember(Name)
    case members(Members)
    case member(MemberSyntax)
  }
  package var name: Name
  package var parts: [Part]
  package var comment: String?

  package init(_ name: Name, parts: [Part], comment: String? = nil) {
    self.name = name
    self.parts = parts
    self.comment = comment
  }
}

package enum ColumnType: String, Sendable, Hashable, CaseIterable {
  case whole, decimal, percent, text, flag, date, time, period
}

/// What a column holds instead of the cells of a file, said by other columns of the row.
package enum ColumnFormula: Sendable, Hashable {
  case value(ExpressionSyntax)
  /// A flag: yes where it holds.
  case test(ConditionSyntax)
}

package struct DatasetColumnSyntax: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case header([TextSyntax])
    case format(TextSyntax)
    case split(TextSyntax)
    /// `from D by C`: looked up in data set D by its key column C.
    case lookUp(dataset: Name, key: Name)
    case optional
    case drop
    case hash
    case formula(ColumnFormula)
  }
  package var name: Name
  package var type: ColumnType
  package var parts: [Part]

  package init(_ name: Name, _ type: ColumnType, parts: [Part]) {
    self.name = name
    self.type = type
    self.parts = parts
  }
}

package struct DatasetSyntax: Sendable, Hashable {
  package enum DimensionSource: Sendable, Hashable {
    case column(Name)
    case constant(TextSyntax)
  }
  package enum Part: Sendable, Hashable {
    case label(TextPair)
    case help(TextPair)
    case bulletin
    case files([TextSyntax])
    case grain([Name])
    case column(DatasetColumnSyntax)
    case time(TimeUnit, column: Name)
    case dimension(Name, DimensionSource)
    case keep(ConditionSyntax)
    case total(ConditionSyntax)
    case covers([Name])
  }
  package var name: Name
  package var parts: [Part]
  package var comment: String?

  package init(_ name: Name, parts: [Part], comment: String? = nil) {
    self.name = name
    self.parts = parts
    self.comment = comment
  }
}

package struct SchemeItemSyntax: Sendable, Hashable {
  package enum Rule: Sendable, Hashable {
    case formula(ExpressionSyntax, otherwise: ExpressionSyntax?)
    case stated(Name)
  }
  package var name: Name
  package var english: TextSyntax?
  package var chinese: TextSyntax?
  package var weight: NumberSyntax
  package var isWeightNegative: Bool
  package var rule: Rule

  package init(
    _ name: Name, english: TextSyntax?, chinese: TextSyntax?, weight: NumberSyntax,
    isWeightNegative: Bool, rule: Rule
  ) {
    self.name = name
    self.english = english
    self.chinese = chinese
    self.weight = weight
    self.isWeightNegative = isWeightNegative
    self.rule = rule
  }
}

package struct SchemeSyntax: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case label(TextPair)
    case help(TextPair)
    case rule(TextSyntax)
    case valid(PeriodSyntax, PeriodSyntax?)
    case condition(ConditionSyntax)
    case source(TextSyntax)
    case per([Name])
    case gives(score: Name, lost: Name)
    case rounding(Int)
    case item(SchemeItemSyntax)
  }
  package var name: Name
  package var parts: [Part]
  package var comment: String?

  package init(_ name: Name, parts: [Part], comment: String? = nil) {
    self.name = name
    self.parts = parts
    self.comment = comment
  }
}
