// RunCommand.swift: a command as typed arrives; it is looked up, allowed or refused, and run.

import Planning
import Rendering
import Syntax

extension Batch {
  /// The language of a command's messages: Chinese names ask in Chinese.
  func language(of call: CommandCall) -> Language {
    if let language = options.language { return language }
    return call.name.unicodeScalars.contains { !$0.isASCII } ? .chinese : session.language
  }

  /// Runs a command of `-c` (`name`: as messages name the place) or of the prompt.
  mutating func run(_ call: CommandCall, named name: String) -> CommandOutcome {
    var call = call
    call.language = language(of: call)
    do throws(PlanningFault) {
      switch DotCommand.named(call.name) {
      case .none(let nearest): throw .wrong(.unknownCommand(call, nearest: nearest))
      case .several(let commands): throw .wrong(.ambiguousCommand(call, among: commands))
      case .command(let command):
        guard isPrompt || command.isForBatch else {
          throw .wrong(.commandNotHere(call.nameRange, command, isScript: false))
        }
        guard !(options.isSafe && command.startsPrograms) else {
          throw .wrong(.commandNotSafe(call))
        }
        if options.onlyChecks, !isPrompt { return .done }
        return try command.action(call, &self)
      }
    } catch {
      report(error, call, named: name)
      return .failed
    }
  }

  /// Tells a fault of a command, and what it means for the status.
  mutating func report(_ fault: PlanningFault, _ call: CommandCall, named name: String) {
    let place: DiagnosticPlace = isPrompt ? .prompt : .batch(name: name, line: 1)
    switch fault {
    case .wrong(let diagnostic):
      status = max(status, commandStatus(of: diagnostic.code))
      report(diagnostic, call.text, name, call.language)
    case .refused(let refusal):
      status = max(status, 1)
      writer.report(
        options.errorForm == .json
          ? refusalJSON(code: refusal.code, text: refusal.message[call.language], place: place)
          : worded(refusal, place, call.language))
    case .constant, .totalOnly:
      status = max(status, 1)
      report(.notAvailable(at: call.argumentRange), call.text, name, call.language)
    }
  }

  private func commandStatus(of code: String) -> Int32 {
    switch code {
    case "C01", "C02", "C03": 2
    case "C04": 3
    default: 1
    }
  }

  /// A line of a script that is a command: told with the statement to use in its place.
  func commandOfScript(in statement: String) -> Diagnostic? {
    guard let call = CommandCall(statement), let first = call.name.unicodeScalars.first,
      first.properties.isAlphabetic
    else { return nil }
    var command: DotCommand?
    if case .command(let found) = DotCommand.named(call.name) { command = found }
    return .commandNotHere(call.nameRange, command, isScript: true)
  }
}

extension Diagnostic {
  /// The same in a longer source text.
  func moved(by count: Int) -> Diagnostic {
    var moved = self
    moved.range = range.map { SourceRange($0.lower + count, $0.upper + count) }
    return moved
  }
}
