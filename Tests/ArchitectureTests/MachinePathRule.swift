// MachinePathRule.swift: no text of the project names a folder of a machine that it was built on.

import Support
import Testing

enum MachinePathRule {
  /// Put together here, so that this file does not find itself.
  static let folders = ["work", "tmp/wt", "opt", "root", "home"].map { "/" + $0 }

  static func findings(path: String, text: String) -> [Finding] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
      place, line in
      folders.filter { names($0, in: String(line)) }.map {
        Finding(path: path, line: place + 1, message: "`\($0)` is a folder of one machine")
      }
    }
  }

  /// The folder itself, not a longer name that begins or ends like it (`xl/workbook.xml`).
  private static func names(_ folder: String, in line: String) -> Bool {
    let (line, folder) = (Array(line.utf8), Array(folder.utf8))
    guard line.count >= folder.count else { return false }
    func continues(_ place: Int) -> Bool {
      guard line.indices.contains(place) else { return false }
      let scalar = Unicode.Scalar(line[place])
      return line[place] >= 0x80 || "._-~$}".unicodeScalars.contains(scalar)
        || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    return (0...(line.count - folder.count)).contains { start in
      line[start...].starts(with: folder) && !continues(start - 1)
        && !continues(start + folder.count)
    }
  }
}

@Test func `no file names a folder of a build machine`() {
  for path in ProjectFiles.list() {
    guard let text = ProjectFiles.text(path) else { continue }
    expectNone(MachinePathRule.findings(path: path, text: text))
  }
}

@Test func `a folder of a machine is seen, a name that is only like it is not`() {
  let folders = MachinePathRule.folders
  let text = """
    cd \(folders[0])/main
    swift at "\(folders[2])/swift"
    a path \(folders[1])
    xl/workbook.xml, the \(folders[0])space, src\(folders[0]), $HOME\(folders[0])
    """
  #expect(
    MachinePathRule.findings(path: "a.md", text: text).map(\.description) == [
      "a.md:1: `\(folders[0])` is a folder of one machine",
      "a.md:2: `\(folders[2])` is a folder of one machine",
      "a.md:3: `\(folders[1])` is a folder of one machine",
    ])
}
