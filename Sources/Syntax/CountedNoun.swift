// CountedNoun.swift: a count and a noun arrive; the words of an English message leave, agreeing in
// number.

/// `1 row`, `2 rows`.
///
/// - Parameters:
///   - one: the noun, and what agrees with it: `cell is`.
///   - many: its plural where that is not made with an s: `cells are`.
package func counted(
  _ count: some BinaryInteger, _ one: String, _ many: String? = nil
) -> String {
  "\(count) " + (count == 1 ? one : many ?? one + "s")
}
