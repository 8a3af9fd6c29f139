// LoadOptions.swift: how a load is asked for, and the faults that it leaves.

import Columns
import Syntax

package struct LoadOptions: Sendable {
  package var encoding: TextEncoding
  /// Members that the catalogue lacks are loaded under their own names (R32).
  package var keepsUnknown: Bool
  /// Bad rows of an export are left out and counted.
  package var skipsBadRows: Bool
  /// Half of the machine's memory unless set (`TONGBAO_MEMORY`).
  package var memoryLimitBytes: Int?
  /// What a load may use.
  var memoryBudget: Int { memoryLimitBytes ?? availableMemory() / 2 }
  /// What personal cells are hashed with: the same salt tells the same person again in another
  /// load. Random unless set (`TONGBAO_SALT`); never stored or shown.
  package var salt: [UInt8]
  /// How many read a large table side by side; what is read does not depend on it, nor on the next.
  package var threads: Int
  /// The least that one of them takes at a time.
  package var chunkBytes = 1 << 20
  /// From this size on a table of text stays in its file while its rows are read.
  package var leastLeftBytes = 32 << 20
  /// Who is told how far a load is, and says when to stop.
  package var monitor: LoadMonitor?

  package init(
    encoding: TextEncoding = .auto, keepsUnknown: Bool = false, skipsBadRows: Bool = false,
    memoryLimitBytes: Int? = nil, salt: [UInt8]? = nil, threads: Int? = nil
  ) {
    self.threads = max(1, threads ?? processorCount())
    self.salt = salt ?? (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    self.encoding = encoding
    self.keepsUnknown = keepsUnknown
    self.skipsBadRows = skipsBadRows
    self.memoryLimitBytes = memoryLimitBytes
  }
}

/// Every fault of every bad file; the files without one are in `loaded`.
package struct LoadFailure: Error, Sendable {
  package var faults: [FileFault]
  package var loaded: Loaded

  package init(faults: [FileFault], loaded: Loaded) {
    self.faults = faults
    self.loaded = loaded
  }
}
