// ElapsedText.swift: a time in nanoseconds arrives, the words of the timing line leave (console.md
// 8.5).

import Syntax

/// `1.2 毫秒`: one decimal under 100 ms, whole milliseconds above, seconds from 10 s on.
package func elapsedText(nanoseconds: Int64) -> Bilingual {
  let time = max(0, nanoseconds)
  let tenths = rounded(time, per: 100_000)
  if tenths < 1000 { return milliseconds(decimal(tenths)) }
  let whole = rounded(time, per: 1_000_000)
  return whole < 10_000 ? milliseconds(String(whole)) : seconds(time)
}

/// `1.0 秒`: for a query that was stopped.
package func secondsText(nanoseconds: Int64) -> Bilingual { seconds(max(0, nanoseconds)) }

private func milliseconds(_ number: String) -> Bilingual {
  Bilingual("\(number) ms", "\(number) 毫秒")
}
private func seconds(_ time: Int64) -> Bilingual {
  let number = decimal(rounded(time, per: 100_000_000))
  return Bilingual("\(number) s", "\(number) 秒")
}
private func decimal(_ tenths: Int64) -> String { "\(tenths / 10).\(tenths % 10)" }

/// Half up, without a sum that could overflow.
private func rounded(_ time: Int64, per unit: Int64) -> Int64 {
  time / unit + (time % unit >= unit / 2 ? 1 : 0)
}
