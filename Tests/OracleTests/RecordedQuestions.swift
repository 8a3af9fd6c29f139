// RecordedQuestions.swift: what the golden files ask leaves, and the three quarters it is asked of.

import Catalog
import Columns
import Console
import Loading
import Support
import Syntax

let threeQuarters: Ground? = {
  let built = buildCatalog(from: builtInRulebook())
  let folders = ["synthetic-2023Q4", "synthetic-2024Q3", "2024Q4"].map {
    "\(projectFolder)/examples/\($0)"
  }
  guard let loaded = try? load(paths: folders, into: built.catalog, options: LoadOptions()) else {
    return nil
  }
  return Ground(built.catalog, loaded)
}()

/// The statements of every golden question.
func recordedSources() -> [String] {
  ProjectFiles.list(below: "Tests/GoldenTests/Questions").sorted().compactMap { path in
    ProjectFiles.text(path).map { text in
      text.split(separator: "\n# ", maxSplits: 1)[0].split(separator: "\n").dropFirst()
        .joined(separator: "\n")
    }
  }
}

/// The questions among statements, explained ones too.
func questions(in source: String, _ ground: Ground) -> [QuestionSyntax] {
  parse(source, knowing: ground.vocabulary.knownWords).statements.compactMap { parsed in
    switch parsed.statement?.kind {
    case .query(let question): question
    case .explain(_, let question): question
    default: nil
    }
  }
}
