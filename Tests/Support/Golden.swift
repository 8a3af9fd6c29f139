// Golden.swift: a text that was produced now is held against the one recorded in a file.

import Glibc

package enum Golden {
  /// `scripts/bless` rewrites the records; no test does so by itself.
  package static let isBlessing = unsafe getenv("TONGBAO_BLESS") != nil

  /// There is time there for more of the same.
  package static let isInCI = unsafe getenv("CI") != nil

  /// nil when the file holds exactly this text, or is rewritten to; else what differs.
  package static func difference(_ produced: String, from path: String) -> String? {
    let recorded = ProjectFiles.text(path)
    guard recorded != produced else { return nil }
    if isBlessing {
      return ProjectFiles.write(produced, to: path) ? nil : "\(path) could not be written"
    }
    guard let recorded else { return "\(path) is not there; scripts/bless writes it" }
    return "\(path) differs from what is said now; scripts/bless rewrites it\n"
      + changedLines(from: recorded, to: produced)
  }

  /// The lines that went (`-`) and came (`+`), each run of them under the line where it begins.
  package static func changedLines(from recorded: String, to produced: String) -> String {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let (old, new) = (lines(recorded), lines(produced))
    var (gone, came) = (Set<Int>(), Set<Int>())
    for change in new.difference(from: old) {
      switch change {
      case .remove(let place, _, _): gone.insert(place)
      case .insert(let place, _, _): came.insert(place)
      }
    }
    var shown: [String] = []
    var (oldPlace, newPlace) = (0, 0)
    while oldPlace < old.count || newPlace < new.count {
      guard gone.contains(oldPlace) || came.contains(newPlace) else {
        (oldPlace, newPlace) = (oldPlace + 1, newPlace + 1)
        continue
      }
      shown.append("line \(oldPlace + 1):")
      while gone.contains(oldPlace) {
        shown.append("- " + old[oldPlace])
        oldPlace += 1
      }
      while came.contains(newPlace) {
        shown.append("+ " + new[newPlace])
        newPlace += 1
      }
    }
    let most = 80
    let rest = shown.count - most
    return (shown.prefix(most) + (rest > 0 ? ["… \(rest) more lines"] : [])).joined(separator: "\n")
  }
}
