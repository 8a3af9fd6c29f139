// SystemCalls.swift: the one place where the console reaches the operating system: numbers and
// texts arrive, checked results leave.
//
// Every shim returns the negated error number on failure. `unsafe` marks pointers that live no
// longer than the call: Swift passes strings ended by zero and arrays with their true count.

import CTerminal

/// Calls without an owner; open files are `Descriptor`.
package enum SystemCalls {
  /// The result of a shim, or its error.
  static func checked<Number: SignedInteger>(_ result: Number) throws(SystemError) -> Number {
    guard result < 0 else { return result }
    throw SystemError(Int32(clamping: 0 - Int64(clamping: result)))
  }

  static func errorText(_ number: Int32) -> String {
    unsafe String(cString: console_error_text(number))
  }

  // MARK: Process

  package static func reserveStandardDescriptors() { console_reserve_standard_descriptors() }
  package static func endProcess(status: Int32) -> Never { console_exit(status) }
  package static var processIdentifier: Int32 { console_process_id() }
  package static func isProcessGone(_ process: Int32) -> Bool {
    console_is_process_gone(process) != 0
  }
  /// Counts from an arbitrary moment; only differences mean something.
  package static var monotonicNanoseconds: Int64 { console_monotonic_nanoseconds() }
  /// Seconds since 1970; stands in the history and nowhere in an answer.
  package static var wallSeconds: Int64 { console_wall_seconds() }
  /// Since 1970.
  static var wallMilliseconds: Int64 { console_wall_milliseconds() }
  /// `2026-11-25 08:30:05`, for the listing of the history.
  static func localTime(_ seconds: Int64) -> String {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = unsafe console_local_time(seconds, &bytes, bytes.count)
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A variable of the environment; bytes that are not UTF-8 make it absent.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe console_environment(name) else { return nil }
    return unsafe String(validatingCString: value)
  }

  // MARK: Terminal

  package static func isTerminal(_ descriptor: Int32) -> Bool {
    console_is_terminal(descriptor) != 0
  }

  /// The size the kernel knows; nil where it knows none.
  package static func windowSize(of descriptor: Int32) -> (rows: Int, columns: Int)? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard unsafe console_window_size(descriptor, &rows, &columns) == 0 else { return nil }
    guard rows > 0, columns > 0 else { return nil }
    return (Int(rows), Int(columns))
  }

  // MARK: Signals

  package static func handleBatchSignals() { console_handle_batch_signals() }

  /// Whether a line of progress stands on standard error, which the end of a batch erases.
  static func noteProgress(isDrawn: Bool) { console_note_progress(isDrawn ? 1 : 0) }
  package static func handlePromptSignals() throws(SystemError) {
    _ = try checked(console_handle_prompt_signals())
  }
  package static var isInterrupted: Bool { console_is_interrupted() != 0 }
  package static func clearInterruption() { console_clear_interruption() }
  /// While held a first SIGINT only asks to stop; what it would have done is done on release.
  static func holdInterruption(_ isHeld: Bool) {
    if isHeld { console_hold_interruption() } else { console_release_interruption() }
  }
  /// Remembers a file that a signal handler removes; nil when the list is full.
  static func rememberTemporary(_ path: String) -> Int32? {
    let slot = unsafe console_remember_temporary(path)
    return slot < 0 ? nil : slot
  }
  static func forgetTemporary(_ slot: Int32) { console_forget_temporary(slot) }

  // MARK: Programs

  /// Starts a shell command; with `hasInput` its standard input is a pipe whose end is given.
  static func start(_ command: String, hasInput: Bool) throws(SystemError) -> (
    process: Int32, input: Int32
  ) {
    var input: Int32 = -1
    let process =
      hasInput
      ? unsafe console_start(command, &input) : unsafe console_start(command, nil)
    return (try checked(process), input)
  }
  /// Its exit status, or 128 and the number of the signal that ended it.
  static func awaitEnd(of process: Int32) throws(SystemError) -> Int32 {
    try checked(console_await(process))
  }
  /// While another program has the terminal, Ctrl-C is for that program, and it may stop reading.
  static func yieldSignals(_ isYielded: Bool) { console_yield_signals(isYielded ? 1 : 0) }

  // MARK: Files by name

  package static func status(of path: String) throws(SystemError) -> FileStatus {
    var status = console_file_status()
    _ = try checked(unsafe console_status(path, &status))
    return FileStatus(status)
  }

  /// The absolute path without links, `.` and `..`; what it names must exist.
  package static func resolved(_ path: String) throws(SystemError) -> String {
    var bytes = [CChar](repeating: 0, count: 4097)
    let count = try checked(unsafe console_resolve(path, &bytes, bytes.count))
    let text = bytes.prefix(count).map { UInt8(bitPattern: $0) }
    return String(decoding: text, as: UTF8.self)
  }

  package static func rename(_ path: String, to newPath: String) throws(SystemError) {
    _ = try checked(unsafe console_rename(path, newPath))
  }
  package static func remove(_ path: String) throws(SystemError) {
    _ = try checked(unsafe console_remove(path))
  }
  /// A file, or a folder with the files in it, not deeper.
  static func removeTemporary(_ path: String) throws(SystemError) {
    _ = try checked(unsafe console_remove_temporary(path))
  }
  /// Each of two names gets what the other had, at one moment.
  static func exchange(_ path: String, with other: String) throws(SystemError) {
    _ = try checked(unsafe console_exchange(path, other))
  }
  package static func makeFolder(_ path: String, mode: UInt32) throws(SystemError) {
    _ = try checked(unsafe console_make_folder(path, mode))
  }
  package static func synchronizeFolder(_ path: String) throws(SystemError) {
    _ = try checked(unsafe console_sync_folder(path))
  }

  /// The names in a folder, without `.` and `..`, sorted by their bytes. A name that is not UTF-8
  /// is left out: nothing this program writes has one.
  package static func names(in folder: String) throws(SystemError) -> [String] {
    var names = [UInt8](repeating: 0, count: 4096)
    while true {
      let needed = try checked(unsafe console_list(folder, &names, names.count))
      guard needed > names.count else {
        return names.prefix(needed).split(separator: 0)
          .compactMap { String(validating: $0, as: UTF8.self) }
          .filter { $0 != "." && $0 != ".." }
          .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
      // The folder may have grown meanwhile: a little more than what was asked for.
      names = [UInt8](repeating: 0, count: needed + 4096)
    }
  }
}

/// What stands at a path.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case missing, regular, folder, other }
  package var kind: Kind
  /// The permission bits.
  package var mode: UInt32
  package var device: UInt64
  package var inode: UInt64
  package var byteCount: Int64
  /// Nanoseconds since 1970.
  package var changed: Int64

  init(_ status: console_file_status) {
    kind =
      switch status.kind {
      case console_file_missing: .missing
      case console_file_regular: .regular
      case console_file_folder: .folder
      default: .other
      }
    mode = status.mode
    device = status.device
    inode = status.inode
    byteCount = status.size
    changed = status.changed
  }

  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

/// An open file; closed at the end of its life, with the result of `close` lost unless it is asked
/// for.
package struct Descriptor: ~Copyable {
  package let number: Int32

  private init(_ result: Int32) throws(SystemError) {
    number = try SystemCalls.checked(result)
  }
  package init(reading path: String) throws(SystemError) {
    try self.init(unsafe console_open_reading(path))
  }
  /// A new file: an existing name, also a symbolic link, is an error.
  package init(creating path: String, mode: UInt32) throws(SystemError) {
    try self.init(unsafe console_open_new(path, mode))
  }
  /// For reading and appending; made when missing; never through a symbolic link.
  package init(appendingTo path: String, mode: UInt32) throws(SystemError) {
    try self.init(unsafe console_open_appending(path, mode))
  }
  /// A FIFO, a device, or `/dev/stdout`, which is the descriptor this program has already.
  package init(device path: String) throws(SystemError) {
    try self.init(unsafe console_open_device(path))
  }
  deinit { _ = console_close(number) }

  package consuming func close() throws(SystemError) {
    let result = console_close(number)
    discard self
    _ = try SystemCalls.checked(result)
  }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try Descriptor.write(bytes, to: number)
  }
  package func synchronize() throws(SystemError) {
    _ = try SystemCalls.checked(console_sync(number))
  }
  package func lock() throws(SystemError) { _ = try SystemCalls.checked(console_lock(number)) }
  package func lockWithoutWaiting() throws(SystemError) {
    _ = try SystemCalls.checked(console_try_lock(number))
  }
  package func changeMode(_ mode: UInt32) throws(SystemError) {
    _ = try SystemCalls.checked(console_change_mode(number, mode))
  }
  package func status() throws(SystemError) -> FileStatus {
    var status = console_file_status()
    _ = try SystemCalls.checked(unsafe console_status_of_descriptor(number, &status))
    return FileStatus(status)
  }

  /// Up to 64 KiB more of the file; empty at its end.
  package func read() throws(SystemError) -> [UInt8] {
    try Descriptor.read(from: number, atMost: 65_536)
  }

  /// The last byte of a file that has one.
  package func lastByte(of status: FileStatus) throws(SystemError) -> UInt8? {
    var byte: UInt8 = 0
    let got = try SystemCalls.checked(
      unsafe console_read_at(number, &byte, 1, max(0, status.byteCount - 1)))
    return got == 1 ? byte : nil
  }

  // MARK: Descriptors that somebody else owns: 0, 1, 2 and pipes

  static func read(from number: Int32, atMost count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try SystemCalls.checked(unsafe console_read(number, &bytes, bytes.count))
    bytes.removeLast(bytes.count - min(got, bytes.count))
    return bytes
  }

  /// All bytes, in as many calls as it takes.
  static func write(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let start = written
      let result = unsafe bytes.withUnsafeBufferPointer { buffer in
        // The slice lies inside the array: `start` is below its count.
        unsafe console_write(
          number, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
      }
      written += try SystemCalls.checked(result)
    }
  }

  static func closeUnowned(_ number: Int32) throws(SystemError) {
    _ = try SystemCalls.checked(console_close(number))
  }
}

// MARK: - The terminal while a line is edited

extension SystemCalls {
  static func saveTerminal() { _ = console_terminal_save(0) }
  static func restoreTerminal() { console_terminal_restore() }
  /// Tells the signal handlers whether bracketed paste has to be switched off.
  static func markEditing(_ isEditing: Bool, descriptor: Int32) {
    console_terminal_mark_editing(descriptor, isEditing ? 1 : 0)
  }
  static func suspend() { console_suspend() }
  /// Keys come one by one and unseen, or lines as before; Ctrl-C stays a signal.
  static func readKeys(_ isOn: Bool) { console_terminal_read_keys(0, isOn ? 1 : 0) }
  package static func sleep(milliseconds: Int32) { _ = console_wait(-1, -1, milliseconds) }

  struct Readiness: OptionSet {
    let rawValue: Int32
    static let input = Readiness(rawValue: 1)
    static let wake = Readiness(rawValue: 2)
    static let hangup = Readiness(rawValue: 4)
  }

  /// Waits for typing or a wake; empty after the time-out.
  static func wait(milliseconds: Int32) -> Readiness {
    Readiness(rawValue: console_wait(0, console_wake_descriptor(), milliseconds))
  }

  struct Wakes: OptionSet {
    let rawValue: Int32
    static let resized = Wakes(rawValue: 1)
    /// Somebody stopped the program and let it go on: the terminal may be in any mode.
    static let continued = Wakes(rawValue: 2)
  }

  /// Empties the self-pipe.
  static func takeWakes() -> Wakes { Wakes(rawValue: console_take_wakes()) }
  /// Wakes the editor: something it shows may have changed. Any thread may call it.
  static func wake() { console_wake() }
}

// MARK: - Work beside the editor

extension SystemCalls {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs the work on a thread of its own; here and now when there can be none.
  static func runBeside(_ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    let result = unsafe console_run_beside(
      { context in
        // The thread gets the one reference that was made for it.
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
      }, work.toOpaque())
    if result < 0 { unsafe work.takeRetainedValue().body() }
  }
}
