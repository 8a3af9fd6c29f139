// NamePrinter.swift: which name a printed sentence uses for each name of a tree.

/// Gives the names of a printed sentence. Each closure may return another name for the one in the
/// tree, usually the canonical one in the language of the sentence; nil keeps it as it was typed.
package struct NamePrinter: Sendable {
  /// Decides which names can stand bare: those that read back as the same one word.
  package var knowing: KnownWords
  package var metric: @Sendable (Name) -> String?
  package var dimension: @Sendable (Name) -> String?
  /// A value to the right of a test, written as a name or a text, and the dimension on the left.
  package var member: @Sendable (_ value: String, _ dimension: Name) -> String?
  /// Saved filters and queries, data sets, schemes, columns.
  package var other: @Sendable (Name) -> String?

  package init(
    knowing: KnownWords = KnownWords(),
    metric: @escaping @Sendable (Name) -> String? = { _ in nil },
    dimension: @escaping @Sendable (Name) -> String? = { _ in nil },
    member: @escaping @Sendable (String, Name) -> String? = { _, _ in nil },
    other: @escaping @Sendable (Name) -> String? = { _ in nil }
  ) {
    self.knowing = knowing
    self.metric = metric
    self.dimension = dimension
    self.member = member
    self.other = other
  }

  /// Every name as it was typed.
  package static let asTyped = NamePrinter()
}

/// The canonical sentence of a question (language.md 3): clauses in the fixed order, one language
/// of keywords, one blank between tokens. Parsing it gives the question back.
package func sentence(
  of question: QuestionSyntax, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: question.introducedNames).question(question)
}

/// The canonical sentence of any statement. A long definition takes several lines.
package func sentence(
  of statement: StatementSyntax, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: statement.introducedNames).statement(statement)
}

/// An expression as it would stand in a sentence.
package func sentence(
  of expression: ExpressionSyntax, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: []).expression(expression)
}

/// A condition as it would stand in a sentence.
package func sentence(
  of condition: ConditionSyntax, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: []).condition(condition)
}

/// Where a metric comes from, as its definition says it.
package func sentence(
  of basis: BasisSyntax, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: []).basis(basis)
}

/// A part of a data set's definition.
package func sentence(
  of part: DatasetSyntax.Part, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: []).part(part)
}

/// What an assertion says of its question.
package func sentence(
  of verdict: AssertSyntax.Verdict, in language: Language, naming: NamePrinter = .asTyped
) -> String {
  SentencePrinter(language, naming, introducing: []).verdict(verdict)
}

extension QuestionSyntax {
  var introducedNames: [Name] { columns.compactMap(\.alias) }
}

extension StatementSyntax {
  /// Names that stand in naming slots: the lexer knows them when it reads the sentence again.
  var introducedNames: [Name] {
    switch kind {
    case .query(let question), .explain(_, let question): return question.introducedNames
    case .assert(let assertion): return assertion.question.introducedNames
    case .define(let definition): return definition.introducedNames
    case .run(let name, _): return [name]
    default: return []
    }
  }
}

extension DefinitionSyntax {
  fileprivate var introducedNames: [Name] {
    switch self {
    case .metric(let metric): return [metric.name]
    case .dimension(let dimension):
      return [dimension.name]
        + dimension.parts.flatMap { part -> [Name] in
          switch part {
          case .member(let member): [member.name] + member.aliases
          case .alias(let names), .unranked(let names), .optional(let names): names
          default: []
          }
        }
    case .dataset(let dataset):
      return [dataset.name]
        + dataset.parts.compactMap { part in
          if case .column(let column) = part { column.name } else { nil }
        }
    case .scheme(let scheme):
      return [scheme.name]
        + scheme.parts.flatMap { part -> [Name] in
          switch part {
          case .gives(let score, let lost): [score, lost]
          case .item(let item): [item.name]
          default: []
          }
        }
    case .filter(let name, _): return [name]
    case .query(let name, _, let question): return [name] + question.introducedNames
    }
  }
}
