#include "czip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

// The types come from the library's own header: a call that does not fit it does not compile.
static struct {
  __typeof__(&zip_source_buffer_create) source_buffer_create;
  __typeof__(&zip_source_free) source_free;
  __typeof__(&zip_open_from_source) open_from_source;
  __typeof__(&zip_discard) discard;
  __typeof__(&zip_get_num_entries) get_num_entries;
  __typeof__(&zip_get_name) get_name;
  __typeof__(&zip_stat_index) stat_index;
  __typeof__(&zip_fopen_index) fopen_index;
  __typeof__(&zip_fread) fread;
  __typeof__(&zip_fclose) fclose;
  __typeof__(&zip_strerror) strerror;
  __typeof__(&zip_file_strerror) file_strerror;
  __typeof__(&zip_error_init) error_init;
  __typeof__(&zip_error_strerror) error_strerror;
  __typeof__(&zip_error_fini) error_fini;
  __typeof__(&zip_libzip_version) version;
} library;

static int state = CZIP_MISSING;
static char reason[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void tell(char *why, size_t capacity, const char *text) {
  if (capacity > 0) snprintf(why, capacity, "%s", text == NULL ? "" : text);
}

static void prepare(void) {
  void *handle = dlopen("libzip.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) handle = dlopen("libzip.so.5", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    tell(reason, sizeof reason, dlerror());
    return;
  }
  struct {
    const char *name;
    void **place;
  } symbols[] = {
      {"zip_source_buffer_create", (void **)&library.source_buffer_create},
      {"zip_source_free", (void **)&library.source_free},
      {"zip_open_from_source", (void **)&library.open_from_source},
      {"zip_discard", (void **)&library.discard},
      {"zip_get_num_entries", (void **)&library.get_num_entries},
      {"zip_get_name", (void **)&library.get_name},
      {"zip_stat_index", (void **)&library.stat_index},
      {"zip_fopen_index", (void **)&library.fopen_index},
      {"zip_fread", (void **)&library.fread},
      {"zip_fclose", (void **)&library.fclose},
      {"zip_strerror", (void **)&library.strerror},
      {"zip_file_strerror", (void **)&library.file_strerror},
      {"zip_error_init", (void **)&library.error_init},
      {"zip_error_strerror", (void **)&library.error_strerror},
      {"zip_error_fini", (void **)&library.error_fini},
      {"zip_libzip_version", (void **)&library.version},
  };
  for (size_t index = 0; index < sizeof symbols / sizeof symbols[0]; index++) {
    *symbols[index].place = dlsym(handle, symbols[index].name);
    if (*symbols[index].place == NULL) {
      const char *(*version)(void) =
          (const char *(*)(void))dlsym(handle, "zip_libzip_version");
      snprintf(
          reason, sizeof reason, "%s lacks %s", version == NULL ? "?" : version(),
          symbols[index].name);
      state = CZIP_TOO_OLD;
      return;
    }
  }
  state = CZIP_READY;
}

int czip_prepare(char *why, size_t capacity) {
  pthread_once(&once, prepare);
  tell(why, capacity, reason);
  return state;
}

struct czip_archive *czip_open(const void *bytes, size_t count, char *why, size_t capacity) {
  void *copy = malloc(count == 0 ? 1 : count);
  if (copy == NULL) {
    tell(why, capacity, "out of memory");
    return NULL;
  }
  memcpy(copy, bytes, count);
  zip_error_t error;
  library.error_init(&error);
  zip_t *archive = NULL;
  zip_source_t *source = library.source_buffer_create(copy, count, 1, &error);
  if (source == NULL) {
    free(copy);
  } else {
    archive = library.open_from_source(source, ZIP_RDONLY, &error);
    if (archive == NULL) library.source_free(source);
  }
  if (archive == NULL) tell(why, capacity, library.error_strerror(&error));
  library.error_fini(&error);
  return (struct czip_archive *)archive;
}

void czip_close(struct czip_archive *archive) { library.discard((zip_t *)archive); }

int64_t czip_count(struct czip_archive *archive) {
  return library.get_num_entries((zip_t *)archive, 0);
}

const char *czip_name(struct czip_archive *archive, int64_t index) {
  return index < 0 ? NULL : library.get_name((zip_t *)archive, (zip_uint64_t)index, 0);
}

int czip_is_encrypted(struct czip_archive *archive, int64_t index) {
  zip_stat_t status;
  if (index < 0 || library.stat_index((zip_t *)archive, (zip_uint64_t)index, 0, &status) != 0) {
    return 0;
  }
  return (status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
         status.encryption_method != ZIP_EM_NONE;
}

struct czip_part *czip_open_part(
    struct czip_archive *archive, int64_t index, char *why, size_t capacity) {
  zip_file_t *part =
      index < 0 ? NULL : library.fopen_index((zip_t *)archive, (zip_uint64_t)index, 0);
  if (part == NULL) tell(why, capacity, library.strerror((zip_t *)archive));
  return (struct czip_part *)part;
}

int64_t czip_read(
    struct czip_part *part, void *buffer, size_t capacity, char *why, size_t why_capacity) {
  zip_int64_t count = library.fread((zip_file_t *)part, buffer, capacity);
  if (count < 0) tell(why, why_capacity, library.file_strerror((zip_file_t *)part));
  return count;
}

void czip_close_part(struct czip_part *part) { library.fclose((zip_file_t *)part); }
