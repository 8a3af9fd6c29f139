// CataloguePrinter.swift: the parts of data sets and scoring schemes are printed.

extension SentencePrinter {
  func part(_ part: DatasetSyntax.Part) -> String {
    switch part {
    case .label(let pair): return self.pair(.label, pair)
    case .help(let pair): return self.pair(.help, pair)
    case .bulletin: return phrase(word(.source), word(.bulletin))
    case .files(let files): return phrase(word(.source), word(.file), texts(files))
    case .grain(let names): return phrase(word(.grain), list(names.map(other)))
    case .column(let column):
      return phrase(
        word(.column), introduced(column.name), word(column.type.rawValue),
        column.parts.map(columnPart).joined(separator: " "))
    case .time(let unit, let column):
      return phrase(word(.time), word(unit.rawValue), "=", other(column))
    case .dimension(let name, let source):
      return phrase(word(.dimension), dimension(name), "=", dimensionSource(source))
    case .keep(let condition): return phrase(word(.keep), self.condition(condition))
    case .total(let condition): return phrase(word(.total), self.condition(condition))
    case .covers(let names): return phrase(word(.covers), dimensions(names))
    }
  }

  private func texts(_ texts: [TextSyntax]) -> String { list(texts.map { quoted($0.text) }) }

  private func dimensionSource(_ source: DatasetSyntax.DimensionSource) -> String {
    switch source {
    case .column(let name): other(name)
    case .constant(let text): quoted(text.text)
    }
  }

  private func columnPart(_ part: DatasetColumnSyntax.Part) -> String {
    switch part {
    case .header(let headers): phrase(word(.header), texts(headers))
    case .format(let text): phrase(word(.format), quoted(text))
    case .split(let text): phrase(word(.split), quoted(text))
    case .lookUp(let dataset, let key):
      phrase(word(.from), nameBeforeBy(dataset), word(.by), other(key))
    case .optional: word(.optional)
    case .drop: word(.drop)
    case .hash: word(.hash)
    case .formula(.value(let expression)): phrase("=", self.expression(expression))
    case .formula(.test(let condition)): phrase(word(.where), self.condition(condition))
    }
  }

  func part(_ part: SchemeSyntax.Part) -> String {
    switch part {
    case .label(let pair): return self.pair(.label, pair)
    case .help(let pair): return self.pair(.help, pair)
    case .rule(let text): return phrase(word(.rule), quoted(text))
    case .valid(let lower, let upper):
      return phrase(word(.valid), period(lower) + " .." + (upper.map { " " + period($0) } ?? ""))
    case .condition(let condition): return phrase(word(.where), self.condition(condition))
    case .source(let text): return phrase(word(.source), quoted(text))
    case .per(let names): return phrase(word(.per), dimensions(names))
    case .gives(let score, let lost):
      return phrase(word(.gives), list([introduced(score), introduced(lost)]))
    case .rounding(let places): return phrase(word(.rounding), String(places))
    case .item(let item): return self.item(item)
    }
  }

  private func item(_ item: SchemeItemSyntax) -> String {
    let rule: String
    switch item.rule {
    case .formula(let formula, let otherwise):
      rule = phrase(
        "=", expression(formula), otherwise.map { phrase(word(.else), expression($0)) })
    case .stated(let name): rule = phrase(word(.stated), metric(name))
    }
    return phrase(
      word(.item), introduced(item.name), quoted(item.english), quoted(item.chinese),
      word(.weight), number(item.weight, isNegative: item.isWeightNegative), rule)
  }
}
