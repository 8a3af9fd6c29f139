// Bandwidth.swift: a size arrives; how fast its bytes are added up, by one thread and by all,
// leaves.

import Dispatch
import Synchronization

/// The plainest pass over memory there is: the measure that every scan is held against.
func measureBandwidth(mebibytes: Int, runCount: Int) throws {
  let words = (0..<UInt64(mebibytes << 17)).map { $0 }
  for threadCount in [1, 2] {
    var least = Duration.seconds(1_000_000)
    var sum: UInt64 = 0
    for _ in 0..<runCount {
      let clock = ContinuousClock()
      let start = clock.now
      sum = added(words, threadCount)
      least = min(least, clock.now - start)
    }
    let bytesPerSecond = Double(mebibytes << 20) * 1e9 / Double(nanoseconds(least))
    try say("\(threadCount)\t\(Int(bytesPerSecond))\t\(sum)")
  }
}

private func added(_ words: [UInt64], _ threadCount: Int) -> UInt64 {
  let part = (words.count + threadCount - 1) / threadCount
  let total = Mutex<UInt64>(0)
  DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
    var sum: UInt64 = 0
    for word in words[min(thread * part, words.count)..<min((thread + 1) * part, words.count)] {
      sum &+= word
    }
    total.withLock { $0 &+= sum }
  }
  return total.withLock { $0 }
}
