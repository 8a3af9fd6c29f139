#ifndef CONSOLE_FILES_H
#define CONSOLE_FILES_H
// Descriptors, files and folders for the console: every call is checked, none is variadic, and
// failures come back as the negated errno, so that Swift never reads errno.

#include <stddef.h>
#include <stdint.h>

/// Puts a closed descriptor 0, 1 or 2 on /dev/null in the wrong direction: no file opened later can
/// become standard output by accident, and using the descriptor still fails with EBADF.
void console_reserve_standard_descriptors(void);

/// write(2), repeated after EINTR, after waiting where the descriptor does not block.
/// The bytes written (at least 1 unless count is 0), or -errno.
long console_write(int descriptor, const uint8_t *bytes, size_t count);
/// read(2), repeated after EINTR. 0 at the end; -errno.
long console_read(int descriptor, uint8_t *bytes, size_t count);
/// pread(2).
long console_read_at(int descriptor, uint8_t *bytes, size_t count, int64_t offset);
/// close(2). EINTR counts as closed.
int console_close(int descriptor);
int console_sync(int descriptor);
/// fsync of the folder itself: a rename is lasting only after it.
int console_sync_folder(const char *path);

int console_open_reading(const char *path);
/// A new file for writing; -EEXIST when the name is taken, also by a symbolic link.
int console_open_new(const char *path, unsigned mode);
/// Opened for reading and appending, made when missing; a symbolic link is refused.
int console_open_appending(const char *path, unsigned mode);
/// Opened for writing as it is: a FIFO or device.
int console_open_device(const char *path);

/// flock(2): shared, exclusive or exclusive without waiting (-EWOULDBLOCK).
int console_lock(int descriptor);
int console_try_lock(int descriptor);

typedef enum {
  console_file_missing,
  console_file_regular,
  console_file_folder,
  console_file_other,
} console_file_kind;

typedef struct {
  console_file_kind kind;
  uint32_t mode;
  uint64_t device;
  uint64_t inode;
  int64_t size;
  /// The last change, in nanoseconds since 1970.
  int64_t changed;
} console_file_status;

/// stat(2), through symbolic links; a missing file is a kind, not an error.
int console_status(const char *path, console_file_status *status);
int console_status_of_descriptor(int descriptor, console_file_status *status);
int console_change_mode(int descriptor, unsigned mode);

int console_rename(const char *from, const char *to);
int console_remove(const char *path);
int console_make_folder(const char *path, unsigned mode);
/// Removes a file, or a folder with the files in it, not deeper. Also for handlers of signals.
int console_remove_temporary(const char *path);
/// Each of two names gets what the other had, at one moment.
int console_exchange(const char *path, const char *other);
/// realpath(3) into `resolved`, which holds `capacity` bytes; its length, or -errno.
long console_resolve(const char *path, char *resolved, size_t capacity);

/// The names of a folder, one after the other, each ended by a zero byte; the number of bytes
/// needed, or -errno. Nothing past `capacity` is stored.
long console_list(const char *path, uint8_t *names, size_t capacity);

/// Sentences for error numbers that have no wording of ours; in English, whatever the locale.
const char *console_error_text(int number);
/// exit(3).
void console_exit(int status) __attribute__((noreturn));
int console_process_id(void);
/// 1 when no process has this number.
int console_is_process_gone(int process);
int64_t console_monotonic_nanoseconds(void);
int64_t console_wall_seconds(void);
int64_t console_wall_milliseconds(void);
/// `2026-11-25 08:30:05` in the time zone of the process, for people to read; its length, 0 for a time
/// that no calendar has.
size_t console_local_time(int64_t seconds, char *text, size_t capacity);
/// The value of a variable of the environment, or NULL. Valid while nobody changes the environment.
const char *console_environment(const char *name);

#endif
