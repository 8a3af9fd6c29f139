#define _GNU_SOURCE
#include "console_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "console_files.h"
#include "console_terminal.h"

enum { temporary_slots = 16 };

static char temporary_paths[temporary_slots][PATH_MAX];
// 0 free, 1 being filled, 2 to be removed.
static atomic_int temporary_states[temporary_slots];
static atomic_int interrupted;
// How many statements run on servers, which must be told first that they are not wanted any more.
static atomic_int holders;
static atomic_int progress_is_drawn;
static atomic_int wakes;
static int wake_pipe[2] = {-1, -1};

int console_remember_temporary(const char *path) {
  size_t length = strlen(path);
  if (length >= PATH_MAX) return -1;
  for (int slot = 0; slot < temporary_slots; slot++) {
    int free_state = 0;
    if (!atomic_compare_exchange_strong(&temporary_states[slot], &free_state, 1)) continue;
    memcpy(temporary_paths[slot], path, length + 1);
    atomic_store(&temporary_states[slot], 2);
    return slot;
  }
  return -1;
}

void console_forget_temporary(int slot) {
  if (slot >= 0 && slot < temporary_slots) atomic_store(&temporary_states[slot], 0);
}

static void remove_temporaries(void) {
  for (int slot = 0; slot < temporary_slots; slot++) {
    if (atomic_load(&temporary_states[slot]) == 2) console_remove_temporary(temporary_paths[slot]);
  }
}

void console_note_progress(int is_drawn) { atomic_store(&progress_is_drawn, is_drawn); }

static void erase_progress(void) {
  static const char erasure[] = "\r\033[K";
  if (!atomic_exchange(&progress_is_drawn, 0)) return;
  if (write(STDERR_FILENO, erasure, sizeof erasure - 1) < 0) return;
}

static void end_by(int signal_number) {
  signal(signal_number, SIG_DFL);
  // The signal is blocked until this handler returns, and takes effect right then.
  raise(signal_number);
}

static void on_batch_signal(int signal_number) {
  int saved = errno;
  // A second SIGINT waits for nobody.
  if (signal_number == SIGINT && atomic_load(&holders) > 0 && !atomic_exchange(&interrupted, 1)) {
    return;
  }
  remove_temporaries();
  erase_progress();
  if (signal_number == SIGINT) _exit(130);
  end_by(signal_number);
  errno = saved;
}

static void on_fatal_signal(int signal_number) {
  int saved = errno;
  console_terminal_emergency_restore();
  remove_temporaries();
  end_by(signal_number);
  errno = saved;
}

void console_wake(void) {
  int saved = errno;
  const char byte = 1;
  // A full pipe is no loss: the editor has bytes to wake for already.
  if (wake_pipe[1] >= 0 && write(wake_pipe[1], &byte, 1) < 0) errno = saved;
  errno = saved;
}

static void on_interrupt(int signal_number) {
  (void)signal_number;
  atomic_store(&interrupted, 1);
  console_wake();
}

static void on_resize(int signal_number) {
  (void)signal_number;
  atomic_fetch_or(&wakes, console_wake_resized);
  console_wake();
}

static void on_continue(int signal_number) {
  (void)signal_number;
  atomic_fetch_or(&wakes, console_wake_continued);
  console_wake();
}

static void handle(int signal_number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal_number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
}

static int is_ignored(int signal_number) {
  struct sigaction action;
  return sigaction(signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void console_handle_batch_signals(void) {
  handle(SIGPIPE, on_batch_signal, 0);
  handle(SIGTERM, on_batch_signal, 0);
  handle(SIGQUIT, on_batch_signal, 0);
  // `nohup` and a shell's `&` ask that these be ignored, and that stays so.
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_batch_signal, 0);
  if (!is_ignored(SIGINT)) handle(SIGINT, on_batch_signal, 0);
  handle(SIGXFSZ, SIG_IGN, 0);
}

int console_handle_prompt_signals(void) {
  if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) < 0) return -errno;
  handle(SIGPIPE, SIG_IGN, 0);
  handle(SIGXFSZ, SIG_IGN, 0);
  handle(SIGINT, on_interrupt, SA_RESTART);
  handle(SIGWINCH, on_resize, SA_RESTART);
  handle(SIGCONT, on_continue, SA_RESTART);
  // A stack that has run over cannot carry the handler: it gets a small stack of its own.
  static char handler_stack[32768];
  const stack_t separate = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  sigaltstack(&separate, NULL);
  const int fatal[] = {SIGTERM, SIGHUP, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  for (size_t index = 0; index < sizeof fatal / sizeof *fatal; index++) {
    handle(fatal[index], on_fatal_signal, SA_ONSTACK);
  }
  return 0;
}

int console_is_interrupted(void) {
  return atomic_load_explicit(&interrupted, memory_order_relaxed);
}
void console_clear_interruption(void) { atomic_store(&interrupted, 0); }
void console_hold_interruption(void) { atomic_fetch_add(&holders, 1); }
void console_release_interruption(void) {
  if (atomic_fetch_sub(&holders, 1) == 1 && atomic_load(&interrupted)) raise(SIGINT);
}
int console_wake_descriptor(void) { return wake_pipe[0]; }

int console_take_wakes(void) {
  char bytes[64];
  while (wake_pipe[0] >= 0 && read(wake_pipe[0], bytes, sizeof bytes) > 0) {
  }
  return atomic_exchange(&wakes, 0);
}
