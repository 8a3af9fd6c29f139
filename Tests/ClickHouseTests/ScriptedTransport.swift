// ScriptedTransport.swift: answers that were written before arrive in the place of a server's, and
// every request is kept.

import ClickHouse
import Syntax
import Synchronization

/// Answers one request after the other as it was told; what is asked of no answer is refused.
final class ScriptedTransport: Transport {
  enum Step: Sendable {
    case answer(status: Int, String)
    case fault(TransportFault)
    /// Waits until the person stops.
    case untilStopped
  }

  private struct State {
    var steps: [Step]
    var requests: [HTTPRequest] = []
  }

  private let state: Mutex<State>

  init(_ steps: [Step]) { state = Mutex(State(steps: steps)) }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var statements: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }

  func post(_ request: HTTPRequest, isStopped: () -> Bool) throws(TransportFault) -> HTTPAnswer {
    let step = state.withLock { state -> Step? in
      state.requests.append(request)
      return state.steps.isEmpty ? nil : state.steps.removeFirst()
    }
    switch step {
    case .answer(let status, let text)?:
      return HTTPAnswer(status: status, body: Array(text.utf8))
    case .fault(let fault)?: throw fault
    case .untilStopped?:
      while !isStopped() {}
      throw .stopped
    case nil: throw .unreachable("no answer was written")
    }
  }
}

/// A clock that goes on by so much whenever it is looked at, and a wish to stop.
final class ScriptedSurroundings: Sendable {
  private let time = Mutex<Int64>(1_000_000)
  private let looks = Mutex(0)
  let told = Mutex<[ClusterProgress?]>([])

  /// - Parameter stopsAtLook: how often is asked before the person stops; nil: never.
  func surroundings(stepMilliseconds: Int64 = 1, stopsAtLook: Int? = nil) -> ClusterSurroundings {
    ClusterSurroundings(
      milliseconds: {
        self.time.withLock { time in
          time += stepMilliseconds
          return time
        }
      },
      isStopped: {
        self.looks.withLock { looks in
          looks += 1
          return stopsAtLook.map { looks >= $0 } ?? false
        }
      },
      tellProgress: { progress in self.told.withLock { $0.append(progress) } })
  }
}

func settings(_ addresses: String) throws -> ClusterSettings {
  ClusterSettings(
    addresses: try ServerAddress.list(addresses, allowsPlainText: false), user: "console",
    key: "s3cret-key")
}
