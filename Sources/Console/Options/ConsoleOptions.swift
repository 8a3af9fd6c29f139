// ConsoleOptions.swift: what the command line asks for, as checked values (console.md 2.2).

import Rendering
import Syntax

/// The two languages, named here for the program that only knows the console.
package typealias Language = Syntax.Language

package enum OptionWhen: String, Sendable, Hashable, CaseIterable { case auto, always, never }

package enum HeaderForm: String, Sendable, Hashable, CaseIterable { case label, name, none }

package enum InputEncoding: String, Sendable, Hashable, CaseIterable {
  case auto, gb18030
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// Whether each statement is printed before its result, and how.
package enum EchoForm: String, Sendable, Hashable, CaseIterable { case off, on, canonical }

package enum ErrorForm: String, Sendable, Hashable, CaseIterable { case text, json }

/// Where `-o` writes and what it does when the file is there.
package struct OutputFile: Sendable, Hashable {
  package var path: String
  package var existing: IntoSyntax.Existing
  /// By its suffix, unless `-m` says otherwise; known after `check`.
  package var formName: String?

  package init(path: String, existing: IntoSyntax.Existing) {
    self.path = path
    self.existing = existing
  }

  var form: FileForm? { formName.flatMap { FileForm(named: $0) } }
}

/// `--set NAME=VALUE`, still as text: the script that declares the parameter says what kind it is.
package struct ParameterSetting: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

package struct ConsoleOptions: Sendable, Hashable {
  /// One `-c` or `-f`.
  package enum Work: Sendable, Hashable {
    case statements(String)
    case file(String)
    /// `-f -`
    case standardInput
  }
  package enum History: Sendable, Hashable {
    case standard, none
    case file(String)
  }

  /// `-c` and `-f`, in the order typed; they share one session.
  package var work: [Work] = []
  package var goesOnAtPrompt = false
  /// nil: box on a terminal, tsv in a pipe (console.md 2.2 and 3.8).
  package var mode: OutputForm?
  package var output: OutputFile?
  package var isQuiet = false
  package var header = HeaderForm.label
  /// How an undefined cell is shown in people's modes; nil is `-`.
  package var undefinedText: String?
  package var printsShownText = false
  package var keepsRawCells = false
  package var writesByteOrderMark = false
  package var writesGB18030 = false
  package var color = OptionWhen.auto
  /// Cells per row of people's modes; nil: the terminal's, and no limit in a pipe.
  package var widthCells: Int?
  /// 1 or 2: the width of East Asian Ambiguous characters; nil: `TONGBAO_AMBIGUOUS`, else 1.
  package var ambiguousWidth: Int?
  package var showsHeadline = true
  package var showsNotes = true
  /// nil: at the prompt only.
  package var showsTiming: Bool?
  package var language: Language?
  package var parameters: [ParameterSetting] = []
  package var rulebookFolder: String?
  package var encoding = InputEncoding.auto
  package var rowLimit: Int?
  package var keepsGoing = false
  package var onlyChecks = false
  package var errorForm = ErrorForm.text
  package var echo = EchoForm.off
  package var pager = OptionWhen.auto
  /// No programs, and files only below the working folder.
  package var isSafe = false
  /// Warnings of `check` count as errors.
  package var isStrict = false
  /// `--watch`
  package var watchSeconds: Int?
  /// `--init FILE`: read in batch too.
  package var initFile: String?
  /// `--no-init`: not even the usual file is read.
  package var readsInitFile = true
  package var history = History.standard
  package var keepsUnknownMembers = false
  package var skipsBadRows = false
  /// `--report`: Markdown with questions in it.
  package var reportPath: String?
  /// Prints what would be read of the data, and loads nothing.
  package var onlyInspects = false
  package var data: [String] = []
  /// `--workspace`
  package var workspacePath: String?
  /// `--keep`: DATA goes into the workspace.
  package var keepsData = false
  /// `--check` writes nothing.
  var storesData: Bool { keepsData && !onlyChecks }
  /// `--keep --replace`: a period with other figures becomes a further version.
  package var replacesKept = false

  /// `--clickhouse` and `--push`: lists of addresses, as typed.
  package var clusterAddresses: String?
  package var pushAddresses: String?
  /// `--remove`: the period that leaves the cluster.
  package var removedPeriod: String?
  /// Answers without the shards that are down.
  package var allowsPartial = false
  package var clusterTimeoutSeconds = 60
  /// Certificates to trust beside the system's.
  package var authorityFile: String?
  /// Unencrypted also to other machines.
  package var allowsPlainText = false

  package init() {}

  /// The modes that `-m` takes; xlsx only with `-o`.
  package static let modes: [OutputForm] = [
    .box, .table, .plain, .tsv, .csv, .json, .jsonl, .md, .html, .latex, .xlsx, .vertical, .list,
    .chart,
  ]
}
