// FileFault.swift: what is wrong with a file, in the form in which it is told.

import Syntax

/// One fault of one file: a diagnostic with its place, since a data file has lines and columns
/// where a sentence has bytes.
package struct FileFault: Error, Sendable, Hashable {
  package var file: String
  /// From 1; nil where the whole file is meant.
  package var line: Int?
  /// The sheet or table whose row the line is.
  package var part: SourceFile.Part?
  /// The heading, or the column's number.
  package var column: String?
  /// The cell as read.
  package var cell: String?
  package var diagnostic: Diagnostic

  package init(
    file: String, line: Int?, part: SourceFile.Part? = nil, column: String?, cell: String?,
    diagnostic: Diagnostic
  ) {
    self.file = file
    self.line = line
    self.part = part
    self.column = column
    self.cell = cell
    self.diagnostic = diagnostic
  }
}
