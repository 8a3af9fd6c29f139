// AnswerFindings.swift: findings about the very figures of an answer become its notes.

import Catalog
import Columns
import Execution
import Loading
import Planning
import Syntax

extension Pipeline {
  /// What is wrong with the print beside the figures shown, at most three notes of a code.
  func findingNotes(of plan: Plan, _ answer: Answer, in language: Language)
    throws(PlanningFault) -> [AnswerNote]
  {
    let place = plan.query.by.firstIndex(of: "unit")
    func units() -> Set<String>? {
      guard let place else { return nil }
      var names: Set<String> = []
      for (number, row) in answer.rows.enumerated() where row.role == .body {
        // Each row is worded for it.
        if Stopping.isWanted(at: number) { break }
        guard row.cells.indices.contains(place), case .text(let name) = row.cells[place].raw
        else { continue }
        names.insert(name)
      }
      return names
    }
    let found: [Finding]
    do throws(ExactOverflow) {
      found = try findings(
        about: plan, showing: units, from: ground.loaded.store,
        printed: ground.loaded.printedFigures, in: ground.vocabulary, holding: ground.holdings,
        using: ground.index)
    } catch {
      return []
    }
    var notes: [AnswerNote] = []
    for finding in found where !answer.notes.contains(where: { $0.code == finding.code }) {
      // Judged anew by a scheme of choice, a score is not what was printed.
      if scope.scheme != nil, finding.code == "R29" { continue }
      guard notes.count(where: { $0.code == finding.code }) < 3 else { continue }
      notes.append(
        AnswerNote(
          code: finding.code, text: text(of: finding)[language], isInformational: false))
    }
    return notes
  }

  /// `River Town: ontime_rate: printed 99%, computed 94.74% (notice.txt:132)`
  private func text(of finding: Finding) -> Bilingual {
    var text = finding.subject
    if !finding.stated.isEmpty, finding.code != "R38" {
      text.english += ": printed \(finding.stated)"
      text.chinese += "：公布 \(finding.stated)"
      if !finding.computed.isEmpty, !finding.computed.hasPrefix("≠") {
        text.english += ", computed \(finding.computed)"
        text.chinese += "，重算 \(finding.computed)"
      }
    }
    if let cause = finding.cause {
      text.english += "; \(cause.english)"
      text.chinese += "；\(cause.chinese)"
    }
    if let place = finding.places.first {
      text.english += " (\(place.file):\(place.line))"
      text.chinese += "（\(place.file):\(place.line)）"
    }
    return text
  }
}

extension Loaded {
  /// What the notices print beside their rows.
  var printedFigures: PrintedFigures {
    PrintedFigures(
      totalRows: totalRows, constants: constants, places: printedPlaces,
      jointChannels: Set(
        notices.flatMap(\.jointChannels) + totalRows.filter(\.isJoint).map(\.channel)))
  }
}
