// CheckedWriter.swift: the one owner of descriptors 1 and 2: text arrives, and either every byte
// reaches its descriptor or the exit status says that it did not.

import Rendering
import Syntax

/// Bytes on their way to one descriptor. The first error is kept, and nothing is tried after it:
/// half a line behind a gap would look like an answer.
struct WriteBuffer {
  static let capacity = 65_536
  let descriptor: Int32
  private(set) var pending: [UInt8] = []
  private(set) var failure: SystemError?

  /// Applied to whole texts, so it never meets half a character.
  var encode: (([UInt8]) -> [UInt8])?

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func append(_ bytes: some Collection<UInt8>) {
    guard failure == nil else { return }
    if let encode { pending += encode(Array(bytes)) } else { pending.append(contentsOf: bytes) }
    if pending.count >= Self.capacity { flush() }
  }

  mutating func flush() {
    guard failure == nil, !pending.isEmpty else { return }
    do { try Descriptor.write(pending, to: descriptor) } catch { failure = error }
    pending.removeAll(keepingCapacity: true)
  }

  /// A failure met elsewhere, by `close` or `fsync`.
  mutating func note(_ error: SystemError) { failure = failure ?? error }
}

/// Results go to descriptor 1, everything else a person is told to descriptor 2 (console.md 2.4).
///
/// Used by one thread. A signal that ends the program loses what is still pending, as it should: an
/// interrupted answer has no claim to be read.
package final class CheckedWriter {
  private var output: WriteBuffer
  private var errors: WriteBuffer
  /// The form of what is wrong with a file, which is told wherever a file is read.
  package var errorForm = ErrorForm.text

  /// Other descriptors than 1 and 2 are for tests.
  package init(output: Int32 = 1, errors: Int32 = 2) {
    self.output = WriteBuffer(descriptor: output)
    self.errors = WriteBuffer(descriptor: errors)
  }

  /// Turns UTF-8 into what the terminal shows, where its character set is another one.
  ///
  /// Files and pipes get UTF-8 all the same.
  package func encodeForTerminal(_ encode: @escaping ([UInt8]) -> [UInt8]) {
    if SystemCalls.isTerminal(output.descriptor) { output.encode = encode }
    if SystemCalls.isTerminal(errors.descriptor) { errors.encode = encode }
  }

  /// The descriptor that results go to.
  package var outputDescriptor: Int32 { output.descriptor }

  /// The first error of standard output. Nothing is written after it, so batch work can stop.
  package var failure: SystemError? { output.failure }

  /// Adds to the results. It leaves in blocks of 64 KiB, at `flush` and at `finish`.
  package func write(_ text: String) { output.append(text.utf8) }
  package func write(_ bytes: [UInt8]) { output.append(bytes) }

  /// Says something on standard error at once. The results before it leave first, so that both
  /// streams on one terminal or in one log keep their order.
  package func report(_ text: String) {
    output.flush()
    errors.append(text.utf8)
    errors.flush()
  }

  package func flush() { output.flush() }

  /// The last call: flushes, closes standard output (some file systems report a full disk only
  /// then) and gives the exit status: 3 with one line if a byte was lost, else the one given.
  ///
  /// A standard error that the caller has closed is the caller's wish; one that is full is not.
  package func finish(status: Int32, language: Language) -> Int32 {
    output.flush()
    if output.failure == nil {
      do { try Descriptor.closeUnowned(output.descriptor) } catch {
        // Closed from the beginning, and nothing was to be said: no byte is lost.
        if error != .closedDescriptor { output.note(error) }
      }
    }
    if let failure = output.failure {
      errors.append(lostOutput(failure, language).utf8)
      errors.flush()
      return max(status, 3)
    }
    if let failure = errors.failure, failure != .closedDescriptor { return max(status, 3) }
    return status
  }

  private func lostOutput(_ failure: SystemError, _ language: Language) -> String {
    let fault = Diagnostic(
      "C04", at: nil,
      Bilingual(
        "cannot write standard output: \(failure.text.english)",
        "标准输出无法写入：\(failure.text.chinese)"))
    return errorForm == .json
      ? diagnosticJSON(fault, source: nil, place: .prompt, language: language)
      : renderDiagnostic(fault, source: nil, place: .prompt, language: language)
  }
}
