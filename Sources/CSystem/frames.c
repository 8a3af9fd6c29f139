#include "frames.h"

#include <string.h>

enum { FRAME_CODES = 1024, DELTA = 0x80, PADDING = 8, HEAD = 9 };

// The widths are constants where these are inlined, so that each is one load or store.
static inline uint64_t load(const uint8_t *bytes, int width) {
  uint64_t value = 0;
  for (int place = 0; place < width; place++) value |= (uint64_t)bytes[place] << (8 * place);
  return value;
}

static inline void store(uint8_t *bytes, uint64_t value, int width) {
  for (int place = 0; place < width; place++) bytes[place] = (uint8_t)(value >> (8 * place));
}

// Codes of eight bytes are signed values: their order is that of the unsigned ones with the sign
// turned round.
static inline uint64_t sign_of(int width) { return width == 8 ? (uint64_t)1 << 63 : 0; }

static int bits_of(uint64_t value) { return value == 0 ? 0 : 64 - __builtin_clzll(value); }

static uint64_t zigzag(uint64_t from, uint64_t to) {
  uint64_t difference = to - from;
  return difference << 1 ^ (0 - (difference >> 63));
}

/// A value of more than 56 bits would not fit into one word with the bits before it.
static int rounded(int bits) { return bits > 56 ? 64 : bits; }

static size_t payload(size_t count, int bits) { return (count * (size_t)bits + 7) / 8; }

static void put_bits(uint8_t *output, const uint64_t *values, size_t count, int bits) {
  if (bits == 64) {
    for (size_t index = 0; index < count; index++) store(output + index * 8, values[index], 8);
    return;
  }
  uint64_t held = 0;
  int filled = 0;
  for (size_t index = 0; index < count; index++) {
    held |= values[index] << filled;
    filled += bits;
    for (; filled >= 8; filled -= 8, held >>= 8) *output++ = (uint8_t)held;
  }
  if (filled > 0) *output = (uint8_t)held;
}

long csystem_frames_pack(
    const uint8_t *codes, size_t count, int width, uint8_t *output, size_t capacity) {
  size_t used = 0;
  uint64_t values[FRAME_CODES], others[FRAME_CODES];
  for (size_t first = 0; first < count; first += FRAME_CODES) {
    size_t rows = count - first < FRAME_CODES ? count - first : FRAME_CODES;
    for (size_t row = 0; row < rows; row++) {
      values[row] = load(codes + (first + row) * (size_t)width, width) ^ sign_of(width);
    }
    uint64_t least = values[0], most = values[0], difference = 0;
    for (size_t row = 1; row < rows; row++) {
      if (values[row] < least) least = values[row];
      if (values[row] > most) most = values[row];
      others[row - 1] = zigzag(values[row - 1], values[row]);
      if (others[row - 1] > difference) difference = others[row - 1];
    }
    int plain = rounded(bits_of(most - least)), delta = rounded(bits_of(difference));
    int is_delta = delta < plain;
    size_t kept = is_delta ? rows - 1 : rows;
    int bits = is_delta ? delta : plain;
    size_t bytes = HEAD + payload(kept, bits);
    if (used + bytes + PADDING > capacity) return -1;
    output[used] = (uint8_t)(bits | (is_delta ? DELTA : 0));
    store(output + used + 1, is_delta ? values[0] : least, 8);
    if (!is_delta) {
      for (size_t row = 0; row < rows; row++) others[row] = values[row] - least;
    }
    put_bits(output + used + HEAD, others, kept, bits);
    used += bytes;
  }
  if (used + PADDING > capacity) return -1;
  memset(output + used, 0, PADDING);
  return (long)(used + PADDING);
}

static inline __attribute__((always_inline)) uint64_t bits_at(
    const uint8_t *input, size_t index, int bits) {
  if (bits == 64) return load(input + index * 8, 8);
  size_t position = index * (size_t)bits;
  uint64_t mask = ((uint64_t)1 << bits) - 1;
  return load(input + position / 8, 8) >> (position % 8) & mask;
}

static inline __attribute__((always_inline)) void unpack_frame(
    const uint8_t *input, uint64_t base, int bits, int is_delta, size_t rows, int width,
    uint8_t *codes) {
  uint64_t sign = sign_of(width);
  if (!is_delta) {
    for (size_t row = 0; row < rows; row++) {
      store(codes + row * (size_t)width, (base + bits_at(input, row, bits)) ^ sign, width);
    }
    return;
  }
  uint64_t value = base;
  store(codes, value ^ sign, width);
  for (size_t row = 1; row < rows; row++) {
    uint64_t folded = bits_at(input, row - 1, bits);
    value += folded >> 1 ^ (0 - (folded & 1));
    store(codes + row * (size_t)width, value ^ sign, width);
  }
}

int csystem_frames_unpack(
    const uint8_t *input, size_t length, size_t count, int width, uint8_t *codes) {
  size_t used = 0;
  for (size_t first = 0; first < count; first += FRAME_CODES) {
    size_t rows = count - first < FRAME_CODES ? count - first : FRAME_CODES;
    if (length - used < HEAD + PADDING) return -1;
    int is_delta = (input[used] & DELTA) != 0, bits = input[used] & 0x7F;
    if (bits > 56 && bits != 64) return -1;
    uint64_t base = load(input + used + 1, 8);
    size_t bytes = payload(is_delta ? rows - 1 : rows, bits);
    used += HEAD;
    // Whole words are loaded: the last one may reach into the eight bytes behind.
    if (length - used < bytes + PADDING) return -1;
    uint8_t *target = codes + first * (size_t)width;
    switch (width) {
      case 1: unpack_frame(input + used, base, bits, is_delta, rows, 1, target); break;
      case 2: unpack_frame(input + used, base, bits, is_delta, rows, 2, target); break;
      case 4: unpack_frame(input + used, base, bits, is_delta, rows, 4, target); break;
      case 8: unpack_frame(input + used, base, bits, is_delta, rows, 8, target); break;
      default: return -1;
    }
    used += bytes;
  }
  return length - used == PADDING ? 0 : -1;
}
