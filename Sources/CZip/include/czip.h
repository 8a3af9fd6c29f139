// czip.h: libzip, opened at first use; reads archives that lie in memory.
#ifndef CZIP_H
#define CZIP_H

#include <stddef.h>
#include <stdint.h>

enum { CZIP_READY = 0, CZIP_MISSING = 1, CZIP_TOO_OLD = 2 };

// Opens the library once; writes what the loader says, or the version found, into `why`.
int czip_prepare(char *why, size_t capacity);

struct czip_archive;
struct czip_part;

// Opens a copy of the bytes; NULL with a text in `why` if they are no archive. Only after
// czip_prepare has said CZIP_READY; so for all below.
struct czip_archive *czip_open(const void *bytes, size_t count, char *why, size_t capacity);
void czip_close(struct czip_archive *archive);

int64_t czip_count(struct czip_archive *archive);
// The name as stored, valid until the archive is closed; NULL for an index that does not exist.
const char *czip_name(struct czip_archive *archive, int64_t index);
// Whether the part is encrypted.
int czip_is_encrypted(struct czip_archive *archive, int64_t index);

struct czip_part *czip_open_part(
    struct czip_archive *archive, int64_t index, char *why, size_t capacity);
// Inflates up to `capacity` bytes: their number, 0 at the end, -1 with a text in `why`. The end is
// only told once the checksum of the part was right.
int64_t czip_read(
    struct czip_part *part, void *buffer, size_t capacity, char *why, size_t why_capacity);
void czip_close_part(struct czip_part *part);

#endif
