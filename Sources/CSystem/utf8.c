#include "utf8.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

// J. Keiser and D. Lemire, "Validating UTF-8 in less than one instruction per byte" (2021): the
// high half of a byte, the low half of it, and the high half of the next byte each name the faults
// that they allow; a fault that all three allow is one.
enum {
  TOO_SHORT = 1 << 0,       // a first byte, then no continuation
  TOO_LONG = 1 << 1,        // ASCII, then a continuation
  OVERLONG_3 = 1 << 2,      // E0 80 to E0 9F
  TOO_LARGE = 1 << 3,       // F4 90 and above
  SURROGATE = 1 << 4,       // ED A0 to ED BF
  OVERLONG_2 = 1 << 5,      // C0, C1
  TOO_LARGE_1000 = 1 << 6,  // F5 to FF, then 80 to 8F
  OVERLONG_4 = 1 << 6,      // F0 80 to F0 8F
  TWO_CONTINUATIONS = 1 << 7,
  CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS
};

#define WIDE __attribute__((target("avx2")))
#define TABLE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

// Each byte's neighbour `distance` before it.
#define BEFORE(block, last, distance) \
  _mm256_alignr_epi8(block, _mm256_permute2x128_si256(last, block, 0x21), 16 - (distance))

WIDE static inline __m256i high_half(__m256i bytes) {
  return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
}

WIDE static inline __m256i pair_faults(__m256i block, __m256i before) {
  const __m256i by_first_high = TABLE(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS,
      (char)TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE,
      TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  const __m256i by_first_low = TABLE(
      (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2),
      (char)CARRY, (char)CARRY, (char)(CARRY | TOO_LARGE),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
      (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000));
  const __m256i by_second_high = TABLE(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
      (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE),
      (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
      (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE), TOO_SHORT,
      TOO_SHORT, TOO_SHORT, TOO_SHORT);
  __m256i low = _mm256_and_si256(before, _mm256_set1_epi8(15));
  return _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(by_first_high, high_half(before)),
          _mm256_shuffle_epi8(by_first_low, low)),
      _mm256_shuffle_epi8(by_second_high, high_half(block)));
}

WIDE static inline __m256i block_faults(__m256i block, __m256i last) {
  __m256i pairs = pair_faults(block, BEFORE(block, last, 1));
  // The third and fourth byte of a character, and none but they, follow a continuation.
  __m256i third = _mm256_subs_epu8(BEFORE(block, last, 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(BEFORE(block, last, 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i wanted =
      _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(wanted, pairs);
}

WIDE static int is_utf8(const uint8_t *bytes, size_t length) {
  __m256i faults = _mm256_setzero_si256();
  __m256i last = _mm256_setzero_si256();
  size_t place = 0;
  for (; place + 32 <= length; place += 32) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + place));
    faults = _mm256_or_si256(faults, block_faults(block, last));
    last = block;
  }
  // The rest, and zeros behind it: they end no character that is not whole.
  uint8_t rest[32] = {0};
  memcpy(rest, bytes + place, length - place);
  __m256i block = _mm256_loadu_si256((const __m256i *)rest);
  faults = _mm256_or_si256(faults, block_faults(block, last));
  return _mm256_testz_si256(faults, faults);
}
#endif

int csystem_is_utf8(const uint8_t *bytes, size_t length) {
  if (length == 0) return 1;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return is_utf8(bytes, length);
#endif
  return 0;
}
