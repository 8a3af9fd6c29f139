#ifndef CSYSTEM_PRIVATEFILE_H
#define CSYSTEM_PRIVATEFILE_H

#include <stddef.h>

/// What a name itself is: a symbolic link is CSYSTEM_LINK and not what it leads to; else as
/// `csystem_kind` (csystem.h).
enum { CSYSTEM_LINK = 5 };
int csystem_kind_of_name(const char *path);

/// A new empty file that only its owner reads and writes (0600). An existing name, a symbolic link
/// too, is EEXIST. The descriptor, or -1 with errno set.
int csystem_create_private(const char *path);
/// A new folder of its owner's (0700).
int csystem_make_private_folder(const char *path);
/// Whether the file may be written by this process.
int csystem_is_writable(const char *path);

/// fsync of a file or folder by its name. 0, or -1 with errno set.
int csystem_sync_name(const char *path);
/// Gives a file a name that nothing has: EEXIST where something has it.
int csystem_rename_to_new(const char *path, const char *new_path);
int csystem_remove(const char *path);

/// The path without symbolic links. Returns its length, or -1 with errno set (ENAMETOOLONG where
/// `capacity` is too small).
long csystem_real_path(const char *path, char *buffer, size_t capacity);

int csystem_process_id(void);
int csystem_is_process_gone(int process);
/// Seconds since 1970.
long csystem_wall_seconds(void);

#endif
