// Cluster.swift: a statement arrives; it is sent to a node of the cluster, and rows leave, or a
// fault that says what to do.

import Syntax

/// How a cluster is spoken to.
package struct ClusterSettings: Sendable {
  package var addresses: [ServerAddress]
  package var user: String
  package var key: String
  /// At most so long does one statement take.
  package var timeoutMilliseconds: Int64 = 60_000
  /// `--partial`: answers without the shards that are down.
  package var allowsPartial = false

  package init(addresses: [ServerAddress], user: String, key: String) {
    self.addresses = addresses
    self.user = user
    self.key = key
  }
}

/// How far a running statement is.
package struct ClusterProgress: Sendable, Hashable {
  package var readRows: Int64
  /// About; grows while it runs.
  package var totalRows: Int64
}

/// What surrounds the cluster: the clock, the wish to stop, and who is told of progress.
package struct ClusterSurroundings: Sendable {
  package var milliseconds: @Sendable () -> Int64
  package var isStopped: @Sendable () -> Bool
  package var tellProgress: @Sendable (ClusterProgress?) -> Void
  /// Told before and after every statement: a wish to end the process waits until the server has
  /// been told to end the statement.
  package var hold: @Sendable (_ isHeld: Bool) -> Void

  package init(
    milliseconds: @escaping @Sendable () -> Int64, isStopped: @escaping @Sendable () -> Bool,
    hold: @escaping @Sendable (_ isHeld: Bool) -> Void = { _ in },
    tellProgress: @escaping @Sendable (ClusterProgress?) -> Void = { _ in }
  ) {
    self.milliseconds = milliseconds
    self.isStopped = isStopped
    self.hold = hold
    self.tellProgress = tellProgress
  }
}

/// The name of the database and of the cluster in the servers' configuration.
let clusterName = "hotline"

package struct Cluster: Sendable {
  package let settings: ClusterSettings
  private let transport: any Transport
  let surroundings: ClusterSurroundings

  /// Waits for KILL, and for the answer to how far a statement is.
  private static let shortMilliseconds: Int64 = 1000
  private static let firstProgressMilliseconds: Int64 = 500
  private static let progressMilliseconds: Int64 = 300
  private static let retryCount = 2

  package init(
    _ settings: ClusterSettings, by transport: any Transport,
    _ surroundings: ClusterSurroundings
  ) {
    self.settings = settings
    self.transport = transport
    self.surroundings = surroundings
  }

  package var addresses: [ServerAddress] { settings.addresses }

  // MARK: - Asking

  /// Runs one SELECT on the first node that answers.
  func ask(_ sql: String) throws(ClusterFault) -> SQLRows {
    var last: ClusterFault?
    for attempt in 0...Self.retryCount {
      let address = addresses[attempt % addresses.count]
      do throws(ClusterFault) {
        return try ask(sql, at: address)
      } catch {
        guard error.isWorthRetrying else { throw error }
        last = last ?? error
      }
    }
    throw last ?? .stopped
  }

  /// Runs one SELECT on one node.
  func ask(_ sql: String, at address: ServerAddress) throws(ClusterFault) -> SQLRows {
    let body = try send(sql, at: address, in: clusterName)
    do throws(ResultFault) {
      return try sqlRows(body)
    } catch {
      throw .unexpected(error.what, at: address)
    }
  }

  /// Runs a statement that gives no rows, never twice.
  func run(
    _ sql: String, at address: ServerAddress, in database: String? = clusterName
  ) throws(ClusterFault) {
    _ = try send(sql, at: address, in: database)
  }

  /// Sends rows, never twice.
  func insert(
    _ rows: [UInt8], by sql: String, at address: ServerAddress
  ) throws(ClusterFault) {
    _ = try send(
      rows, at: address, in: clusterName,
      also: "&insert_distributed_sync=1&query=" + percentEncoded(sql))
  }

  private func send(
    _ sql: String, at address: ServerAddress, in database: String?
  ) throws(ClusterFault) -> [UInt8] {
    let partial = settings.allowsPartial ? "&skip_unavailable_shards=1" : ""
    return try send(Array(sql.utf8), at: address, in: database, also: partial)
  }

  private func send(
    _ body: [UInt8], at address: ServerAddress, in database: String?, also more: String
  ) throws(ClusterFault) -> [UInt8] {
    let id = Self.newQueryID()
    surroundings.hold(true)
    defer { surroundings.hold(false) }
    var watch = ProgressWatch(start: surroundings.milliseconds())
    defer { if watch.hasTold { surroundings.tellProgress(nil) } }
    let request = request(body, at: address, in: database, also: more + "&query_id=" + id)
    let answer: HTTPAnswer
    do throws(TransportFault) {
      answer = try transport.post(request) {
        if surroundings.isStopped() { return true }
        if watch.isDue(surroundings.milliseconds()), let progress = progress(of: id, at: address) {
          watch.hasTold = true
          surroundings.tellProgress(progress)
        }
        return false
      }
    } catch {
      switch error {
      case .stopped, .deadline, .tooLarge: kill(id, at: address)
      default: break
      }
      guard error == .deadline else { throw ClusterFault(error, at: address) }
      let seconds = settings.timeoutMilliseconds / 1000
      throw .budget(
        Bilingual("\(seconds) s (--timeout)", "\(seconds) 秒（--timeout）"),
        Bilingual("\(address.host) has not answered", "\(address.host) 未应答"))
    }
    guard answer.status == 200 else {
      throw ClusterFault(
        saying: String(decoding: answer.body, as: UTF8.self), status: answer.status, at: address)
    }
    return answer.body
  }

  private func request(
    _ body: [UInt8], at address: ServerAddress, in database: String?, also more: String,
    timeout: Int64? = nil
  ) -> HTTPRequest {
    let place = database.map { "&database=\($0)" } ?? ""
    return HTTPRequest(
      url: address.text
        + "/?wait_end_of_query=1&default_format=TabSeparatedWithNamesAndTypes"
        + place + more,
      headers: [
        "X-ClickHouse-User: \(settings.user)", "X-ClickHouse-Key: \(settings.key)",
        "Content-Type: text/plain; charset=utf-8", "Expect:",
      ], body: body, timeoutMilliseconds: timeout ?? settings.timeoutMilliseconds)
  }

  // MARK: - A statement that runs

  /// Ends a statement on its node and on the shards: closing the connection does not.
  private func kill(_ id: String, at address: ServerAddress) {
    let sql = "KILL QUERY WHERE query_id = '\(id)' ASYNC"
    let request = request(
      Array(sql.utf8), at: address, in: nil, also: "", timeout: Self.shortMilliseconds)
    _ = try? transport.post(request) { false }
  }

  private func progress(of id: String, at address: ServerAddress) -> ClusterProgress? {
    let sql =
      "SELECT read_rows AS _a0, total_rows_approx AS _a1 FROM system.processes "
      + "WHERE query_id = '\(id)'"
    let request = request(
      Array(sql.utf8), at: address, in: nil, also: "", timeout: Self.shortMilliseconds)
    guard let answer = try? transport.post(request, isStopped: surroundings.isStopped),
      answer.status == 200, let rows = try? sqlRows(answer.body), let row = rows.rows.first,
      row.count == 2, let read = row[0].whole, let total = row[1].whole
    else { return nil }
    return ClusterProgress(readRows: read, totalRows: max(read, total))
  }

  private struct ProgressWatch {
    var nextMilliseconds: Int64
    var hasTold = false

    init(start: Int64) {
      nextMilliseconds = start + Cluster.firstProgressMilliseconds
    }

    mutating func isDue(_ now: Int64) -> Bool {
      guard now >= nextMilliseconds else { return false }
      nextMilliseconds = now + Cluster.progressMilliseconds
      return true
    }
  }

  /// 128 random bits: nobody else can guess which statement to end.
  private static func newQueryID() -> String {
    let parts = (0..<2).map { _ in StableHash.hexadecimal(UInt64.random(in: 0...UInt64.max)) }
    return "tongbao-" + parts.joined()
  }
}

/// RFC 3986: everything but unreserved characters as `%XX`.
private func percentEncoded(_ text: String) -> String {
  var result = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "~"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
  }
  return result
}
