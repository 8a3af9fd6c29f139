// Transport.swift: one POST leaves for a server, its whole answer arrives, or why there is none.

package struct HTTPRequest: Sendable, Hashable {
  package var url: String
  /// Lines `Name: value`.
  package var headers: [String]
  package var body: [UInt8]
  package var timeoutMilliseconds: Int64
}

package struct HTTPAnswer: Sendable, Hashable {
  package var status: Int
  package var body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

package enum TransportFault: Error, Sendable, Hashable {
  /// libcurl is not there, or lacks a function; with what the system says.
  case notInstalled(String)
  case stopped, deadline, tooLarge
  /// Nobody answers there.
  case unreachable(String)
  /// The connection ended before the answer did.
  case broken(String)
  /// The certificate is not trusted, or is another host's.
  case untrusted(String)
}

/// Carries requests; a test puts its own in the place of the network.
package protocol Transport: Sendable {
  /// - Parameter isStopped: asked about twenty times a second while the answer is waited for.
  func post(_ request: HTTPRequest, isStopped: () -> Bool) throws(TransportFault) -> HTTPAnswer
}
