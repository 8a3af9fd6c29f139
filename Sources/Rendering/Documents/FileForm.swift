// FileForm.swift: the suffix of a file or a word after `as` arrives; what the file will hold
// leaves.

import Syntax

/// What a file of results holds (console.md 9.2).
package enum FileForm: Sendable {
  case text(OutputMode)
  /// .xlsx
  case workbook
  /// .svg: the chart alone.
  case drawing

  /// Suffixes that name a form, in the order of the help.
  package static let suffixes = [
    "csv", "tsv", "json", "jsonl", "md", "html", "tex", "xlsx", "txt", "svg",
  ]

  /// - Parameter suffix: in lower case, without its dot.
  package init?(suffix: String) {
    switch suffix {
    case "xlsx": self = .workbook
    case "svg": self = .drawing
    case "tex": self = .text(.latex)
    case "txt": self = .text(.table)
    case "csv", "tsv", "json", "jsonl", "md", "html":
      guard let mode = OutputMode.named(suffix) else { return nil }
      self = .text(mode)
    default: return nil
    }
  }

  /// nil for a drawing on the screen (`bar`, `line`, `spark`); `chart` is a mode like the others.
  package init?(_ form: OutputForm) {
    switch form {
    case .xlsx: self = .workbook
    case .bar, .line, .spark: return nil
    default:
      guard let mode = OutputMode.named(form.rawValue) else { return nil }
      self = .text(mode)
    }
  }

  /// By the name that `name` gives.
  package init?(named name: String) {
    if name == "svg" {
      self = .drawing
    } else {
      guard let form = OutputForm(rawValue: name) else { return nil }
      self.init(form)
    }
  }

  /// As in `-m` and `as`; `svg` for a drawing.
  package var name: String {
    switch self {
    case .text(let mode): mode.name
    case .workbook: "xlsx"
    case .drawing: "svg"
    }
  }

  /// Whether results can be put behind others that are there already.
  package var canBeAppended: Bool { Self.appendable.contains(name) }
  package static let appendable = ["tsv", "csv", "jsonl", "json", "md"]

  /// Notes stand in the file, else they go to stderr.
  package var isPeopleForm: Bool {
    switch self {
    case .text(let mode): mode.isPeopleMode
    case .workbook: false
    case .drawing: false
    }
  }
}
