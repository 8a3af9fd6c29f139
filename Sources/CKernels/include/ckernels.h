#ifndef CKERNELS_H
#define CKERNELS_H
// Filters of codes that look at 32 bytes at once, where the processor can. Each takes whole words of
// a mask, 64 rows a word, and clears the bits of rows that it does not keep; a word that is 0 is
// passed over. The loops of Swift beside them do the rest, and all of it on other processors.

#include <stddef.h>
#include <stdint.h>

/// Whether the processor has the instructions (AVX2); the answer never changes.
int ckernels_are_wide(void);

/// Keeps the rows whose code is in a set.
///
/// `codes` holds 64 a word. `tables` holds the set by the low half of a code: bit h of byte l says
/// whether the code with the halves h and l is in it, for h below 8; of byte 16 + l, for h from 8.
void ckernels_keep_bytes(uint64_t *mask, size_t words, const uint8_t *codes,
                         const uint8_t tables[32]);

/// The same for codes below 16, two a byte, the first of them in the low half: bit `code` of `set`
/// says whether a code is in it.
void ckernels_keep_pairs(uint64_t *mask, size_t words, const uint8_t *pairs, uint16_t set);

/// Keeps the rows whose code lies in one of `count` ranges, ends included.
void ckernels_keep_halves(uint64_t *mask, size_t words, const uint16_t *codes,
                          const uint16_t *lowest, const uint16_t *highest, size_t count);

/// Lets the allocator keep up to 128 MiB that a question freed, for the next one: given back and asked
/// for again, every page of the sums of many groups is cleared anew.
void ckernels_keep_freed_memory(void);

#endif
