// StartUp.swift: commands arrive; how long each takes from start to end leaves, one line each.

/// The first command is the one that the others are compared with.
func measureStartUp(runCount: Int, _ words: [String]) throws {
  let peers = words.split(separator: "--").map(Array.init)
  guard !peers.isEmpty, peers.allSatisfy({ $0.count >= 2 }) else {
    throw BenchProblem("after each -- a name and a command")
  }
  let timings = try measureInTurn(
    runCount: runCount,
    peers.map { peer in { try run(Array(peer.dropFirst())) } })
  try say("whole process, \(runCount) runs each, in turn")
  try say("                     min      median  of median")
  for (peer, timing) in zip(peers, timings) {
    let name = peer[0] + String(repeating: " ", count: max(0, 12 - peer[0].count))
    try say(
      name + milliseconds(timing.least) + milliseconds(timing.median)
        + ratio(timing.median, to: timings[0].median))
  }
}
