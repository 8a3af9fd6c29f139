#include "privatefile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "csystem.h"

int csystem_kind_of_name(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0) return CSYSTEM_MISSING;
  return S_ISLNK(status.st_mode) ? CSYSTEM_LINK : csystem_kind(path);
}

int csystem_create_private(const char *path) {
  return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

int csystem_make_private_folder(const char *path) { return mkdir(path, 0700); }

int csystem_is_writable(const char *path) { return access(path, W_OK) == 0; }

int csystem_sync_name(const char *path) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  int result = fsync(descriptor);
  int reason = errno;
  close(descriptor);
  errno = reason;
  return result;
}

int csystem_rename_to_new(const char *path, const char *new_path) {
  if (link(path, new_path) == 0) {
    // Under its new name the file is whole: an old name that stays is removed by a later run.
    (void)unlink(path);
    return 0;
  }
  if (errno != EPERM && errno != ENOSYS && errno != EOPNOTSUPP) return -1;
  // A file system without hard links: the look and the rename are then two steps.
  struct stat status;
  if (lstat(new_path, &status) == 0) {
    errno = EEXIST;
    return -1;
  }
  return rename(path, new_path);
}

int csystem_remove(const char *path) { return unlink(path); }

long csystem_real_path(const char *path, char *buffer, size_t capacity) {
  char *real = realpath(path, NULL);
  if (real == NULL) return -1;
  size_t length = strlen(real);
  if (length + 1 > capacity) {
    free(real);
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(buffer, real, length + 1);
  free(real);
  return (long)length;
}

int csystem_process_id(void) { return (int)getpid(); }

// Ended, and not yet fetched by its parent: such a process writes no more.
static int is_zombie(int process) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/%d/stat", process);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  ssize_t count = read(descriptor, text, sizeof text - 1);
  close(descriptor);
  if (count <= 0) return 0;
  text[count] = 0;
  // The name of the program stands in brackets and may hold any character.
  const char *end = strrchr(text, ')');
  return end != NULL && end[1] == ' ' && (end[2] == 'Z' || end[2] == 'X');
}

int csystem_is_process_gone(int process) {
  if (process <= 0) return 0;
  if (kill(process, 0) != 0) return errno == ESRCH;
  return is_zombie(process);
}

long csystem_wall_seconds(void) { return (long)time(NULL); }
