// DotCommand.swift: a dot-command as one value: help, completion, the messages and the table of the
// README are made from it (console.md 7).

import Planning
import Syntax

package struct DotCommand: Sendable {
  package var english: String
  package var chinese: String
  package var arguments: [CommandArgument]
  /// One line: what it prints or does.
  package var help: Bilingual
  /// Also in `-c` and in the init file.
  package var isForBatch: Bool
  /// It starts programs: not with `--safe`.
  package var startsPrograms: Bool
  /// What a script or a batch says instead; nil where there is nothing like it.
  package var instead: Bilingual?
  package var action: CommandAction

  package init(
    _ english: String, _ chinese: String, _ arguments: [CommandArgument] = [], help: Bilingual,
    isForBatch: Bool = false, startsPrograms: Bool = false, instead: Bilingual? = nil,
    action: @escaping CommandAction
  ) {
    self.english = english
    self.chinese = chinese
    self.arguments = arguments
    self.help = help
    self.isForBatch = isForBatch
    self.startsPrograms = startsPrograms
    self.instead = instead
    self.action = action
  }

  package func name(in language: Language) -> String {
    language == .chinese ? chinese : english
  }

  /// The arguments as the help writes them: `FILE [replace|append]`.
  package func usage(in language: Language) -> String {
    arguments.map { $0.usage[language] }.joined(separator: " ")
  }
}

/// Runs a command.
///
/// - Throws: the fault that a person is told: C03 for a wrong argument, C04 for a file, or whatever
///   is wrong with the statement it was given.
package typealias CommandAction =
  @Sendable (_ call: CommandCall, _ batch: inout Batch) throws(PlanningFault) -> CommandOutcome

package enum CommandOutcome: Sendable, Hashable {
  case done
  /// It has told what went wrong itself.
  case failed
  /// `.quit`
  case leave
  /// The text stands on the line of the next prompt, not run.
  case edit(String)
  /// The text is run as if it had been typed.
  case run(String)
}
