#ifndef CLIBEDIT_H
#define CLIBEDIT_H
// Thin non-variadic shims over libedit's wide-character interface, and what the console needs of
// the operating system beside it. Characters are Unicode scalars in 32 bits: wchar_t on Linux.

#include <stddef.h>
#include <stdint.h>


typedef struct console_editor console_editor;

typedef enum {
  console_read_end = 0,
  console_read_character = 1,
  console_read_failed = -1,
} console_read_result;

typedef enum {
  console_action_done,
  console_action_accept,
  console_action_leave,
} console_action_result;

typedef struct {
  void *context;
  /// The next character for libedit. The line is up to date whenever this is called.
  console_read_result (*read)(void *context, uint32_t *character);
  /// A key bound to an action of ours was typed.
  console_action_result (*perform)(void *context, int action);
} console_editor_hooks;

enum { console_action_limit = 48 };

/// libedit on descriptors 0, 1 and 2, drawing into /dev/null, without signal handlers. NULL when it
/// cannot start. One at a time in a process.
console_editor *console_editor_open(const console_editor_hooks *hooks);
void console_editor_close(console_editor *editor);

/// Names an action so that keys and ~/.editrc can bind it. 0 on success.
int console_editor_add_action(
    console_editor *editor, int action, const char *name, const char *description);
/// Binds a key or key sequence, as bytes, to an editor command; in vi's command map if asked.
int console_editor_bind(
    console_editor *editor, int in_command_map, const char *keys, const char *command);
/// Reads ~/.editrc; lines it does not know are passed over.
void console_editor_source(console_editor *editor);
int console_editor_is_vi(console_editor *editor);
/// Ctrl-C, Ctrl-Z, Ctrl-\, Ctrl-S, Ctrl-Q and Ctrl-V arrive as characters while a line is edited.
void console_editor_take_control_keys(console_editor *editor);

/// Reads one line through the hooks: its length, 0 for the end of input, -1 for a failure.
int console_editor_read(console_editor *editor);
/// The text as it stands; valid until the next call that changes it.
const uint32_t *console_editor_text(console_editor *editor, size_t *count, size_t *cursor);
/// Puts another text (ended by zero) and cursor in its place. 0, or -1 without memory.
int console_editor_set_text(console_editor *editor, const uint32_t *text, size_t cursor);
/// Into the mode for editing (1) or as it was before (0).
void console_editor_prepare_terminal(console_editor *editor, int is_editing);
void console_editor_resize(console_editor *editor);

/// setlocale(LC_CTYPE, name), "" for what the environment says; 0 when it is not installed.
int console_set_character_locale(const char *name);
/// The character set of the locale in force.
const char *console_character_set(void);

typedef struct console_converter console_converter;
/// iconv between two character sets; NULL when the C library does not know one.
console_converter *console_converter_open(const char *to, const char *from);
void console_converter_close(console_converter *converter);
/// Converts until the input is used up, the output is full, or a sequence cannot be converted. What
/// was used and what was made is stored; 0 when all is done, else -errno: EILSEQ, EINVAL (cut off),
/// E2BIG.
int console_convert(
    console_converter *converter, const uint8_t *input, size_t input_count, uint8_t *output,
    size_t output_count, size_t *used, size_t *made);

#endif
