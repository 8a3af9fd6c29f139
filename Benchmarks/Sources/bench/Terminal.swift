// Terminal.swift: a program is started on a terminal that never answers; keys go in, the bytes it
// draws come out.

import Glibc

/// A program on a pseudo-terminal. Closing it ends the program.
final class Terminal {
  private let master: Int32
  private let process: pid_t
  // Macros of C that the importer leaves out: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430
  private static let newSession: Int16 = 0x80

  /// Everything the program has written.
  private(set) var output: [UInt8] = []

  init(_ command: [String], rows: UInt16 = 24, columns: UInt16 = 80) throws {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var isLocked: Int32 = 0
    guard master >= 0, unsafe ioctl(master, Self.setLock, &isLocked) == 0,
      unsafe ioctl(master, Self.getNumber, &number) == 0
    else { throw BenchProblem("no pseudo-terminal could be opened") }
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    // A session of its own, whose terminal becomes the controlling one when it is opened.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, Self.newSession)
    var words = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { for place in 0...command.count { unsafe free(words[place]) } }
    let settings = [
      "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=/nonexistent", "PATH=/usr/bin:/bin",
    ]
    var environment = unsafe settings.map { unsafe strdup($0) } + [nil]
    defer { for place in 0...settings.count { unsafe free(environment[place]) } }
    var started: pid_t = 0
    guard
      unsafe posix_spawn(&started, command[0], &actions, &attributes, &words, &environment) == 0
    else { throw BenchProblem("\(command[0]) could not be started") }
    process = started
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    _ = unsafe waitpid(process, &status, 0)
    close(master)
  }

  /// Writes keys while reading what comes: long pastes fill the terminal's own buffer.
  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      var waiting = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard unsafe poll(&waiting, 1, 10_000) > 0 else { throw BenchProblem("no keys are taken") }
      if waiting.revents & Int16(POLLIN) != 0 { _ = read() }
      guard waiting.revents & Int16(POLLOUT) != 0 else { continue }
      let piece = Array(rest.prefix(512))
      let count = unsafe write(master, piece, piece.count)
      guard count > 0 else { throw BenchProblem("no keys are taken") }
      rest = rest.dropFirst(count)
    }
  }

  private func read() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    return true
  }

  /// Reads until a text has been written behind a place of the output.
  func wait(for text: String, from place: Int = 0) throws {
    let wanted = Array(text.utf8)
    while !output.dropFirst(place).contains(run: wanted) {
      var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&waiting, 1, 20_000) > 0, read() else {
        throw BenchProblem("`\(text)` has not come")
      }
    }
  }

  /// How long it takes from some keys to a text, which must come behind a place of the output: else
  /// behind all that has come.
  func time(_ keys: String, until text: String, from place: Int? = nil) throws -> Duration {
    let place = place ?? output.count
    let clock = ContinuousClock()
    let start = clock.now
    try send(keys)
    try wait(for: text, from: place)
    return start.duration(to: clock.now)
  }

  /// Reads until nothing has come for a while.
  func settle(milliseconds: Int32 = 200) {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&waiting, 1, milliseconds) > 0, read() {}
  }
}

extension ArraySlice where Element == UInt8 {
  fileprivate func contains(run wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
    var start = startIndex
    while let place = self[start...].firstIndex(of: first) {
      if self[place...].starts(with: wanted) { return true }
      start = place + 1
    }
    return false
  }
}
