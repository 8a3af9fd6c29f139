#define _GNU_SOURCE
#include "console_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void console_reserve_standard_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is `descriptor` itself, because those below are open by now.
    int opened = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    if (opened > 2) close(opened);
  }
}

long console_write(int descriptor, const uint8_t *bytes, size_t count) {
  for (;;) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0 || (written == 0 && count == 0)) return written;
    // A write of nothing would be repeated for ever: it is an I/O error.
    if (written == 0) return -EIO;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return -errno;
    struct pollfd waiting = {descriptor, POLLOUT, 0};
    if (poll(&waiting, 1, -1) < 0 && errno != EINTR) return -errno;
  }
}

long console_read(int descriptor, uint8_t *bytes, size_t count) {
  for (;;) {
    ssize_t got = read(descriptor, bytes, count);
    if (got >= 0) return got;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return -errno;
    struct pollfd waiting = {descriptor, POLLIN, 0};
    if (poll(&waiting, 1, -1) < 0 && errno != EINTR) return -errno;
  }
}

long console_read_at(int descriptor, uint8_t *bytes, size_t count, int64_t offset) {
  for (;;) {
    ssize_t got = pread(descriptor, bytes, count, (off_t)offset);
    if (got >= 0 || errno != EINTR) return got >= 0 ? got : -errno;
  }
}

static int checked(int result) { return result < 0 ? -errno : result; }

int console_close(int descriptor) {
  int result = close(descriptor);
  // Linux has closed the descriptor even when it says EINTR.
  return result < 0 && errno != EINTR ? -errno : 0;
}

int console_sync(int descriptor) {
  for (;;) {
    if (fsync(descriptor) == 0) return 0;
    if (errno != EINTR) return -errno;
  }
}

static int opened(const char *path, int flags, unsigned mode) {
  for (;;) {
    int descriptor = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    if (descriptor >= 0 || errno != EINTR) return checked(descriptor);
  }
}

int console_sync_folder(const char *path) {
  int descriptor = opened(path, O_RDONLY | O_DIRECTORY, 0);
  if (descriptor < 0) return descriptor;
  int result = console_sync(descriptor);
  close(descriptor);
  // Some file systems cannot sync a folder and say so with EINVAL: nothing more can be done there.
  return result == -EINVAL ? 0 : result;
}

int console_open_reading(const char *path) { return opened(path, O_RDONLY, 0); }
int console_open_new(const char *path, unsigned mode) {
  return opened(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}
int console_open_appending(const char *path, unsigned mode) {
  return opened(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode);
}

int console_open_device(const char *path) {
  // Opened again, a redirected standard output would have a position of its own and the two would
  // write over each other.
  int own = -1;
  char after = 0;
  if (strcmp(path, "/dev/stdout") == 0) own = 1;
  else if (strcmp(path, "/dev/stderr") == 0) own = 2;
  else if (sscanf(path, "/dev/fd/%d%c", &own, &after) != 1) own = -1;
  if (own >= 0) return checked(fcntl(own, F_DUPFD_CLOEXEC, 3));
  return opened(path, O_WRONLY | O_APPEND, 0);
}

int console_lock(int descriptor) {
  for (;;) {
    if (flock(descriptor, LOCK_EX) == 0) return 0;
    if (errno != EINTR) return -errno;
  }
}
int console_try_lock(int descriptor) { return checked(flock(descriptor, LOCK_EX | LOCK_NB)); }

static void fill(console_file_status *status, const struct stat *found) {
  status->kind = S_ISREG(found->st_mode)   ? console_file_regular
                 : S_ISDIR(found->st_mode) ? console_file_folder
                                           : console_file_other;
  status->mode = found->st_mode & 07777;
  status->device = found->st_dev;
  status->inode = found->st_ino;
  status->size = found->st_size;
  status->changed = (int64_t)found->st_mtim.tv_sec * 1000000000 + found->st_mtim.tv_nsec;
}

int console_status(const char *path, console_file_status *status) {
  struct stat found;
  memset(status, 0, sizeof *status);
  if (stat(path, &found) < 0) return errno == ENOENT ? 0 : -errno;
  fill(status, &found);
  return 0;
}
int console_status_of_descriptor(int descriptor, console_file_status *status) {
  struct stat found;
  memset(status, 0, sizeof *status);
  if (fstat(descriptor, &found) < 0) return -errno;
  fill(status, &found);
  return 0;
}
int console_change_mode(int descriptor, unsigned mode) {
  return checked(fchmod(descriptor, (mode_t)mode));
}

int console_rename(const char *from, const char *to) { return checked(rename(from, to)); }
int console_remove(const char *path) { return checked(unlink(path)); }
int console_make_folder(const char *path, unsigned mode) {
  return checked(mkdir(path, (mode_t)mode));
}
int console_exchange(const char *path, const char *other) {
  return checked(renameat2(AT_FDCWD, path, AT_FDCWD, other, RENAME_EXCHANGE));
}

// readdir allocates, which a handler may not: the kernel is asked itself.
static int remove_folder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return -errno;
  _Alignas(struct dirent64) char entries[8192];
  for (;;) {
    long got = syscall(SYS_getdents64, folder, entries, sizeof entries);
    if (got <= 0) break;
    for (long place = 0; place < got;) {
      const struct dirent64 *entry = (const struct dirent64 *)(entries + place);
      // Of `.` and `..` nothing is removed: they are folders.
      unlinkat(folder, entry->d_name, 0);
      place += entry->d_reclen;
    }
  }
  close(folder);
  return checked(rmdir(path));
}
int console_remove_temporary(const char *path) {
  if (unlink(path) == 0) return 0;
  return errno == EISDIR ? remove_folder(path) : -errno;
}

long console_resolve(const char *path, char *resolved, size_t capacity) {
  char buffer[PATH_MAX];
  if (!realpath(path, buffer)) return -errno;
  size_t length = strlen(buffer);
  if (length >= capacity) return -ENAMETOOLONG;
  memcpy(resolved, buffer, length + 1);
  return (long)length;
}

long console_list(const char *path, uint8_t *names, size_t capacity) {
  DIR *folder = opendir(path);
  if (!folder) return -errno;
  size_t needed = 0;
  struct dirent *entry;
  while ((entry = readdir(folder))) {
    size_t count = strlen(entry->d_name) + 1;
    if (needed + count <= capacity) memcpy(names + needed, entry->d_name, count);
    needed += count;
  }
  closedir(folder);
  return (long)needed;
}

const char *console_error_text(int number) {
  const char *text = strerrordesc_np(number);
  return text ? text : "unknown error";
}
void console_exit(int status) { exit(status); }
int console_process_id(void) { return getpid(); }
int console_is_process_gone(int process) {
  return process <= 0 || (kill(process, 0) < 0 && errno == ESRCH);
}

static int64_t now(clockid_t clock, int64_t perSecond) {
  struct timespec time;
  if (clock_gettime(clock, &time) < 0) return 0;
  return (int64_t)time.tv_sec * perSecond + time.tv_nsec / (1000000000 / perSecond);
}
int64_t console_monotonic_nanoseconds(void) { return now(CLOCK_MONOTONIC, 1000000000); }
int64_t console_wall_seconds(void) { return now(CLOCK_REALTIME, 1); }
int64_t console_wall_milliseconds(void) { return now(CLOCK_REALTIME, 1000); }
size_t console_local_time(int64_t seconds, char *text, size_t capacity) {
  time_t time = (time_t)seconds;
  struct tm parts;
  if (!localtime_r(&time, &parts)) return 0;
  return strftime(text, capacity, "%Y-%m-%d %H:%M:%S", &parts);
}
const char *console_environment(const char *name) { return getenv(name); }
