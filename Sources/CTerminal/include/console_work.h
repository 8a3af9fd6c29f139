#ifndef CONSOLE_WORK_H
#define CONSOLE_WORK_H
// Work beside the editor, which waits for keys meanwhile.

/// Runs a function on a thread of its own that nobody waits for. Signals stay with the main
/// thread. 0, or -errno when there can be no thread; then the function is not called.
int console_run_beside(void (*body)(void *context), void *context);

#endif
