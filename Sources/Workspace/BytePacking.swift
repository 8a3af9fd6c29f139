// BytePacking.swift: the bytes of a packed column arrive; fewer leave where that pays, and the same
// come back.

import Columns

/// How bytes are written. Memory keeps whole bytes because rows are then found at once; a file may
/// keep bits.
enum BytePacking: Int, Sendable {
  case plain = 0
  /// Frames of 1,024 codes, each with bits of its own (csystem `frames.h`).
  case frames
}

extension PackedForm.Kind {
  /// Bytes of a code; 0 where there are none of whole bytes.
  fileprivate var codeWidth: Int {
    switch self {
    case .constant, .bits, .runs: 0
    case .bytes: 1
    case .halves: 2
    case .words: 4
    case .wide: 8
    }
  }
}

func packed(_ form: PackedForm) -> (BytePacking, [UInt8]) {
  guard let frames = packedFrames(form.bytes, width: form.kind.codeWidth) else {
    return (.plain, form.bytes)
  }
  return (.frames, frames)
}

/// nil where the bytes are not those of so many rows.
func unpacked(
  _ bytes: [UInt8], _ packing: BytePacking, kind: PackedForm.Kind, rowCount: Int
) -> [UInt8]? {
  switch packing {
  case .plain: bytes
  case .frames:
    kind.codeWidth == 0
      ? nil : unpackedFrames(bytes, codeCount: rowCount, width: kind.codeWidth)
  }
}
