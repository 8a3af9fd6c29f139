#include "checksum.h"

#include <pthread.h>
#include <string.h>

// Eight tables let eight bytes be looked up at once: M. Kounavis and F. Berry, "Novel table
// lookup-based algorithms for high-performance CRC generation" (2008).
static uint32_t tables[8][256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t value = byte;
    for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0x82F63B78u : 0);
    tables[0][byte] = value;
  }
  for (int table = 1; table < 8; table++) {
    for (int byte = 0; byte < 256; byte++) {
      uint32_t value = tables[table - 1][byte];
      tables[table][byte] = value >> 8 ^ tables[0][value & 0xFF];
    }
  }
}

uint32_t csystem_crc32c_portable(uint32_t before, const uint8_t *bytes, size_t length) {
  pthread_once(&tables_once, make_tables);
  uint32_t value = ~before;
  for (; length >= 8; length -= 8, bytes += 8) {
    uint32_t low = value ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
                            (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
    value = tables[7][low & 0xFF] ^ tables[6][low >> 8 & 0xFF] ^ tables[5][low >> 16 & 0xFF] ^
            tables[4][low >> 24] ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^
            tables[1][bytes[6]] ^ tables[0][bytes[7]];
  }
  for (; length > 0; length--, bytes++) value = value >> 8 ^ tables[0][(value ^ *bytes) & 0xFF];
  return ~value;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t with_instruction(
    uint32_t before, const uint8_t *bytes, size_t length) {
  uint64_t value = (uint32_t)~before;
  for (; length >= 8; length -= 8, bytes += 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    value = __builtin_ia32_crc32di(value, word);
  }
  uint32_t rest = (uint32_t)value;
  for (; length > 0; length--, bytes++) rest = __builtin_ia32_crc32qi(rest, *bytes);
  return ~rest;
}
#endif

uint32_t csystem_crc32c(uint32_t before, const uint8_t *bytes, size_t length) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2")) return with_instruction(before, bytes, length);
#endif
  return csystem_crc32c_portable(before, bytes, length);
}
