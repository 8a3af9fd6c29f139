#ifndef CONSOLE_CHILDREN_H
#define CONSOLE_CHILDREN_H
// Programs the console starts: the pager and the person's editor.

/// Starts `/bin/sh -c command`, with a pipe as its standard input if `input` is not NULL (the
/// writing end is stored). Signals are as a shell would leave them. The process, or -errno.
int console_start(const char *command, int *input);
/// Waits for the end: the exit status, 128 + the signal, or -errno.
int console_await(int process);
/// While a child has the terminal, Ctrl-C and Ctrl-\ are for the child, and a child that stops
/// reading is an error of `write`: the three signals are ignored here, and then as they were before.
void console_yield_signals(int is_yielded);

#endif
