// RealNoticeTests.swift: the published notice arrives, where the caller names it; no line stays
// unexplained.

import Catalog
import Columns
import Testing

@testable import Loading

/// Runs only where TONGBAO_NOTICE names the published notice, whose text is not part of the
/// project.
@Test(.enabled(if: environment("TONGBAO_NOTICE") != nil))
func thePublishedNoticeIsReadWithoutAnUnexplainedLine() throws {
  let path = try #require(environment("TONGBAO_NOTICE"))
  let loaded = try load(paths: [path], into: testCatalog)
  #expect(loaded.skipped == [])
  // The example carries the same figures in our own form.
  let example = try load(paths: [exampleFolder], into: testCatalog)
  for partition in loaded.store.partitions {
    #expect(rows(partition) == rows(partition.dataset, of: example))
  }
}
