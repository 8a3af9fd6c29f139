#include "ckernels.h"

#if defined(__GLIBC__)
#include <malloc.h>

void ckernels_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 128 << 20);
}
#else
void ckernels_keep_freed_memory(void) {}
#endif

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))

int ckernels_are_wide(void) { return __builtin_cpu_supports("avx2"); }

// W. Mula, "SIMD-ized check which bytes are in a set" (2018), "universal algorithm".
WIDE void ckernels_keep_bytes(uint64_t *mask, size_t words, const uint8_t *codes,
                              const uint8_t tables[32]) {
  const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)tables));
  const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)tables + 1));
  const __m256i bits = _mm256_set1_epi64x((long long)0x8040201008040201ull);
  const __m256i top = _mm256_set1_epi8((char)0x80), half = _mm256_set1_epi8(15);
  for (size_t word = 0; word < words; word++) {
    if (mask[word] == 0) continue;
    uint64_t kept = 0;
    for (int part = 0; part < 2; part++) {
      __m256i code = _mm256_loadu_si256((const __m256i *)(codes + word * 64 + part * 32));
      // A shuffle gives 0 where the highest bit of its index is set.
      __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(low, code),
                                    _mm256_shuffle_epi8(high, _mm256_xor_si256(code, top)));
      __m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(code, 4), half));
      __m256i is_in = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
      kept |= (uint64_t)(uint32_t)_mm256_movemask_epi8(is_in) << (part * 32);
    }
    mask[word] &= kept;
  }
}

WIDE void ckernels_keep_pairs(uint64_t *mask, size_t words, const uint8_t *pairs, uint16_t set) {
  uint8_t table[16];
  for (int code = 0; code < 16; code++) table[code] = set >> code & 1 ? 0xFF : 0;
  const __m256i truths = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
  const __m256i half = _mm256_set1_epi8(15);
  for (size_t word = 0; word < words; word++) {
    if (mask[word] == 0) continue;
    __m256i both = _mm256_loadu_si256((const __m256i *)(pairs + word * 32));
    __m256i first = _mm256_shuffle_epi8(truths, _mm256_and_si256(both, half));
    __m256i second =
        _mm256_shuffle_epi8(truths, _mm256_and_si256(_mm256_srli_epi16(both, 4), half));
    // Each half of a register is interleaved by itself: rows 0 to 15 and 32 to 47; the others.
    uint64_t even = (uint32_t)_mm256_movemask_epi8(_mm256_unpacklo_epi8(first, second));
    uint64_t odd = (uint32_t)_mm256_movemask_epi8(_mm256_unpackhi_epi8(first, second));
    mask[word] &= (even & 0xFFFF) | (odd & 0xFFFF) << 16 | (even >> 16) << 32 | (odd >> 16) << 48;
  }
}

WIDE void ckernels_keep_halves(uint64_t *mask, size_t words, const uint16_t *codes,
                               const uint16_t *lowest, const uint16_t *highest, size_t count) {
  for (size_t word = 0; word < words; word++) {
    if (mask[word] == 0) continue;
    uint64_t kept = 0;
    for (int part = 0; part < 2; part++) {
      const __m256i *place = (const __m256i *)(codes + word * 64 + part * 32);
      __m256i one = _mm256_loadu_si256(place), two = _mm256_loadu_si256(place + 1);
      __m256i in_one = _mm256_setzero_si256(), in_two = _mm256_setzero_si256();
      for (size_t range = 0; range < count; range++) {
        __m256i from = _mm256_set1_epi16((short)lowest[range]);
        __m256i width = _mm256_set1_epi16((short)(highest[range] - lowest[range]));
        __m256i far_one = _mm256_sub_epi16(one, from), far_two = _mm256_sub_epi16(two, from);
        in_one = _mm256_or_si256(
            in_one, _mm256_cmpeq_epi16(_mm256_min_epu16(far_one, width), far_one));
        in_two = _mm256_or_si256(
            in_two, _mm256_cmpeq_epi16(_mm256_min_epu16(far_two, width), far_two));
      }
      // Packing interleaves the halves of both registers.
      __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(in_one, in_two), 0xD8);
      kept |= (uint64_t)(uint32_t)_mm256_movemask_epi8(packed) << (part * 32);
    }
    mask[word] &= kept;
  }
}

#else

int ckernels_are_wide(void) { return 0; }
void ckernels_keep_bytes(uint64_t *mask, size_t words, const uint8_t *codes,
                         const uint8_t tables[32]) {
  (void)mask, (void)words, (void)codes, (void)tables;
}
void ckernels_keep_pairs(uint64_t *mask, size_t words, const uint8_t *pairs, uint16_t set) {
  (void)mask, (void)words, (void)pairs, (void)set;
}
void ckernels_keep_halves(uint64_t *mask, size_t words, const uint16_t *codes,
                          const uint16_t *lowest, const uint16_t *highest, size_t count) {
  (void)mask, (void)words, (void)codes, (void)lowest, (void)highest, (void)count;
}

#endif
