#ifndef CSYSTEM_UTF8_H
#define CSYSTEM_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// 1 where the bytes are UTF-8 from end to end; 0 where they are not, or where this processor has no
/// instructions to tell quickly.
int csystem_is_utf8(const uint8_t *bytes, size_t length);

#endif
