// Memory.swift: what scans ask of the allocator.

import CKernels

/// Asks once that what a question frees stays with the process for the next (128 MiB at most).
package enum FreedMemory {
  private static let isKept: Void = ckernels_keep_freed_memory()

  package static func keep() { isKept }
}
