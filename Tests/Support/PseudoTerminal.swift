// PseudoTerminal.swift: a program on a terminal of the test's own: keys go in, a screen comes out.
//
// Every wait has a deadline, so a test fails and never hangs. Long input is written in pieces while
// reading, or both sides would block.

import CPty
import Glibc

package final class PseudoTerminal {
  private let master: Int32
  private let process: pid_t
  private var status: Int32?
  private var lastKeys: [UInt8] = []
  /// How often the program had begun to wait when keys were last sent.
  private var switchesAtSend = 0
  /// What the program has drawn so far.
  package private(set) var screen: TerminalScreen
  /// Every byte it has written.
  package private(set) var output: [UInt8] = []

  /// nil when the program could not be started.
  ///
  /// - Parameters:
  ///   - environment: the whole environment, as NAME=VALUE.
  ///   - output: the file its standard output goes to instead of the terminal.
  ///   - rewraps: whether the terminal wraps lines anew when its width changes.
  package init?(
    _ path: String, _ arguments: [String] = [], environment: [String], rows: Int = 24,
    columns: Int = 80, output: String? = nil, rewraps: Bool = true
  ) {
    var slave: Int32 = -1
    unsafe master = cpty_open(&slave, Int32(rows), Int32(columns))
    guard master >= 0 else { return nil }
    let file = output.map { unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) } ?? -1
    unsafe process = Self.withCStrings([path] + arguments) { argv in
      unsafe Self.withCStrings(environment) { envp in
        unsafe cpty_spawn(path, argv, envp, slave, file, -1)
      }
    }
    close(slave)
    if file >= 0 { close(file) }
    screen = TerminalScreen(rows: rows, columns: columns, rewraps: rewraps)
    guard process > 0 else { return nil }
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      _ = cpty_wait(process, 1000)
    }
    close(master)
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    return unsafe body(&pointers)
  }

  // MARK: Keys

  package func send(_ text: String) { send(bytes: Array(text.utf8)) }

  package func send(bytes: [UInt8]) {
    lastKeys = bytes
    _ = unsafe cpty_waits(process, &switchesAtSend)
    var sent = 0
    while sent < bytes.count {
      let ready = wait(for: Int16(POLLOUT | POLLIN), milliseconds: 2000)
      if ready & Int16(POLLIN) != 0 { readSome() }
      if ready & Int16(POLLOUT) != 0 {
        let piece = Array(bytes[sent..<min(sent + 512, bytes.count)])
        let written = unsafe write(master, piece, piece.count)
        guard written > 0 else { return }
        sent += written
      }
      guard ready != 0 else { return }
    }
  }

  package func resize(rows: Int, columns: Int) {
    screen.resize(rows: rows, columns: columns)
    _ = unsafe cpty_waits(process, &switchesAtSend)
    _ = cpty_resize(master, Int32(rows), Int32(columns))
  }

  package func signal(_ number: Int32) { kill(process, number) }

  // MARK: Waiting

  private func wait(for events: Int16, milliseconds: Int32) -> Int16 {
    var waiting = pollfd(fd: master, events: events, revents: 0)
    return unsafe poll(&waiting, 1, milliseconds) > 0 ? waiting.revents : 0
  }

  /// False at the end of the program.
  @discardableResult private func readSome() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    screen.feed(Array(buffer[..<count]))
    return true
  }

  /// Reads until the screen is as wanted; false at the deadline or at the end of the program.
  package func wait(milliseconds: Int = 20_000, until isWanted: (TerminalScreen) -> Bool) -> Bool {
    let deadline = Self.milliseconds() + milliseconds
    while !isWanted(screen) {
      let left = deadline - Self.milliseconds()
      guard left > 0, wait(for: Int16(POLLIN), milliseconds: Int32(left)) != 0, readSome() else {
        return isWanted(screen)
      }
    }
    return true
  }

  /// Reads until the text stands somewhere on the screen.
  package func waitForText(_ text: String, milliseconds: Int = 20_000) -> Bool {
    wait(milliseconds: milliseconds) { $0.text.contains(text) }
  }

  /// Reads until the program has written these bytes, at any time and however they were wrapped.
  package func waitForOutput(_ text: String, milliseconds: Int = 20_000) -> Bool {
    wait(milliseconds: milliseconds) { _ in String(decoding: output, as: UTF8.self).contains(text) }
  }

  /// Reads until the program waits for the next key: it has woken since the last one was sent, and
  /// has been waiting, without a byte from it, for a moment.
  ///
  /// - Parameter milliseconds: that moment. The editor itself waits 10 ms for the rest of a paste,
  ///   and 50 ms for what follows an ESC.
  package func settle(milliseconds: Int = 0) {
    let quiet = max(milliseconds, lastKeys.last == 0x1B ? 70 : 16)
    let deadline = Self.milliseconds() + max(5000, 2 * quiet)
    var quietSince: Int?
    var seenSwitches = switchesAtSend
    while Self.milliseconds() < deadline {
      if wait(for: Int16(POLLIN), milliseconds: 2) & Int16(POLLIN) != 0 {
        guard readSome() else { return }
        quietSince = nil
        continue
      }
      var switches = 0
      let waits = unsafe cpty_waits(process, &switches)
      guard waits >= 0 else { return }
      // One and the same wait, seen at both ends of the moment: this test may have slept too.
      if waits == 0 || switches == switchesAtSend || switches != seenSwitches { quietSince = nil }
      seenSwitches = switches
      let now = Self.milliseconds()
      if let quietSince, now - quietSince >= quiet { return }
      if waits == 1, switches != switchesAtSend, quietSince == nil { quietSince = now }
    }
  }

  private static func milliseconds() -> Int {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }

  // MARK: The end

  package enum Ending: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
    /// It did not end in time.
    case none
  }

  /// Reads what is left and waits for the end.
  package func ending(milliseconds: Int32 = 20_000) -> Ending {
    while wait(for: Int16(POLLIN), milliseconds: milliseconds) != 0, readSome() {}
    let result = cpty_wait(process, milliseconds)
    guard result >= 0 else { return .none }
    status = result
    return result >= 256 ? .signal(result - 256) : .status(result)
  }

  // MARK: The terminal

  /// As `stty` says: the terminal gives whole lines and echoes them.
  package var isCooked: Bool {
    let attributes = cpty_attributes(master)
    let cooked = Int32(cpty_canonical | cpty_echo | cpty_signals)
    return attributes & cooked == cooked
  }
}
