// Timing.swift: pieces of work arrive; how long each took, measured in turn, leaves.

/// The times of one piece of work, in nanoseconds.
struct Timings {
  private(set) var sorted: [Int64] = []

  mutating func add(_ duration: Duration) {
    sorted.append(nanoseconds(duration))
    sorted.sort()
  }

  var least: Int64 { sorted.first ?? 0 }
  var most: Int64 { sorted.last ?? 0 }
  var median: Int64 { sorted.isEmpty ? 0 : sorted[sorted.count / 2] }
}

func nanoseconds(_ duration: Duration) -> Int64 {
  let (seconds, attoseconds) = duration.components
  return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
}

/// Runs the works A B A B …, so that whatever else the machine does meets all of them alike.
///
/// Three rounds go before, unmeasured: files and tables are then where they will stay.
func measureInTurn(
  runCount: Int, _ works: [() throws -> Void]
) throws -> [Timings] {
  var timings = works.map { _ in Timings() }
  let clock = ContinuousClock()
  for round in -3..<runCount {
    for (place, work) in works.enumerated() {
      let start = clock.now
      try work()
      if round >= 0 { timings[place].add(start.duration(to: clock.now)) }
    }
  }
  return timings
}

/// `4.37 ms`, right-aligned; a difference of times that came out below zero is none.
func milliseconds(_ nanoseconds: Int64) -> String {
  let hundredths = (max(nanoseconds, 0) + 5_000) / 10_000
  return padded("\(hundredths / 100).\(twoDigits(hundredths % 100)) ms", to: 12)
}

/// `0.48×`, right-aligned: how many times the second the first is.
func ratio(_ first: Int64, to second: Int64) -> String {
  guard second > 0 else { return padded("-", to: 9) }
  let hundredths = (first * 100 + second / 2) / second
  return padded("\(hundredths / 100).\(twoDigits(hundredths % 100))×", to: 9)
}

func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

func padded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
