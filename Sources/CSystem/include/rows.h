#ifndef CSYSTEM_ROWS_H
#define CSYSTEM_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// Where the first row ends that ends at `least` or behind it; `length` where none does. Rows begin
/// at `start`, outside quotes; a quote opens where a cell begins. `*lines` grows by the rows passed,
/// and by the line feeds inside quotes where `counts_quoted` is not 0.
size_t csystem_row_end(
    const uint8_t *bytes, size_t length, size_t start, size_t least, uint8_t delimiter,
    int counts_quoted, size_t *lines);

/// The offsets of all delimiters, quotes, line feeds and carriage returns, ascending. `places` has
/// room for `length` of them. Returns how many there are.
size_t csystem_marks(const uint8_t *bytes, size_t length, uint8_t delimiter, uint32_t *places);

/// A hash of bytes, for tables in memory: another byte order gives another one.
uint64_t csystem_hash(const uint8_t *bytes, size_t length);
/// Looks for a key among entries that lie one behind the other in `text`; entry k ends at `ends[k]`.
/// A slot is 0, or the upper half of the entry's hash and the entry's number + 1 below; `mask` is
/// their count − 1, a power of two less one. Returns the entry, or −1 with the free slot in `*slot`.
int64_t csystem_find_entry(
    const uint8_t *key, size_t length, uint64_t hash, const uint8_t *text, const int64_t *ends,
    const uint64_t *slots, size_t mask, size_t *slot);

/// The codes of a column of cells: `cells` holds where each begins and ends, of every `stride`th one,
/// `meanings` the code for each entry of the table that `csystem_find_entry` describes, and `blank`
/// that of an empty cell. Returns how many were found before the first without a code: no entry, or
/// one whose code is −1.
size_t csystem_known_codes(
    const uint8_t *bytes, const int64_t *cells, size_t stride, size_t count, const uint8_t *text,
    const int64_t *ends, const uint64_t *slots, size_t mask, const int32_t *meanings,
    int64_t blank, int64_t *codes);

/// Processors that this process may use, at least 1.
int csystem_processor_count(void);

#endif
