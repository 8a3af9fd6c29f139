// ccurl.h: libcurl, opened at first use; one POST at a time, which can be stopped while it waits.
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>
#include <stdint.h>

enum { CCURL_READY = 0, CCURL_MISSING = 1, CCURL_TOO_OLD = 2 };

// Opens the library once; writes what the loader says, or the version found, into `why`.
int ccurl_prepare(char *why, size_t capacity);

// What a request came to.
enum {
  CCURL_DONE = 0,
  // `should_stop` said so.
  CCURL_STOPPED = 1,
  CCURL_DEADLINE = 2,
  // Nobody answers there, or its name is not known.
  CCURL_UNREACHABLE = 3,
  // The connection ended before the answer did.
  CCURL_BROKEN = 4,
  // The certificate is not trusted or is another's.
  CCURL_UNTRUSTED = 5,
  // The answer is longer than it may be.
  CCURL_TOO_LARGE = 6,
};

struct ccurl_request {
  const char *url;
  const void *body;
  size_t body_size;
  // Lines `Name: value`.
  const char *const *headers;
  size_t header_count;
  // A file of certificates to trust beside the system's; NULL: none.
  const char *ca_file;
  int64_t timeout_ms;
  int64_t connect_timeout_ms;
  size_t answer_limit;
};

struct ccurl_answer {
  int outcome;
  long status;
  // Freed by ccurl_clear.
  unsigned char *body;
  size_t body_size;
  char why[256];
};

struct ccurl_client;

// A client keeps its connections; NULL where memory is short. Only after ccurl_prepare has said
// CCURL_READY.
struct ccurl_client *ccurl_open(void);
void ccurl_close(struct ccurl_client *client);

// Sends one POST and waits for the whole answer. `should_stop` is asked about twenty times a second.
void ccurl_post(
    struct ccurl_client *client, const struct ccurl_request *request,
    int (*should_stop)(void *), void *context, struct ccurl_answer *answer);
void ccurl_clear(struct ccurl_answer *answer);

#endif
