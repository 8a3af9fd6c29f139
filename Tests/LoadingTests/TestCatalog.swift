// TestCatalog.swift: the built-in catalogue, and the place of the project's files, for the tests.

import Catalog

@testable import Loading

/// Made once; the tests only read it.
let testCatalog = buildCatalog(from: builtInRulebook()).catalog

/// The folder of the package, found from this file's own place.
var repositoryFolder: String {
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  return parts.dropLast(3).joined(separator: "/")
}

func bytes(ofFile path: String) -> [UInt8] {
  (try? fileBytes(path, limit: 1 << 24)) ?? []
}
