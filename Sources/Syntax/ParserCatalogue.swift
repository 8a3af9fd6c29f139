// ParserCatalogue.swift: definitions of dimensions, data sets and scoring schemes.

extension Parser {
  // MARK: - Dimensions

  ///     defDimension = "dimension" name { dimPart } ;
  mutating func defDimension() throws(SyntaxFailure) -> DimensionSyntax {
    let name = try definedName()
    var parts: [DimensionSyntax.Part] = []
    while let part = try dimPartIfPresent() { parts.append(part) }
    return DimensionSyntax(name, parts: parts)
  }

  ///     dimPart = labelPart | helpPart | aliasPart | "parent" name | "unranked" names | "optional"
  ///       names | "default" name | "members" ( STRING | "open" | "scheme" ) | "member" name [
  ///       STRING [ STRING ] ] [ "(" names ")" ] ;
  private mutating func dimPartIfPresent() throws(SyntaxFailure) -> DimensionSyntax.Part? {
    if let label = try labelPartIfPresent() { return .label(label) }
    if let help = try helpPartIfPresent() { return .help(help) }
    if let names = try aliasPartIfPresent() { return .alias(names) }
    switch accept(anyOf: [.parent, .unranked, .optional, .default, .members, .member]) {
    case .parent?: return .parent(try name(.dimension))
    case .unranked?: return .unranked(try names())
    case .optional?: return .optional(try names())
    case .default?: return .defaultMember(try name(.value))
    case .members?:
      if let file = acceptText() { return .members(.file(file)) }
      if accept(.open) { return .members(.open) }
      try expect(.scheme)
      return .members(.scheme)
    case .member?: return .member(try member())
    default: return nil
    }
  }

  private mutating func member() throws(SyntaxFailure) -> MemberSyntax {
    let name = try name(.newName)
    let english = acceptText()
    let chinese = english == nil ? nil : acceptText()
    var aliases: [Name] = []
    if at(mark: "(") {
      aliases = try enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.names() }
    }
    return MemberSyntax(name, english: english, chinese: chinese, aliases: aliases)
  }

  // MARK: - Data sets

  ///     defDataset = "dataset" name { dataPart } ;
  mutating func defDataset() throws(SyntaxFailure) -> DatasetSyntax {
    let name = try definedName()
    var parts: [DatasetSyntax.Part] = []
    while let part = try dataPartIfPresent() { parts.append(part) }
    return DatasetSyntax(name, parts: parts)
  }

  ///     dataPart = labelPart | helpPart | "source" ( "bulletin" | "file" STRING { "," STRING } ) |
  ///       "grain" name { "," name } | "column" name columnType { columnPart } | "time" timeUnit
  ///       "=" name | "dimension" name "=" ( name | STRING ) | "keep" cond | "total" cond |
  ///       "covers" dimList ;
  private mutating func dataPartIfPresent() throws(SyntaxFailure) -> DatasetSyntax.Part? {
    if let label = try labelPartIfPresent() { return .label(label) }
    if let help = try helpPartIfPresent() { return .help(help) }
    switch accept(anyOf: [
      .source, .grain, .column, .time, .dimension, .keep, .total, .covers,
    ]) {
    case .source?:
      if accept(.bulletin) { return .bulletin }
      try expect(.file)
      return .files(try texts())
    case .grain?:
      return .grain(try list { parser throws(SyntaxFailure) in try parser.name(.column) })
    case .column?: return .column(try dataColumn())
    case .time?:
      let unit = try timeUnit()
      try expect(mark: "=")
      return .time(unit, column: try name(.column))
    case .dimension?: return try dataDimension()
    case .keep?: return .keep(try cond())
    case .total?: return .total(try cond())
    case .covers?: return .covers(try dimList())
    default: return nil
    }
  }

  private mutating func dataDimension() throws(SyntaxFailure) -> DatasetSyntax.Part {
    let name = try name(.dimension)
    try expect(mark: "=")
    if let text = acceptText() { return .dimension(name, .constant(text)) }
    return .dimension(name, .column(try self.name(.column)))
  }

  private mutating func texts() throws(SyntaxFailure) -> [TextSyntax] {
    try list { parser throws(SyntaxFailure) in try parser.text() }
  }

  private mutating func dataColumn() throws(SyntaxFailure) -> DatasetColumnSyntax {
    let name = try name(.newName)
    let type = try columnType()
    var parts: [DatasetColumnSyntax.Part] = []
    while let part = try columnPartIfPresent() { parts.append(part) }
    return DatasetColumnSyntax(name, type, parts: parts)
  }

  ///     columnType = "whole" | "decimal" | "percent" | "text" | "flag" | "date" | "time" |
  ///       "period" ;
  private mutating func columnType() throws(SyntaxFailure) -> ColumnType {
    for type in ColumnType.allCases {
      if let keyword = Keywords.keyword(english: type.rawValue), accept(keyword) { return type }
    }
    throw unexpected()
  }

  ///     columnPart = "header" STRING { "," STRING } | "format" STRING | "split" STRING | "from"
  ///       name "by" name | "optional" | "drop" | "hash" | "=" expr | "where" cond ;
  private mutating func columnPartIfPresent() throws(SyntaxFailure) -> DatasetColumnSyntax.Part? {
    if accept(mark: "=") { return .formula(.value(try expr())) }
    switch accept(anyOf: [.header, .format, .split, .from, .optional, .drop, .hash, .where]) {
    case .header?: return .header(try texts())
    case .format?: return .format(try text())
    case .split?: return .split(try text())
    case .from?:
      let dataset = try name(.dataset)
      try expect(.by)
      return .lookUp(dataset: dataset, key: try name(.column))
    case .optional?: return .optional
    case .drop?: return .drop
    case .hash?: return .hash
    case .where?: return .formula(.test(try cond()))
    default: return nil
    }
  }

  // MARK: - Scoring schemes

  ///     defScheme = "scheme" name { schemePart } ;
  mutating func defScheme() throws(SyntaxFailure) -> SchemeSyntax {
    let name = try definedName()
    var parts: [SchemeSyntax.Part] = []
    while let part = try schemePartIfPresent() { parts.append(part) }
    return SchemeSyntax(name, parts: parts)
  }

  ///     schemePart = labelPart | helpPart | "rule" STRING | "valid" period ".." [ period ] |
  ///       "where" cond | "source" STRING | "per" dimList | "gives" name "," name | "rounding" INT
  ///       | item ;
  private mutating func schemePartIfPresent() throws(SyntaxFailure) -> SchemeSyntax.Part? {
    if let label = try labelPartIfPresent() { return .label(label) }
    if let help = try helpPartIfPresent() { return .help(help) }
    if let item = try itemIfPresent() { return .item(item) }
    let word = index
    switch accept(anyOf: [.rule, .valid, .where, .source, .per, .gives, .rounding]) {
    case .rule?: return .rule(try text())
    case .valid?:
      let lower = try period()
      try expect(mark: .range)
      return .valid(lower, try periodIfPresent())
    case .where?: return .condition(try cond())
    case .source?: return .source(try text())
    case .per?: return .per(try dimList())
    case .gives?:
      let score = try name(.newName)
      try expect(mark: ",")
      return .gives(score: score, lost: try name(.newName))
    case .rounding?: return .rounding(try whole(after: word))
    default: return nil
    }
  }

  /// The end of an open span, if the present token begins a period.
  private mutating func periodIfPresent() throws(SyntaxFailure) -> PeriodSyntax? {
    expected.slots.insert(.period)
    switch token.kind {
    case .number, .period, .parameter: return try period()
    default: break
    }
    switch keyword {
    case .this?, .last?, .yearToDate?, .quarterToDate?: return try period()
    default: return nil
    }
  }

  ///     item = "item" name [ STRING [ STRING ] ] "weight" number ( "=" expr [ "else" expr ] |
  ///       "stated" name ) ;
  private mutating func itemIfPresent() throws(SyntaxFailure) -> SchemeItemSyntax? {
    guard accept(.item) else { return nil }
    let name = try name(.newName)
    let english = acceptText()
    let chinese = english == nil ? nil : acceptText()
    try expect(.weight)
    let (weight, isNegative) = try number()
    let rule: SchemeItemSyntax.Rule
    if accept(.stated) {
      rule = .stated(try self.name(.metric))
    } else {
      try expect(mark: "=")
      let formula = try expr()
      rule = .formula(formula, otherwise: accept(.else) ? try expr() : nil)
    }
    return SchemeItemSyntax(
      name, english: english, chinese: chinese, weight: weight, isWeightNegative: isNegative,
      rule: rule)
  }
}
