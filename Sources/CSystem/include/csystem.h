#ifndef CSYSTEM_H
#define CSYSTEM_H
// Thin non-variadic shims over libc calls that Swift cannot import, or that need many unsafe steps.

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#include "checksum.h"
#include "frames.h"
#include "privatefile.h"
#include "rows.h"
#include "utf8.h"

/// open(2) with a mode. Returns the descriptor, or -1 with errno set.
int csystem_open(const char *path, int flags, unsigned mode);

/// What a path names.
enum {
  CSYSTEM_MISSING = 0,
  CSYSTEM_FILE = 1,
  CSYSTEM_FOLDER = 2,
  CSYSTEM_PIPE = 3,
  CSYSTEM_OTHER = 4
};

/// Size and time of an open file, so that a file that changes while it is read is noticed.
struct csystem_facts {
  int64_t size;
  int64_t modified_nanoseconds;
  int kind;
};

/// Opens a file for reading, follows symbolic links, is closed on exec. -1 with errno set.
int csystem_open_for_reading(const char *path);
/// What `path` names, or CSYSTEM_MISSING.
int csystem_kind(const char *path);
/// 0, or -1 with errno set.
int csystem_facts_of(int descriptor, struct csystem_facts *facts);
/// read(2), repeated after EINTR.
long csystem_read(int descriptor, void *buffer, size_t capacity);
/// pread(2), repeated until all is read or the file ends. Returns the bytes read, or -1 with errno set.
long csystem_read_at(int descriptor, void *buffer, size_t count, int64_t offset);
/// Asks for memory in large pages, which are faster to get; without effect where there are none.
void csystem_use_large_pages(void *buffer, size_t count);
int csystem_close(int descriptor);
int csystem_errno(void);
/// What `csystem_errno` is where a file is not ours to read.
enum { CSYSTEM_DENIED = EACCES };
/// The text of an error number; thread-safe.
void csystem_error_text(int number, char *buffer, size_t capacity);

/// The names in a folder, each ended by a NUL, without `.` and `..`, unsorted. Returns what is needed
/// (the caller repeats with a larger buffer if they exceed `capacity`), or -1 with errno set.
long csystem_folder_names(const char *path, char *buffer, size_t capacity);

/// Memory of the machine, or of the control group if that is less.
int64_t csystem_memory_bytes(void);

/// Converts GB18030 to UTF-8, strictly, as iconv(3) does. Returns the bytes written, or -1; then `*fault` is where
/// the first byte that cannot be read stands. A `capacity` of 2 × `length` + 16 always suffices.
long csystem_utf8_from_gb18030(
    const uint8_t *input, size_t length, uint8_t *output, size_t capacity, size_t *fault);
/// Characters of two bytes that a table can have: first bytes 81 to FE, second bytes 40 to FE.
enum { CSYSTEM_GB18030_PAIRS = 126 * 191 };
/// Fills the table: the UTF-8 bytes of each pair, the first one lowest; 0 where there is no such
/// character. Returns 0, or -1 where the system knows no GB18030.
int csystem_gb18030_table(uint32_t *table);
/// The same as `csystem_utf8_from_gb18030`, by the table: several times as fast.
long csystem_utf8_by_table(
    const uint32_t *table, const uint8_t *input, size_t length, uint8_t *output, size_t capacity,
    size_t *fault);

#endif
