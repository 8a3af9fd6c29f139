// ScenarioListTests.swift: the sources of these tests arrive; which of the fifty acceptance
// scenarios has none leaves.

import Support
import Testing

@Suite struct ScenarioListTests {
  /// The two of the plain question have none yet.
  @Test func `Every acceptance scenario is named by a test`() {
    let sources = ProjectFiles.list(below: "Tests/ConsoleTests")
      .filter { $0.hasSuffix("Tests.swift") }.compactMap { ProjectFiles.text($0) }
    var found: Set<Int> = []
    for source in sources {
      for part in source.split(separator: "func `Scenario ").dropFirst() {
        if let number = part.split(separator: ":").first.flatMap({ Int($0) }) {
          found.insert(number)
        }
      }
    }
    #expect(Set(1...50).subtracting(found).sorted() == [47, 48])
  }
}
