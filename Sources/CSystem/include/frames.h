#ifndef CSYSTEM_FRAMES_H
#define CSYSTEM_FRAMES_H

#include <stddef.h>
#include <stdint.h>

/// Codes of 1, 2, 4 or 8 bytes, lowest byte first, as frames of 1,024: the least code of a frame and
/// what the others have above it, or the first one and the differences of neighbours, each in as
/// many bits as the frame needs. Eight bytes of nought end it, so that a reader may load whole words.

/// Returns the bytes written, or -1 where they are more than `capacity`.
long csystem_frames_pack(
    const uint8_t *codes, size_t count, int width, uint8_t *output, size_t capacity);
/// Fills `count` codes. Returns 0, or -1 where the input is not that of so many codes.
int csystem_frames_unpack(
    const uint8_t *input, size_t length, size_t count, int width, uint8_t *codes);

#endif
