#ifndef CPTY_H
#define CPTY_H
#include <sys/types.h>
/// Opens a pseudo-terminal of that size; returns the master and stores the slave, or returns -1 with
/// errno set. Both are close-on-exec.
int cpty_open(int *slave, int rows, int columns);
/// Changes the size; the program on the other side gets SIGWINCH.
int cpty_resize(int master, int rows, int columns);
/// Starts a program in a session of its own with that terminal as its controlling one and as its
/// descriptors 0, 1 and 2, or with another descriptor 1 and 2 where they are not -1. Signals are as a
/// shell would leave them. The process, or -1 with errno set.
pid_t cpty_spawn(
    const char *path, char *const arguments[], char *const environment[], int slave, int output,
    int errors);
/// Whether the terminal waits for whole lines, and whether it echoes: a set of these, or -1.
enum { cpty_canonical = 1, cpty_echo = 2, cpty_signals = 4 };
int cpty_attributes(int master);
/// Exit status, or 256 + the signal that ended the process; -1 while it runs.
/// 1 while the main thread of a program waits for input, -1 when there is no such program; and how
/// often it has begun to wait for anything.
int cpty_waits(pid_t process, long *switches);
int cpty_wait(pid_t process, int milliseconds);
/// Removes a folder and all in it.
int cpty_remove_tree(const char *path);
#endif
