#include "ccurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The one list of what is used: each name becomes a pointer with the type that the header gives it.
#define CALLS(X) \
  X(curl_global_init) \
  X(curl_easy_init) \
  X(curl_easy_setopt) \
  X(curl_easy_getinfo) \
  X(curl_easy_cleanup) \
  X(curl_easy_strerror) \
  X(curl_slist_append) \
  X(curl_slist_free_all) \
  X(curl_multi_init) \
  X(curl_multi_add_handle) \
  X(curl_multi_remove_handle) \
  X(curl_multi_perform) \
  X(curl_multi_poll) \
  X(curl_multi_info_read) \
  X(curl_multi_cleanup)

#define DECLARE(name) static __typeof__(name) *call_##name;
CALLS(DECLARE)
#undef DECLARE

static int state = CCURL_MISSING;
static char reason[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

enum { POLL_MS = 50 };

struct ccurl_client {
  CURLM *multi;
};

static void tell(char *why, size_t capacity, const char *text) {
  if (capacity > 0) snprintf(why, capacity, "%s", text == NULL ? "" : text);
}

static void prepare(void) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    tell(reason, sizeof reason, dlerror());
    return;
  }
#define FIND(name)                                                                  \
  if (state != CCURL_TOO_OLD && !(*(void **)&call_##name = dlsym(handle, #name))) { \
    tell(reason, sizeof reason, "libcurl lacks " #name);                            \
    state = CCURL_TOO_OLD;                                                          \
  }
  CALLS(FIND)
#undef FIND
  if (state == CCURL_TOO_OLD) return;
  if (call_curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    tell(reason, sizeof reason, "libcurl does not start");
    return;
  }
  state = CCURL_READY;
}

int ccurl_prepare(char *why, size_t capacity) {
  pthread_once(&once, prepare);
  tell(why, capacity, reason);
  return state;
}

struct ccurl_client *ccurl_open(void) {
  struct ccurl_client *client = malloc(sizeof *client);
  if (client == NULL) return NULL;
  client->multi = call_curl_multi_init();
  if (client->multi != NULL) return client;
  free(client);
  return NULL;
}

void ccurl_close(struct ccurl_client *client) {
  call_curl_multi_cleanup(client->multi);
  free(client);
}

void ccurl_clear(struct ccurl_answer *answer) {
  free(answer->body);
  answer->body = NULL;
  answer->body_size = 0;
}

struct gathering {
  struct ccurl_answer *answer;
  size_t capacity;
  size_t limit;
  int is_too_large;
};

static size_t gather(char *bytes, size_t size, size_t count, void *context) {
  struct gathering *gathering = context;
  struct ccurl_answer *answer = gathering->answer;
  // `size` is always 1 (CURLOPT_WRITEFUNCTION).
  size_t added = size * count;
  if (added > gathering->limit - answer->body_size) {
    gathering->is_too_large = 1;
    return 0;
  }
  if (answer->body_size + added > gathering->capacity) {
    size_t capacity = gathering->capacity * 2 + added;
    unsigned char *wider = realloc(answer->body, capacity);
    if (wider == NULL) {
      gathering->is_too_large = 1;
      return 0;
    }
    answer->body = wider;
    gathering->capacity = capacity;
  }
  memcpy(answer->body + answer->body_size, bytes, added);
  answer->body_size += added;
  return added;
}

static int outcome_of(CURLcode code, const struct gathering *gathering) {
  if (gathering->is_too_large) return CCURL_TOO_LARGE;
  switch (code) {
    case CURLE_OK: return CCURL_DONE;
    case CURLE_OPERATION_TIMEDOUT: return CCURL_DEADLINE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return CCURL_UNREACHABLE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ISSUER_ERROR: return CCURL_UNTRUSTED;
    default: return CCURL_BROKEN;
  }
}

// The options of one request; 0 where one of them was refused.
static int set_options(
    CURL *easy, const struct ccurl_request *request, struct curl_slist *headers,
    struct gathering *gathering, char *why) {
  CURLcode code = CURLE_OK;
#define SET(option, value) \
  if (code == CURLE_OK) code = call_curl_easy_setopt(easy, option, value)
  SET(CURLOPT_ERRORBUFFER, why);
  SET(CURLOPT_URL, request->url);
  SET(CURLOPT_PROTOCOLS_STR, "http,https");
  // Neither redirects nor a proxy named by the environment: what is sent goes where it was told.
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_POST, 1L);
  SET(CURLOPT_POSTFIELDS, request->body);
  SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
  SET(CURLOPT_HTTPHEADER, headers);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  if (request->ca_file != NULL) SET(CURLOPT_CAINFO, request->ca_file);
  SET(CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
  SET(CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_timeout_ms);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_WRITEFUNCTION, gather);
  SET(CURLOPT_WRITEDATA, (void *)gathering);
#undef SET
  if (code != CURLE_OK) tell(why, CURL_ERROR_SIZE, call_curl_easy_strerror(code));
  return code == CURLE_OK;
}

// Waits for the answer.
static int exchange(
    CURLM *multi, int (*should_stop)(void *), void *context,
    const struct gathering *gathering, char *why) {
  int running = 1;
  while (running > 0) {
    CURLMcode code = call_curl_multi_perform(multi, &running);
    if (code == CURLM_OK && running > 0) code = call_curl_multi_poll(multi, NULL, 0, POLL_MS, NULL);
    if (code != CURLM_OK) {
      tell(why, CURL_ERROR_SIZE, "the transfer failed");
      return CCURL_BROKEN;
    }
    if (running > 0 && should_stop(context) != 0) return CCURL_STOPPED;
  }
  int left = 0;
  CURLMsg *message = call_curl_multi_info_read(multi, &left);
  if (message == NULL || message->msg != CURLMSG_DONE) return CCURL_BROKEN;
  CURLcode result = message->data.result;
  if (result != CURLE_OK && why[0] == 0) {
    tell(why, CURL_ERROR_SIZE, call_curl_easy_strerror(result));
  }
  return outcome_of(result, gathering);
}

void ccurl_post(
    struct ccurl_client *client, const struct ccurl_request *request,
    int (*should_stop)(void *), void *context, struct ccurl_answer *answer) {
  memset(answer, 0, sizeof *answer);
  answer->outcome = CCURL_BROKEN;
  char why[CURL_ERROR_SIZE] = "";
  struct gathering gathering = {.answer = answer, .limit = request->answer_limit};
  struct curl_slist *headers = NULL;
  CURL *easy = call_curl_easy_init();
  for (size_t index = 0; easy != NULL && index < request->header_count; index++) {
    struct curl_slist *longer = call_curl_slist_append(headers, request->headers[index]);
    if (longer == NULL) break;
    headers = longer;
  }
  if (easy != NULL && set_options(easy, request, headers, &gathering, why) &&
      call_curl_multi_add_handle(client->multi, easy) == CURLM_OK) {
    answer->outcome = exchange(client->multi, should_stop, context, &gathering, why);
    call_curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer->status);
    call_curl_multi_remove_handle(client->multi, easy);
  }
  if (easy != NULL) call_curl_easy_cleanup(easy);
  call_curl_slist_free_all(headers);
  tell(answer->why, sizeof answer->why, why);
}
