// ListedNames.swift: many names arrive; a list that a line can hold leaves.

import Syntax

/// The first names, and how many more there are: `a, b and 3 more`.
func listed(_ names: [String], atMost limit: Int = 20) -> Bilingual {
  let shown = names.prefix(limit)
  let rest = names.count - shown.count
  return Bilingual(
    shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""),
    shown.joined(separator: "、") + (rest > 0 ? "等 \(names.count) 个" : ""))
}
