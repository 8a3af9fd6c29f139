#define _GNU_SOURCE
#include "rows.h"

#include <sched.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static size_t line_ends(const uint8_t *bytes, size_t length, size_t from, size_t to) {
  size_t count = 0;
  for (size_t place = from; place < to; place++) count += bytes[place] == '\n';
  // A carriage return alone ends a row too; nearly no file has one.
  const uint8_t *found = bytes + from;
  while ((found = memchr(found, '\r', (size_t)(bytes + to - found)))) {
    size_t next = (size_t)(found - bytes) + 1;
    count += next >= length || bytes[next] != '\n';
    if (++found >= bytes + to) break;
  }
  return count;
}

// Passes blocks before `least` that hold neither a quote nor a carriage return.
static size_t plain_blocks(
    const uint8_t *bytes, size_t length, size_t place, size_t least, size_t *lines) {
#ifdef __SSE2__
  __m128i quotes = _mm_set1_epi8('"');
  __m128i feeds = _mm_set1_epi8('\n');
  __m128i returns = _mm_set1_epi8('\r');
  for (; place + 64 <= length && place + 64 < least; place += 64) {
    uint64_t ends = 0;
    __m128i others = _mm_setzero_si128();
    for (int part = 0; part < 4; part++) {
      __m128i block = _mm_loadu_si128((const __m128i *)(bytes + place + part * 16));
      ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, feeds)) << (part * 16);
      others = _mm_or_si128(
          others, _mm_or_si128(_mm_cmpeq_epi8(block, quotes), _mm_cmpeq_epi8(block, returns)));
    }
    if (_mm_movemask_epi8(others)) break;
    *lines += (size_t)__builtin_popcountll(ends);
  }
#endif
  return place;
}

size_t csystem_row_end(
    const uint8_t *bytes, size_t length, size_t start, size_t least, uint8_t delimiter,
    int counts_quoted, size_t *lines) {
  size_t place = start;
  while (place < length) {
    place = plain_blocks(bytes, length, place, least, lines);
    // A stretch at a time, so that a quote far away is not looked for again and again.
    size_t limit = place < least ? least : place + 4096;
    if (limit > length) limit = length;
    const uint8_t *quote = memchr(bytes + place, '"', limit - place);
    size_t stop = quote ? (size_t)(quote - bytes) : limit;
    for (size_t end = place + 1 >= least ? place : least - 1; end < stop; end++) {
      if (bytes[end] != '\n' && bytes[end] != '\r') continue;
      *lines += line_ends(bytes, length, place, end) + 1;
      return bytes[end] == '\r' && end + 1 < length && bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }
    *lines += line_ends(bytes, length, place, stop);
    place = stop;
    if (!quote) continue;
    uint8_t before = place > start ? bytes[place - 1] : '\n';
    place++;
    if (before != delimiter && before != '\n' && before != '\r') continue;
    for (;;) {
      const uint8_t *closing = memchr(bytes + place, '"', length - place);
      size_t end = closing ? (size_t)(closing - bytes) : length;
      if (counts_quoted) {
        for (size_t inner = place; inner < end; inner++) *lines += bytes[inner] == '\n';
      }
      if (!closing) return length;
      place = end + 1;
      if (place >= length || bytes[place] != '"') break;
      place++;
    }
  }
  return length;
}

size_t csystem_marks(const uint8_t *bytes, size_t length, uint8_t delimiter, uint32_t *places) {
  size_t count = 0;
  size_t place = 0;
#ifdef __SSE2__
  __m128i commas = _mm_set1_epi8((char)delimiter);
  __m128i quotes = _mm_set1_epi8('"');
  __m128i feeds = _mm_set1_epi8('\n');
  __m128i returns = _mm_set1_epi8('\r');
  for (; place + 64 <= length; place += 64) {
    uint64_t found = 0;
    for (int part = 0; part < 4; part++) {
      __m128i block = _mm_loadu_si128((const __m128i *)(bytes + place + part * 16));
      __m128i hits = _mm_or_si128(
          _mm_or_si128(_mm_cmpeq_epi8(block, commas), _mm_cmpeq_epi8(block, quotes)),
          _mm_or_si128(_mm_cmpeq_epi8(block, feeds), _mm_cmpeq_epi8(block, returns)));
      found |= (uint64_t)(uint32_t)_mm_movemask_epi8(hits) << (part * 16);
    }
    for (; found; found &= found - 1) {
      places[count++] = (uint32_t)(place + (size_t)__builtin_ctzll(found));
    }
  }
#endif
  for (; place < length; place++) {
    uint8_t byte = bytes[place];
    if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r') {
      places[count++] = (uint32_t)place;
    }
  }
  return count;
}

static uint64_t loaded(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

// All of fewer than eight bytes.
static uint64_t loaded_few(const uint8_t *bytes, size_t length) {
  if (length >= 4) {
    uint32_t first, last;
    memcpy(&first, bytes, 4);
    memcpy(&last, bytes + length - 4, 4);
    return (uint64_t)last << 32 | first;
  }
  if (length == 0) return 0;
  return bytes[0] | (uint64_t)bytes[length / 2] << 8 | (uint64_t)bytes[length - 1] << 16;
}

static uint64_t mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

uint64_t csystem_hash(const uint8_t *bytes, size_t length) {
  uint64_t hash = mixed(0x8445d61a4e774912u, length);
  if (length < 8) {
    hash = mixed(hash, loaded_few(bytes, length));
  } else {
    const uint8_t *last = bytes + length - 8;
    for (; bytes < last; bytes += 8) hash = mixed(hash, loaded(bytes));
    hash = mixed(hash, loaded(last));
  }
  return hash ^ hash >> 32;
}

int64_t csystem_find_entry(
    const uint8_t *key, size_t length, uint64_t hash, const uint8_t *text, const int64_t *ends,
    const uint64_t *slots, size_t mask, size_t *slot) {
  size_t place = (size_t)hash & mask;
  for (uint64_t held; (held = slots[place]) != 0; place = (place + 1) & mask) {
    if ((held ^ hash) >> 32) continue;
    int64_t entry = (int64_t)(held & 0xffffffffu) - 1;
    int64_t start = entry > 0 ? ends[entry - 1] : 0;
    if ((size_t)(ends[entry] - start) == length && memcmp(text + start, key, length) == 0) {
      return entry;
    }
  }
  *slot = place;
  return -1;
}

size_t csystem_known_codes(
    const uint8_t *bytes, const int64_t *cells, size_t stride, size_t count, const uint8_t *text,
    const int64_t *ends, const uint64_t *slots, size_t mask, const int32_t *meanings,
    int64_t blank, int64_t *codes) {
  for (size_t row = 0; row < count; row++) {
    int64_t start = cells[2 * row * stride];
    size_t length = (size_t)(cells[2 * row * stride + 1] - start);
    if (length == 0) {
      if (blank < 0) return row;
      codes[row] = blank;
      continue;
    }
    size_t slot;
    int64_t entry = csystem_find_entry(
        bytes + start, length, csystem_hash(bytes + start, length), text, ends, slots, mask, &slot);
    if (entry < 0 || meanings[entry] < 0) return row;
    codes[row] = meanings[entry];
  }
  return count;
}

int csystem_processor_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}
