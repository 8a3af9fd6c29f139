#ifndef CSYSTEM_CHECKSUM_H
#define CSYSTEM_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, as in iSCSI, RFC 3720) of `length` bytes, continued from `before`: 0 to begin
/// with. Every change within 32 neighbouring bits changes it.
uint32_t csystem_crc32c(uint32_t before, const uint8_t *bytes, size_t length);
/// The same without the processor's own instruction; the tests hold both equal.
uint32_t csystem_crc32c_portable(uint32_t before, const uint8_t *bytes, size_t length);

#endif
