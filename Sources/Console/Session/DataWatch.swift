// DataWatch.swift: the paths of the data arrive; whether one of their files has changed leaves.

/// The files behind the data, as they were at the last look.
struct DataWatch {
  private struct Stamp: Hashable {
    var byteCount: Int64
    var changed: Int64
    var device: UInt64
    var inode: UInt64

    init(_ status: FileStatus) {
      byteCount = status.byteCount
      changed = status.changed
      device = status.device
      inode = status.inode
    }
  }

  private let paths: [String]
  private var seen: [String: Stamp]

  /// How often files are looked at.
  static let intervalMilliseconds: Int32 = 200

  init(_ paths: [String]) {
    self.paths = paths
    seen = Self.stamps(of: paths)
  }

  /// Size, time or inode of every file; a folder counts with the files in it.
  private static func stamps(of paths: [String]) -> [String: Stamp] {
    var stamps: [String: Stamp] = [:]
    for path in paths {
      guard let status = try? SystemCalls.status(of: path) else { continue }
      guard status.kind == .folder else {
        if status.kind == .regular { stamps[path] = Stamp(status) }
        continue
      }
      for name in (try? SystemCalls.names(in: path)) ?? [] {
        let file = joinedPath(path, name)
        if let status = try? SystemCalls.status(of: file), status.kind == .regular {
          stamps[file] = Stamp(status)
        }
      }
    }
    return stamps
  }

  /// Whether something has changed since the last look; a file that is still being written is
  /// waited for.
  mutating func hasChanged() -> Bool {
    var now = Self.stamps(of: paths)
    guard now != seen else { return false }
    for _ in 0..<50 {
      SystemCalls.sleep(milliseconds: Self.intervalMilliseconds)
      let next = Self.stamps(of: paths)
      if next == now { break }
      now = next
    }
    seen = now
    return true
  }
}
