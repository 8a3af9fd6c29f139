#define _GNU_SOURCE
#include "clibedit.h"

#include <errno.h>
#include <histedit.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a wide character is a Unicode scalar");

enum { name_capacity = 48, description_capacity = 96, key_capacity = 32 };

struct console_editor {
  EditLine *line;
  FILE *nowhere;
  console_editor_hooks hooks;
  // libedit keeps the pointers to names and descriptions, so they live as long as the editor.
  wchar_t names[console_action_limit][name_capacity];
  wchar_t descriptions[console_action_limit][description_capacity];
};

static console_editor *editor_of(EditLine *line) {
  void *editor = NULL;
  el_wget(line, EL_CLIENTDATA, &editor);
  return editor;
}

static wchar_t *empty_prompt(EditLine *line) {
  (void)line;
  static wchar_t empty[1];
  return empty;
}

static int read_character(EditLine *line, wchar_t *character) {
  console_editor *editor = editor_of(line);
  uint32_t scalar = 0;
  console_read_result result = editor->hooks.read(editor->hooks.context, &scalar);
  *character = (wchar_t)scalar;
  return result;
}

static unsigned char perform(EditLine *line, int action) {
  console_editor *editor = editor_of(line);
  switch (editor->hooks.perform(editor->hooks.context, action)) {
    case console_action_accept: return CC_NEWLINE;
    case console_action_leave: return CC_EOF;
    // Not CC_REFRESH: libedit's picture goes nowhere, so it need not be made.
    case console_action_done: break;
  }
  return CC_NORM;
}

// libedit calls a function without saying which key or name led to it: one function an action.
#define ACTION(number) \
  static unsigned char action_##number(EditLine *line, wint_t character) { \
    (void)character; \
    return perform(line, number); \
  }
#define ALL(X) \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) \
  X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) \
  X(31) X(32) X(33) X(34) X(35) X(36) X(37) X(38) X(39) X(40) X(41) X(42) X(43) X(44) X(45) \
  X(46) X(47)
ALL(ACTION)
#define ENTRY(number) action_##number,
typedef unsigned char (*action_function)(EditLine *, wint_t);
static const action_function actions[] = {ALL(ENTRY)};
_Static_assert(sizeof actions / sizeof *actions == console_action_limit, "one function an action");

static int widen(wchar_t *wide, size_t capacity, const char *ascii) {
  size_t length = strlen(ascii);
  if (length >= capacity) return -1;
  for (size_t index = 0; index <= length; index++) wide[index] = (unsigned char)ascii[index];
  return 0;
}

console_editor *console_editor_open(const console_editor_hooks *hooks) {
  console_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->hooks = *hooks;
  editor->nowhere = fopen("/dev/null", "we");
  if (editor->nowhere) {
    editor->line = el_init_fd("tongbao", stdin, editor->nowhere, stderr, 0, 1, 2);
  }
  if (!editor->line) {
    if (editor->nowhere) fclose(editor->nowhere);
    free(editor);
    return NULL;
  }
  el_wset(editor->line, EL_CLIENTDATA, (void *)editor);
  el_wset(editor->line, EL_PROMPT, empty_prompt);
  el_wset(editor->line, EL_SIGNAL, 0);
  el_wset(editor->line, EL_EDITOR, L"emacs");
  el_wset(editor->line, EL_GETCFN, read_character);
  return editor;
}

void console_editor_close(console_editor *editor) {
  el_end(editor->line);
  fclose(editor->nowhere);
  free(editor);
}

int console_editor_add_action(
    console_editor *editor, int action, const char *name, const char *description) {
  if (action < 0 || action >= console_action_limit) return -1;
  wchar_t *wide_name = editor->names[action];
  wchar_t *wide_description = editor->descriptions[action];
  if (widen(wide_name, name_capacity, name)) return -1;
  if (widen(wide_description, description_capacity, description)) return -1;
  return el_wset(editor->line, EL_ADDFN, wide_name, wide_description, actions[action]);
}

int console_editor_bind(
    console_editor *editor, int in_command_map, const char *keys, const char *command) {
  // `bind` reads ^ and \ as its own notation: every key is written in octal.
  wchar_t notation[key_capacity * 4 + 1] = L"";
  wchar_t name[name_capacity];
  size_t length = strlen(keys);
  if (length == 0 || length >= key_capacity || widen(name, name_capacity, command)) return -1;
  for (size_t index = 0; index < length; index++) {
    swprintf(notation + index * 4, 5, L"\\%03o", (unsigned)(unsigned char)keys[index]);
  }
  if (in_command_map) return el_wset(editor->line, EL_BIND, L"-a", notation, name, NULL);
  return el_wset(editor->line, EL_BIND, notation, name, NULL);
}

void console_editor_source(console_editor *editor) { el_source(editor->line, NULL); }

int console_editor_is_vi(console_editor *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor->line, EL_EDITOR, &name) == 0 && name && wcscmp(name, L"vi") == 0;
}

void console_editor_take_control_keys(console_editor *editor) {
  el_wset(editor->line, EL_SETTY, L"-d", L"-isig", NULL);
  el_wset(editor->line, EL_SETTY, L"-d", L"-iexten", NULL);
  el_wset(editor->line, EL_SETTY, L"-d", L"-ixon", NULL);
  // Enter arrives as Ctrl-M, and CR LF in a paste stays one line break; both keys mean Enter.
  el_wset(editor->line, EL_SETTY, L"-d", L"-icrnl", NULL);
  el_wset(editor->line, EL_SETTY, L"-d", L"-inlcr", NULL);
}

int console_editor_read(console_editor *editor) {
  int count = 0;
  const wchar_t *line = el_wgets(editor->line, &count);
  return line ? count : count < 0 ? -1 : 0;
}

const uint32_t *console_editor_text(console_editor *editor, size_t *count, size_t *cursor) {
  const LineInfoW *line = el_wline(editor->line);
  *count = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return (const uint32_t *)line->buffer;
}

int console_editor_set_text(console_editor *editor, const uint32_t *text, size_t cursor) {
  size_t count;
  size_t old_cursor;
  console_editor_text(editor, &count, &old_cursor);
  // el_wreplacestr keeps a cursor that may lie past the new end and refuses an empty text; this is
  // the same from parts that do neither.
  el_cursor(editor->line, (int)(count - old_cursor));
  el_deletestr(editor->line, (int)count);
  size_t length = wcslen((const wchar_t *)text);
  if (length > 0 && el_winsertstr(editor->line, (const wchar_t *)text)) return -1;
  if (cursor < length) el_cursor(editor->line, -(int)(length - cursor));
  return 0;
}

void console_editor_prepare_terminal(console_editor *editor, int is_editing) {
  el_wset(editor->line, EL_PREP_TERM, is_editing);
}

void console_editor_resize(console_editor *editor) { el_resize(editor->line); }

int console_set_character_locale(const char *name) { return setlocale(LC_CTYPE, name) != NULL; }
const char *console_character_set(void) { return nl_langinfo(CODESET); }

struct console_converter {
  iconv_t handle;
};

console_converter *console_converter_open(const char *to, const char *from) {
  iconv_t handle = iconv_open(to, from);
  if (handle == (iconv_t)-1) return NULL;
  console_converter *converter = malloc(sizeof *converter);
  if (!converter) {
    iconv_close(handle);
    return NULL;
  }
  converter->handle = handle;
  return converter;
}

void console_converter_close(console_converter *converter) {
  iconv_close(converter->handle);
  free(converter);
}

int console_convert(
    console_converter *converter, const uint8_t *input, size_t input_count, uint8_t *output,
    size_t output_count, size_t *used, size_t *made) {
  char *in = (char *)input;
  char *out = (char *)output;
  size_t in_left = input_count;
  size_t out_left = output_count;
  size_t result = iconv(converter->handle, &in, &in_left, &out, &out_left);
  int error = result == (size_t)-1 ? errno : 0;
  *used = input_count - in_left;
  *made = output_count - out_left;
  return -error;
}
