// RawText.swift: a cell arrives, its raw value as data modes write it leaves.

import Columns

/// The raw value as text, without separators or units; nil where there is none.
func rawText(of cell: AnswerCell) -> String? {
  switch cell.raw {
  case .text(let text), .decimal(let text): text
  case .whole(let number): String(number)
  case .number(let number): plainNumber(number)
  case .none: nil
  }
}

/// A double in the fewest digits that read back, never with an exponent: `0.8125`, `1`,
/// `0.00001`; nil for what is no number.
package func plainNumber(_ number: Double) -> String? {
  guard number.isFinite else { return nil }
  if number == 0 { return "0" }
  let description = number.description
  let sign = number < 0 ? "-" : ""
  let mantissaAndExponent = description.drop { $0 == "-" }.split(separator: "e")
  let mantissa = mantissaAndExponent[0].split(separator: ".")
  let whole = String(mantissa[0])
  var fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
  if fraction == "0" { fraction = "" }
  let exponent = mantissaAndExponent.count > 1 ? Int(mantissaAndExponent[1]) ?? 0 : 0

  let digits = whole + fraction
  let pointAt = whole.utf8.count + exponent
  if pointAt <= 0 {
    return sign + "0." + String(repeating: "0", count: -pointAt) + digits
  }
  let missing = pointAt - digits.utf8.count
  if missing >= 0 { return sign + digits + String(repeating: "0", count: missing) }
  return sign + digits.prefix(pointAt) + "." + digits.dropFirst(pointAt)
}

/// A number with three decimals, rounded half up: the `elapsed_ms` of json.
func threeDecimals(_ number: Double) -> String {
  guard let thousandths = Int64(exactly: (max(0, number) * 1000).rounded()) else { return "0.000" }
  let fraction = String(thousandths % 1000)
  return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count)
    + fraction
}
