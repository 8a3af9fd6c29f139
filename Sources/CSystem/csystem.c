#include "csystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
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
