// CurlTransport.swift: a request arrives; libcurl sends it, and what the server says leaves.
//
// The only file that calls libcurl. Every `unsafe` passes bytes together with their own count, or a
// text that lives until the call ends.

import CCurl
import Synchronization

/// HTTP by libcurl, which is opened at the first request: a session without a cluster does not pay
/// for the thirty libraries it brings.
package final class CurlTransport: Transport {
  /// A handle serves one request at a time; each keeps its connections.
  @safe private final class Client: Sendable {
    nonisolated(unsafe) let handle: OpaquePointer

    init(_ handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe ccurl_close(handle) }
  }

  /// Certificates to trust beside the system's.
  private let authorityFile: String?
  private let idle = Mutex<[Client]>([])

  package init(authorityFile: String?) { self.authorityFile = authorityFile }

  private func takenClient() throws(TransportFault) -> Client {
    if let client = idle.withLock({ $0.popLast() }) { return client }
    var why = [CChar](repeating: 0, count: 256)
    let state = unsafe why.withUnsafeMutableBufferPointer {
      unsafe Int(ccurl_prepare($0.baseAddress, $0.count))
    }
    guard state == CCURL_READY else { throw .notInstalled(text(why)) }
    guard let handle = unsafe ccurl_open() else { throw .notInstalled("no memory") }
    return unsafe Client(handle)
  }

  package func post(
    _ request: HTTPRequest, isStopped: () -> Bool
  ) throws(TransportFault) -> HTTPAnswer {
    let client = try takenClient()
    defer { idle.withLock { $0.append(client) } }
    var answer = unsafe ccurl_answer()
    unsafe perform(request, client, isStopped, &answer)
    defer { unsafe ccurl_clear(&answer) }
    let why = unsafe withUnsafeBytes(of: &answer.why) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch unsafe Int(answer.outcome) {
    case CCURL_DONE:
      let body = unsafe UnsafeBufferPointer(start: answer.body, count: answer.body_size)
      return unsafe HTTPAnswer(status: answer.status, body: Array(body))
    case CCURL_STOPPED: throw .stopped
    case CCURL_DEADLINE: throw .deadline
    case CCURL_UNREACHABLE: throw .unreachable(why)
    case CCURL_UNTRUSTED: throw .untrusted(why)
    case CCURL_TOO_LARGE: throw .tooLarge
    default: throw .broken(why)
    }
  }

  private func perform(
    _ request: HTTPRequest, _ client: Client, _ isStopped: () -> Bool,
    _ answer: inout ccurl_answer
  ) {
    let headers = HeaderLines(request.headers)
    withoutActuallyEscaping(isStopped) { question in
      unsafe request.url.withCString { url in
        unsafe request.body.withUnsafeBytes { body in
          unsafe headers.pointers.withUnsafeBufferPointer { lines in
            unsafe withOptionalText(authorityFile) { authority in
              var asked = StopQuestion(isWanted: question)
              var raw = unsafe ccurl_request(
                url: url, body: body.baseAddress, body_size: body.count,
                headers: lines.baseAddress, header_count: lines.count, ca_file: authority,
                timeout_ms: request.timeoutMilliseconds, connect_timeout_ms: 3000,
                answer_limit: 1 << 30)
              unsafe withUnsafeMutablePointer(to: &asked) { context in
                unsafe ccurl_post(
                  client.handle, &raw,
                  { context in
                    let asked = unsafe context?.assumingMemoryBound(to: StopQuestion.self)
                    return unsafe asked?.pointee.isWanted() == true ? 1 : 0
                  }, context, &answer)
              }
            }
          }
        }
      }
    }
  }
}

private struct StopQuestion {
  var isWanted: () -> Bool
}

/// Lines as C strings, freed with this value.
@safe private final class HeaderLines {
  let pointers: [UnsafePointer<CChar>?]
  private let storage: [UnsafeMutablePointer<CChar>]

  init(_ lines: [String]) {
    unsafe storage = lines.map { line in
      let bytes = line.utf8CString
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
      for (index, byte) in bytes.enumerated() { unsafe (copy + index).initialize(to: byte) }
      return unsafe copy
    }
    unsafe pointers = storage.map { unsafe UnsafePointer($0) }
  }

  deinit {
    unsafe storage.forEach { unsafe $0.deallocate() }
  }
}

private func withOptionalText<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return unsafe text.withCString { unsafe body($0) }
}

private func text(_ characters: [CChar]) -> String {
  String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
