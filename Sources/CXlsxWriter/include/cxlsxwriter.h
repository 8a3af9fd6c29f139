#ifndef CXLSXWRITER_H
#define CXLSXWRITER_H
// libxlsxwriter, opened when the first workbook is written: linked, it would cost every start of the
// program 1.5 ms. The types are checked against its header; the library is named nowhere in a link.

#include <stddef.h>
#include <stdint.h>

/// NULL if the library is there with all that is needed, else why not.
const char *cxlsx_why_missing(void);

/// A workbook on its way into memory.
typedef struct cxlsx_book cxlsx_book;

/// Results of the calls below: 0 is good, negative is an errno with its sign turned, positive a code
/// of the library.
enum { CXLSX_TOO_LONG = 1001, CXLSX_TOO_MANY_CELLS = 1002 };

/// `spills`: rows leave memory for a temporary file as soon as the next one begins, so they must
/// come in order. `room` is what the temporary files may need in bytes. NULL with `*fault` set.
cxlsx_book *cxlsx_create(int spills, uint64_t room, int *fault);

/// A number pattern of a spreadsheet (`#,##0`) with marks; the index to give to the cells, or -1.
enum { CXLSX_BOLD = 1, CXLSX_LINE_ABOVE = 2, CXLSX_LINE_BELOW = 4, CXLSX_RIGHT = 8 };
int cxlsx_add_format(cxlsx_book *book, const char *pattern, int marks);

int cxlsx_add_sheet(cxlsx_book *book, const char *name);
/// `width` in characters; the first `frozen` rows stay when one scrolls.
int cxlsx_set_column(cxlsx_book *book, uint16_t column, double width);
int cxlsx_freeze(cxlsx_book *book, uint32_t frozen);
int cxlsx_write_text(cxlsx_book *book, uint32_t row, uint16_t column, const char *text, int format);
int cxlsx_write_number(cxlsx_book *book, uint32_t row, uint16_t column, double number, int format);

/// Puts the file together; its bytes are then read with `cxlsx_read`.
int cxlsx_close(cxlsx_book *book, uint64_t *size);
/// The next bytes, their count, or an errno with its sign turned.
long cxlsx_read(cxlsx_book *book, void *buffer, size_t capacity);
void cxlsx_free(cxlsx_book *book);

void cxlsx_error_text(int fault, char *buffer, size_t capacity);

#endif
