// ChangeInk.swift: a cell and its column arrive; whether it is a change for better or worse leaves.

import Columns

/// nil where neither way is better, and where no sign says what the colour would: a change of
/// nothing, one that rounds to nothing, an undefined one.
func changeInk(of cell: AnswerCell, in column: AnswerColumn) -> Ink? {
  guard let isHighBetter = column.isHighBetter, cell.raw != .none else { return nil }
  return switch cell.shown.first {
  case "+": isHighBetter ? .better : .worse
  case "-": isHighBetter ? .worse : .better
  default: nil
  }
}

/// How bad a finding is; its word is written.
func severityInk(of cell: AnswerCell, in column: AnswerColumn) -> Ink? {
  guard column.kind == .text, column.name == "severity" else { return nil }
  return switch cell.shown {
  case "error", "错误": .error
  case "warning", "警告": .warning
  default: nil
  }
}
