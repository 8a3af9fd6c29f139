#define _GNU_SOURCE
#include "csystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int csystem_open(const char *path, int flags, unsigned mode) { return open(path, flags, mode); }

static int kind_of(const struct stat *status) {
  if (S_ISREG(status->st_mode)) return CSYSTEM_FILE;
  if (S_ISDIR(status->st_mode)) return CSYSTEM_FOLDER;
  if (S_ISFIFO(status->st_mode)) return CSYSTEM_PIPE;
  return CSYSTEM_OTHER;
}

int csystem_open_for_reading(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }

int csystem_kind(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) return CSYSTEM_MISSING;
  return kind_of(&status);
}

int csystem_facts_of(int descriptor, struct csystem_facts *facts) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return -1;
  facts->size = status.st_size;
  facts->modified_nanoseconds =
      (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  facts->kind = kind_of(&status);
  return 0;
}

long csystem_read(int descriptor, void *buffer, size_t capacity) {
  long count;
  do {
    count = read(descriptor, buffer, capacity);
  } while (count < 0 && errno == EINTR);
  return count;
}

long csystem_read_at(int descriptor, void *buffer, size_t count, int64_t offset) {
  size_t done = 0;
  while (done < count) {
    long got = pread(descriptor, (char *)buffer + done, count - done, (off_t)offset + (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += (size_t)got;
  }
  return (long)done;
}

void csystem_use_large_pages(void *buffer, size_t count) {
  uintptr_t page = 1 << 21, start = ((uintptr_t)buffer + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)buffer + count) / page * page;
  if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

int csystem_close(int descriptor) { return close(descriptor); }

int csystem_errno(void) { return errno; }

void csystem_error_text(int number, char *buffer, size_t capacity) {
  if (capacity == 0) return;
  buffer[0] = 0;
  // The XSI form returns int and fills the buffer; the GNU form may return a static text instead.
#if defined(_GNU_SOURCE)
  const char *text = strerror_r(number, buffer, capacity);
  if (text != buffer) {
    strncpy(buffer, text, capacity - 1);
    buffer[capacity - 1] = 0;
  }
#else
  strerror_r(number, buffer, capacity);
#endif
}

long csystem_folder_names(const char *path, char *buffer, size_t capacity) {
  DIR *folder = opendir(path);
  if (folder == NULL) return -1;
  size_t needed = 0;
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(folder);
    if (entry == NULL) {
      int reason = errno;
      closedir(folder);
      if (reason != 0) {
        errno = reason;
        return -1;
      }
      return (long)needed;
    }
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    size_t length = strlen(entry->d_name) + 1;
    if (needed + length <= capacity) memcpy(buffer + needed, entry->d_name, length);
    needed += length;
  }
}

static int64_t number_in(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return -1;
  long long value = -1;
  // A group without a limit says "max", which is no number.
  if (fscanf(file, "%lld", &value) != 1) value = -1;
  fclose(file);
  return value;
}

int64_t csystem_memory_bytes(void) {
  int64_t machine = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
  const char *limits[] = {
      "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
  for (int index = 0; index < 2; index++) {
    int64_t limit = number_in(limits[index]);
    if (limit > 0 && limit < machine) machine = limit;
  }
  return machine;
}

long csystem_utf8_from_gb18030(
    const uint8_t *input, size_t length, uint8_t *output, size_t capacity, size_t *fault) {
  *fault = 0;
  iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == (iconv_t)-1) return -1;
  char *from = (char *)input;
  char *to = (char *)output;
  size_t left = length;
  size_t room = capacity;
  size_t result = iconv(converter, &from, &left, &to, &room);
  *fault = (size_t)(from - (char *)input);
  iconv_close(converter);
  if (result == (size_t)-1 || left != 0) return -1;
  return to - (char *)output;
}

int csystem_gb18030_table(uint32_t *table) {
  iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == (iconv_t)-1) return -1;
  for (int pair = 0; pair < CSYSTEM_GB18030_PAIRS; pair++) {
    char input[2] = {(char)(0x81 + pair / 191), (char)(0x40 + pair % 191)};
    unsigned char output[8] = {0};
    char *from = input;
    char *to = (char *)output;
    size_t left = 2;
    size_t room = sizeof output;
    iconv(converter, NULL, NULL, NULL, NULL);
    int is_read = iconv(converter, &from, &left, &to, &room) != (size_t)-1 && left == 0;
    table[pair] = 0;
    if (!is_read || to - (char *)output > 4) continue;
    for (int byte = 0; byte < 4; byte++) table[pair] |= (uint32_t)output[byte] << (8 * byte);
  }
  iconv_close(converter);
  return 0;
}

// One character that is not in the table, or nothing.
static size_t convert_slowly(
    iconv_t *converter, const uint8_t *input, size_t length, uint8_t *output, size_t capacity,
    size_t *written) {
  if (*converter == (iconv_t)-1) *converter = iconv_open("UTF-8", "GB18030");
  *written = 0;
  if (*converter == (iconv_t)-1) return 0;
  char *from = (char *)input;
  char *to = (char *)output;
  size_t left = length < 4 ? length : 4;
  size_t room = capacity;
  iconv(*converter, NULL, NULL, NULL, NULL);
  iconv(*converter, &from, &left, &to, &room);
  *written = (size_t)(to - (char *)output);
  return (size_t)(from - (char *)input);
}

long csystem_utf8_by_table(
    const uint32_t *table, const uint8_t *input, size_t length, uint8_t *output, size_t capacity,
    size_t *fault) {
  iconv_t converter = (iconv_t)-1;
  size_t place = 0;
  size_t end = 0;
  *fault = 0;
  while (place < length && end + 16 <= capacity) {
    uint64_t word;
    if (place + 8 <= length) {
      memcpy(&word, input + place, 8);
      if (!(word & 0x8080808080808080u)) {
        memcpy(output + end, &word, 8);
        place += 8;
        end += 8;
        continue;
      }
    }
    uint8_t first = input[place];
    if (first < 0x80) {
      output[end++] = first;
      place++;
      continue;
    }
    uint8_t second = place + 1 < length ? input[place + 1] : 0;
    if (first > 0x80 && first < 0xFF && second >= 0x40 && second < 0xFF) {
      uint32_t bytes = table[(first - 0x81) * 191 + second - 0x40];
      if (bytes) {
        for (int byte = 0; byte < 4; byte++) output[end + byte] = (uint8_t)(bytes >> (8 * byte));
        end += bytes >> 24 ? 4 : bytes >> 16 ? 3 : bytes >> 8 ? 2 : 1;
        place += 2;
        continue;
      }
    }
    size_t written;
    size_t used = convert_slowly(
        &converter, input + place, length - place, output + end, capacity - end, &written);
    if (used == 0) break;
    place += used;
    end += written;
  }
  if (converter != (iconv_t)-1) iconv_close(converter);
  if (place == length) return (long)end;
  *fault = place;
  return -1;
}
