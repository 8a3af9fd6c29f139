// ServerAddress.swift: the text of an address arrives; a server that may be spoken to leaves, or
// why not.

import Syntax

/// `http://HOST[:PORT]` or `https://HOST[:PORT]`, and nothing else: what is sent goes to a path of
/// our own, and names and keys stand in headers.
package struct ServerAddress: Sendable, Hashable {
  package let isEncrypted: Bool
  package let host: String
  package let port: Int

  package var text: String { "\(isEncrypted ? "https" : "http")://\(host):\(port)" }

  /// - Parameter allowsPlainText: `--insecure`: unencrypted also to other machines.
  package init(_ text: String, allowsPlainText: Bool) throws(ClusterFault) {
    var rest = text[...]
    if rest.hasPrefix("http://") {
      isEncrypted = false
      rest = rest.dropFirst(7)
    } else if rest.hasPrefix("https://") {
      isEncrypted = true
      rest = rest.dropFirst(8)
    } else {
      throw .badAddress(text)
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.contains("@") { throw .loginInAddress }
    guard let parts = Self.parts(of: rest) else { throw .badAddress(text) }
    host = parts.host
    if let written = parts.port {
      guard let number = Int(written), (1...65_535).contains(number) else {
        throw .badAddress(text)
      }
      port = number
    } else {
      port = isEncrypted ? 8443 : 8123
    }
    guard isEncrypted || allowsPlainText || Self.isLoopback(host) else {
      throw .plainText(host)
    }
  }

  /// The addresses of a list with commas, each once.
  package static func list(
    _ text: String, allowsPlainText: Bool
  ) throws(ClusterFault) -> [ServerAddress] {
    var result: [ServerAddress] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let address = try ServerAddress(String(part), allowsPlainText: allowsPlainText)
      if !result.contains(address) { result.append(address) }
    }
    return result
  }

  private static func parts(of rest: Substring) -> (host: String, port: Substring?)? {
    if rest.hasPrefix("[") {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      let inside = rest[rest.index(after: rest.startIndex)..<end]
      guard !inside.isEmpty, inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
      let behind = rest[rest.index(after: end)...]
      guard behind.isEmpty || behind.hasPrefix(":") else { return nil }
      return (String(rest[...end]), behind.isEmpty ? nil : behind.dropFirst())
    }
    let pieces = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count <= 2, let host = pieces.first, !host.isEmpty,
      host.utf8.allSatisfy(isHostByte)
    else { return nil }
    return (String(host), pieces.count == 2 ? pieces[1] : nil)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// 127.0.0.0/8, `::1`, and `localhost`, which libcurl never takes elsewhere.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "[::1]" || host.lowercased() == "localhost" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127"
      && numbers.allSatisfy { Int($0).map((0...255).contains) ?? false }
  }
}

extension ClusterFault {
  fileprivate static func badAddress(_ text: String) -> ClusterFault {
    ClusterFault(
      .usage, "an address is http://HOST:PORT or https://HOST:PORT, not \(text.prefix(100))",
      "地址写作 http://主机:端口 或 https://主机:端口，不能是 \(text.prefix(100))")
  }

  /// The address itself is not repeated: it holds a key.
  fileprivate static let loginInAddress = ClusterFault(
    .usage,
    "an address holds no user and no key: set TONGBAO_CLICKHOUSE_USER and TONGBAO_CLICKHOUSE_KEY",
    "地址中不写用户和口令：请设环境变量 TONGBAO_CLICKHOUSE_USER 和 TONGBAO_CLICKHOUSE_KEY")

  fileprivate static func plainText(_ host: String) -> ClusterFault {
    ClusterFault(
      .usage,
      "http:// to \(host) would send the key unencrypted: use https://, or --insecure",
      "http:// 会把口令明文发往 \(host)：请用 https://，或加 --insecure")
  }
}
