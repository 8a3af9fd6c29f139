#define _GNU_SOURCE
#include "console_work.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct work {
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  struct work work = *(struct work *)argument;
  free(argument);
  work.body(work.context);
  return NULL;
}

int console_run_beside(void (*body)(void *context), void *context) {
  struct work *work = malloc(sizeof *work);
  if (!work) return -1;
  *work = (struct work){body, context};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Questions recurse over nesting, as they do on the main thread.
  pthread_attr_setstacksize(&attributes, 8 << 20);
  // A thread begins with the mask of its maker: the handlers belong to the main thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, run, work);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (error) free(work);
  return -error;
}
