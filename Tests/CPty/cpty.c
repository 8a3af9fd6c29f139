#define _GNU_SOURCE
#include "cpty.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
int cpty_open(int *slave, int rows, int columns) {
  // Closed on exec from the first moment: a program started meanwhile by another test would keep
  // the terminal open after its own program has ended.
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  char name[64];
  if (master < 0 || grantpt(master) || unlockpt(master) || ptsname_r(master, name, sizeof name)) {
    return -1;
  }
  *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*slave < 0) return -1;
  cpty_resize(master, rows, columns);
  return master;
}
int cpty_resize(int master, int rows, int columns) {
  struct winsize w = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  return ioctl(master, TIOCSWINSZ, &w);
}
pid_t cpty_spawn(
    const char *path, char *const arguments[], char *const environment[], int slave, int output,
    int errors) {
  // fork and not posix_spawn: only the child itself can take the terminal as its controlling one. It
  // calls nothing here that another thread could hold a lock for.
  pid_t process = fork();
  if (process != 0) return process;
  setsid();
  ioctl(slave, TIOCSCTTY, 0);
  dup2(slave, 0);
  dup2(output < 0 ? slave : output, 1);
  dup2(errors < 0 ? slave : errors, 2);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  execve(path, arguments, environment);
  _exit(127);
}
int cpty_attributes(int master) {
  struct termios t;
  if (tcgetattr(master, &t)) return -1;
  return (t.c_lflag & ICANON ? cpty_canonical : 0) | (t.c_lflag & ECHO ? cpty_echo : 0) |
         (t.c_lflag & ISIG ? cpty_signals : 0);
}
int cpty_wait(pid_t process, int milliseconds) {
  for (int waited = 0;; waited++) {
    int status = 0;
    pid_t ended = waitpid(process, &status, WNOHANG);
    if (ended == process) return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
    if (ended < 0 || waited >= milliseconds) return -1;
    struct timespec moment = {0, 1000000};
    nanosleep(&moment, 0);
  }
}
// The system call a process is in; -1 while it runs, or where the kernel does not say.
static long present_call(pid_t process) {
  char path[64], line[64] = "";
  snprintf(path, sizeof path, "/proc/%d/syscall", (int)process);
  FILE *call = fopen(path, "re");
  if (!call) return -1;
  if (!fgets(line, sizeof line, call)) line[0] = 0;
  fclose(call);
  return line[0] >= '0' && line[0] <= '9' ? atol(line) : -1;
}
int cpty_waits(pid_t process, long *switches) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/status", (int)process);
  FILE *status = fopen(path, "re");
  if (!status) return -1;
  while (fgets(line, sizeof line, status)) {
    if (!strncmp(line, "voluntary_ctxt_switches:", 24)) *switches = atol(line + 24);
  }
  fclose(status);
  long call = present_call(process);
#ifdef SYS_poll
  if (call == SYS_poll) return 1;
#endif
  return call == SYS_ppoll || call == SYS_read;
}
static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *walk) {
  (void)s, (void)kind, (void)walk;
  return remove(path);
}
int cpty_remove_tree(const char *path) { return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS); }
