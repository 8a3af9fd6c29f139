#define _GNU_SOURCE
#include "cxlsxwriter.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xlsxwriter.h>

// The one list of what is used: each name becomes a pointer with the type that the header gives it.
#define CALLS(X)                                                                                   \
  X(workbook_new_opt)                                                                              \
  X(workbook_set_properties)                                                                       \
  X(workbook_add_worksheet)                                                                        \
  X(workbook_add_format)                                                                           \
  X(workbook_close)                                                                                \
  X(worksheet_set_column)                                                                          \
  X(worksheet_freeze_panes)                                                                        \
  X(worksheet_write_string)                                                                        \
  X(worksheet_write_number)                                                                        \
  X(format_set_num_format)                                                                         \
  X(format_set_bold)                                                                               \
  X(format_set_top)                                                                                \
  X(format_set_bottom)                                                                             \
  X(format_set_align)                                                                              \
  X(lxw_strerror)                                                                                  \
  X(lxw_version)

#define DECLARE(name) static __typeof__(name) *call_##name;
CALLS(DECLARE)
#undef DECLARE

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[256];

static void open_library(void) {
  void *library = dlopen("libxlsxwriter.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *why = dlerror();
    snprintf(missing, sizeof missing, "%s", why ? why : "libxlsxwriter.so.4");
    return;
  }
#define FIND(name)                                                                                 \
  *(void **)&call_##name = dlsym(library, #name);                                                  \
  if (!call_##name && !missing[0])                                                                 \
    snprintf(missing, sizeof missing, "%s, version %s", #name,                                     \
             call_lxw_version ? call_lxw_version() : "?");
  // First the version, so that a message about another function can name it.
  FIND(lxw_version)
  CALLS(FIND)
#undef FIND
}

const char *cxlsx_why_missing(void) {
  pthread_once(&once, open_library);
  return missing[0] ? missing : NULL;
}

struct cxlsx_book {
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format **formats;
  int format_count;
  /// The file, in memory: no half workbook can ever lie on a disk.
  int descriptor;
};

// The library does not check the writes of its temporary files, so a full disk would give a workbook
// with holes. The room is looked for before.
static int find_room(uint64_t room, char *folder, size_t capacity) {
  const char *wanted = getenv("TMPDIR");
  const char *places[] = {wanted && wanted[0] == '/' ? wanted : "/tmp", "/tmp", "/var/tmp"};
  for (size_t place = 0; place < sizeof places / sizeof *places; place += 1) {
    struct statvfs facts;
    if (strlen(places[place]) >= capacity || access(places[place], W_OK) != 0) continue;
    if (statvfs(places[place], &facts) != 0) continue;
    if ((uint64_t)facts.f_bavail * facts.f_frsize < room) continue;
    strcpy(folder, places[place]);
    return 0;
  }
  return -ENOSPC;
}

cxlsx_book *cxlsx_create(int spills, uint64_t room, int *fault) {
  char folder[512], path[64];
  *fault = cxlsx_why_missing() ? -ENOSYS : find_room(room, folder, sizeof folder);
  if (*fault) return NULL;
  *fault = -ENOMEM;
  cxlsx_book *book = calloc(1, sizeof *book);
  if (!book) return NULL;
  book->descriptor = memfd_create("workbook", MFD_CLOEXEC);
  if (book->descriptor < 0) {
    *fault = -errno;
    free(book);
    return NULL;
  }
  snprintf(path, sizeof path, "/proc/self/fd/%d", book->descriptor);
  lxw_workbook_options options = {0};
  options.constant_memory = spills ? LXW_TRUE : LXW_FALSE;
  options.tmpdir = folder;
  book->workbook = call_workbook_new_opt(path, &options);
  if (!book->workbook) {
    cxlsx_free(book);
    return NULL;
  }
  // A fixed time of making, so that the same answer is the same file: 2000-01-01.
  lxw_doc_properties properties = {0};
  properties.created = 946684800;
  *fault = call_workbook_set_properties(book->workbook, &properties);
  return book;
}

int cxlsx_add_format(cxlsx_book *book, const char *pattern, int marks) {
  lxw_format **formats =
      realloc(book->formats, sizeof *formats * ((size_t)book->format_count + 1));
  if (!formats) return -1;
  book->formats = formats;
  lxw_format *format = call_workbook_add_format(book->workbook);
  if (!format) return -1;
  if (pattern[0]) call_format_set_num_format(format, pattern);
  if (marks & CXLSX_BOLD) call_format_set_bold(format);
  if (marks & CXLSX_LINE_ABOVE) call_format_set_top(format, LXW_BORDER_THIN);
  if (marks & CXLSX_LINE_BELOW) call_format_set_bottom(format, LXW_BORDER_THIN);
  if (marks & CXLSX_RIGHT) call_format_set_align(format, LXW_ALIGN_RIGHT);
  book->formats[book->format_count] = format;
  return book->format_count++;
}

static lxw_format *format_at(const cxlsx_book *book, int index) {
  return index >= 0 && index < book->format_count ? book->formats[index] : NULL;
}

static int fault_of(lxw_error error) {
  switch (error) {
  case LXW_NO_ERROR: return 0;
  case LXW_ERROR_MEMORY_MALLOC_FAILED: return -ENOMEM;
  case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED: return CXLSX_TOO_LONG;
  case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE: return CXLSX_TOO_MANY_CELLS;
  default: return (int)error;
  }
}

int cxlsx_add_sheet(cxlsx_book *book, const char *name) {
  book->sheet = call_workbook_add_worksheet(book->workbook, name);
  return book->sheet ? 0 : LXW_ERROR_PARAMETER_VALIDATION;
}

int cxlsx_set_column(cxlsx_book *book, uint16_t column, double width) {
  return fault_of(call_worksheet_set_column(book->sheet, column, column, width, NULL));
}

int cxlsx_freeze(cxlsx_book *book, uint32_t frozen) {
  call_worksheet_freeze_panes(book->sheet, frozen, 0);
  return 0;
}

int cxlsx_write_text(cxlsx_book *book, uint32_t row, uint16_t column, const char *text, int format) {
  return fault_of(
      call_worksheet_write_string(book->sheet, row, column, text, format_at(book, format)));
}

int cxlsx_write_number(cxlsx_book *book, uint32_t row, uint16_t column, double number, int format) {
  return fault_of(
      call_worksheet_write_number(book->sheet, row, column, number, format_at(book, format)));
}

// The library writes what has gone wrong to standard error besides returning it: told once, in the
// caller's words, is enough.
static lxw_error close_quietly(lxw_workbook *workbook) {
  int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
  int errors = quiet < 0 ? -1 : fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (errors >= 0) dup2(quiet, 2);
  lxw_error error = call_workbook_close(workbook);
  fflush(stderr);
  if (errors >= 0) {
    dup2(errors, 2);
    close(errors);
  }
  if (quiet >= 0) close(quiet);
  return error;
}

int cxlsx_close(cxlsx_book *book, uint64_t *size) {
  lxw_workbook *workbook = book->workbook;
  book->workbook = NULL; // Freed by the library, also when it fails.
  lxw_error error = close_quietly(workbook);
  if (error) return fault_of(error);
  off_t end = lseek(book->descriptor, 0, SEEK_END);
  if (end < 0 || lseek(book->descriptor, 0, SEEK_SET) < 0) return -errno;
  *size = (uint64_t)end;
  return 0;
}

long cxlsx_read(cxlsx_book *book, void *buffer, size_t capacity) {
  ssize_t count;
  do count = read(book->descriptor, buffer, capacity);
  while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}

void cxlsx_free(cxlsx_book *book) {
  // An unfinished workbook is closed into memory that is thrown away: the library has no other call
  // that frees it.
  if (book->workbook) close_quietly(book->workbook);
  if (book->descriptor >= 0) close(book->descriptor);
  free(book->formats);
  free(book);
}

void cxlsx_error_text(int fault, char *buffer, size_t capacity) {
  if (fault < 0) {
    snprintf(buffer, capacity, "%s", strerrordesc_np(-fault) ? strerrordesc_np(-fault) : "?");
  } else {
    snprintf(buffer, capacity, "%s", cxlsx_why_missing() ? "?" : call_lxw_strerror(fault));
  }
}
