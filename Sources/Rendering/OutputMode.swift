// OutputMode.swift: an answer arrives, the bytes of the chosen mode leave.

import Columns
import Syntax

/// One way of writing answers. A new one is one file and one line in `all`.
package struct OutputMode: Sendable {
  /// As typed after `-m`, `.mode` and `as`.
  package var name: String
  /// One line of help.
  package var help: Bilingual
  /// Headline, foot, basis and notes belong to the text; else notes go to stderr (console.md 2.4).
  package var isPeopleMode: Bool
  /// An empty line stands between two results of this mode.
  package var hasBlankLineBetween: Bool
  /// How the answer goes into bytes; the language is the answer's.
  package var render: @Sendable (Answer, RenderOptions) -> [UInt8]

  package init(
    name: String, help: Bilingual, isPeopleMode: Bool, hasBlankLineBetween: Bool,
    render: @escaping @Sendable (Answer, RenderOptions) -> [UInt8]
  ) {
    self.name = name
    self.help = help
    self.isPeopleMode = isPeopleMode
    self.hasBlankLineBetween = hasBlankLineBetween
    self.render = render
  }

  /// In the order of the help.
  package static let all: [OutputMode] = [
    .box, .table, .plain, .tsv, .csv, .json, .jsonl, .md, .html, .latex, .vertical, .list,
    .chart,
  ]

  package static func named(_ name: String) -> OutputMode? { all.first { $0.name == name } }

  /// The mode one answer is written in: its `as …`, else the mode of the session.
  ///
  /// A drawing (`as bar`, `line`, `spark`, `chart`) is a chart, except in html, which draws it
  /// below the table, and in json and jsonl, whose readers expect one shape only.
  package static func chosen(for form: OutputForm?, session: OutputMode) -> OutputMode {
    switch form {
    case nil:
      return session
    case .bar?, .line?, .spark?, .chart?:
      if ["html", "json", "jsonl"].contains(session.name) { return session }
      return named("chart") ?? session
    case let form?:
      return named(form.rawValue) ?? session
    }
  }
}

/// The bytes of an answer in `options.mode`; a refused answer has bytes only in json, because the
/// refusal itself goes to stderr (`renderRefusal`).
package func render(_ answer: Answer, with options: RenderOptions) -> [UInt8] {
  options.mode.render(answer, options)
}
