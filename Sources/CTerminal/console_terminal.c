#define _GNU_SOURCE
#include "console_terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved_attributes;
static atomic_int saved_descriptor = -1;
static atomic_int editing_descriptor = -1;

int console_is_terminal(int descriptor) { return isatty(descriptor); }

int console_window_size(int descriptor, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int console_terminal_save(int descriptor) {
  struct termios attributes;
  if (tcgetattr(descriptor, &attributes) < 0) return -errno;
  saved_attributes = attributes;
  atomic_store(&saved_descriptor, descriptor);
  return 0;
}

void console_terminal_restore(void) {
  int descriptor = atomic_load(&saved_descriptor);
  if (descriptor < 0) return;
  while (tcsetattr(descriptor, TCSADRAIN, &saved_attributes) < 0 && errno == EINTR) {
  }
}

void console_terminal_mark_editing(int descriptor, int is_editing) {
  atomic_store(&editing_descriptor, is_editing ? descriptor : -1);
}

void console_terminal_emergency_restore(void) {
  int editing = atomic_load(&editing_descriptor);
  if (editing >= 0) {
    static const char off[] = "\x1b[?2004l\x1b[?25h\x1b[m\r\n";
    ssize_t written = write(editing, off, sizeof off - 1);
    (void)written;
  }
  int descriptor = atomic_load(&saved_descriptor);
  // Not TCSADRAIN: a stopped terminal would hold the dying program for ever.
  if (descriptor >= 0) tcsetattr(descriptor, TCSANOW, &saved_attributes);
}

void console_terminal_read_keys(int descriptor, int is_on) {
  if (!is_on) {
    console_terminal_restore();
    return;
  }
  if (console_terminal_save(descriptor) < 0) return;
  struct termios keys = saved_attributes;
  keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  keys.c_cc[VMIN] = 1;
  keys.c_cc[VTIME] = 0;
  tcsetattr(descriptor, TCSADRAIN, &keys);
}

void console_suspend(void) {
  // The default action, because an editor started by a shell without job control may have SIGTSTP
  // ignored; then nothing happens, as everywhere.
  kill(0, SIGTSTP);
}

int console_wait(int input, int wake, int milliseconds) {
  struct pollfd waiting[2] = {{input, POLLIN, 0}, {wake, POLLIN, 0}};
  int count = poll(waiting, 2, milliseconds);
  // A signal has put a byte into the self-pipe, or means nothing to the editor.
  if (count < 0) return errno == EINTR ? console_ready_wake : console_ready_hangup;
  int ready = 0;
  if (waiting[0].revents & POLLIN) ready |= console_ready_input;
  if (waiting[0].revents & (POLLHUP | POLLERR | POLLNVAL)) ready |= console_ready_hangup;
  if (waiting[1].revents & POLLIN) ready |= console_ready_wake;
  return ready;
}
