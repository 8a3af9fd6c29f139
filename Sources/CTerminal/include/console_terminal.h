#ifndef CONSOLE_TERMINAL_H
#define CONSOLE_TERMINAL_H
// The terminal itself: its size, its attributes, and waiting for what is typed.

int console_is_terminal(int descriptor);
/// The size the kernel knows; 0 on success. Rows or columns may be 0 where it knows none.
int console_window_size(int descriptor, int *rows, int *columns);

/// Remembers the attributes of the terminal as the shell left them; -errno if there are none.
int console_terminal_save(int descriptor);
/// Sets the remembered attributes again.
void console_terminal_restore(void);
/// Says whether bracketed paste is on now and where it would have to be switched off.
void console_terminal_mark_editing(int descriptor, int is_editing);
/// For signal handlers: attributes as remembered, bracketed paste off, cursor shown.
void console_terminal_emergency_restore(void);

/// Keys come one by one and are not shown (Ctrl-C stays a signal), or the terminal is as remembered.
void console_terminal_read_keys(int descriptor, int is_on);

/// Stops this program as Ctrl-Z does and returns when it is continued.
void console_suspend(void);

enum { console_ready_input = 1, console_ready_wake = 2, console_ready_hangup = 4 };
/// Waits for input or a wake: a set of console_ready_…, 0 after the time-out. A negative time-out
/// waits for ever; a descriptor of -1 is left out.
int console_wait(int input, int wake, int milliseconds);

#endif
