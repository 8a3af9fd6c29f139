#define _GNU_SOURCE
#include "console_children.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int console_start(const char *command, int *input) {
  int pipe_ends[2] = {-1, -1};
  if (input && pipe2(pipe_ends, O_CLOEXEC) < 0) return -errno;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (input) posix_spawn_file_actions_adddup2(&actions, pipe_ends[0], 0);
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t process = -1;
  int error = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (pipe_ends[0] >= 0) close(pipe_ends[0]);
  if (error) {
    if (pipe_ends[1] >= 0) close(pipe_ends[1]);
    return -error;
  }
  if (input) *input = pipe_ends[1];
  return process;
}

int console_await(int process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -errno;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void console_yield_signals(int is_yielded) {
  static struct sigaction interrupt;
  static struct sigaction quit;
  static struct sigaction pipe_end;
  static int is_saved;
  if (is_yielded && !is_saved) {
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    sigaction(SIGPIPE, &ignore, &pipe_end);
    is_saved = 1;
  } else if (!is_yielded && is_saved) {
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    sigaction(SIGPIPE, &pipe_end, NULL);
    is_saved = 0;
  }
}
