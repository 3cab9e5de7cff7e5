// SPDX-License-Identifier: MIT
#include "runtime.h"

#include "failure.h"
#include "json.h"
#include "log.h"
#include "util/strbuf.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// A function's response may be at most this long (AWS documentation: "Lambda quotas").
#define MAX_RESPONSE_BYTES ((size_t)6 * 1024 * 1024)

// A dropped connection is normal after a freeze; this many in a row are not.
#define MAX_LOST_CONNECTIONS 20

#define TRACE_VARIABLE "_X_AMZN_TRACE_ID"

struct runtime {
    const struct function *function;
    CURL *next, *post;
    char base[512];
    struct strbuf event, answer, response;
};

enum { CONTINUE = -1 }; // otherwise an exit status

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
    strbuf_add(user, bytes, size * count);
    return size * count;
}

static size_t on_header(char *line, size_t size, size_t count, void *user)
{
    invocation_header(user, line, size * count);
    return size * count;
}

static CURL *new_handle(struct strbuf *body)
{
    CURL *curl = curl_easy_init();

    if (!curl)
        return NULL;
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    return curl;
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

// Performs the request, again while the connection is lost. Returns the HTTP status, 0 when there was no
// answer.
static long perform(CURL *curl, struct strbuf *body)
{
    for (int lost = 0; lost < MAX_LOST_CONNECTIONS; lost++) {
        long status = 0;
        CURLcode code;

        strbuf_reset(body);
        code = curl_easy_perform(curl);
        if (code == CURLE_OK) {
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
            return status;
        }
        log_write(LOG_DEBUG, "runtime API: %s", curl_easy_strerror(code));
        pause_ms(lost * 10L);
    }
    return 0;
}

static long post(struct runtime *r, const char *path, const char *error_type, const char *body, size_t length)
{
    char url[1024], header[160];
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    long status;

    headers = curl_slist_append(headers, "Expect:");
    if (error_type) {
        snprintf(header, sizeof(header), "Lambda-Runtime-Function-Error-Type: %s", error_type);
        headers = curl_slist_append(headers, header);
    }
    snprintf(url, sizeof(url), "%s%s", r->base, path);
    curl_easy_setopt(r->post, CURLOPT_URL, url);
    curl_easy_setopt(r->post, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(r->post, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(r->post, CURLOPT_POSTFIELDS, body);
    status = perform(r->post, &r->answer);
    curl_slist_free_all(headers);
    return status;
}

static long post_failure(struct runtime *r, const char *path, const struct failure *f)
{
    STRBUF_AUTO body = STRBUF_INIT;

    strbuf_add_string(&body, "{\"errorMessage\":");
    json_quote(&body, f->message, strlen(f->message));
    strbuf_add_string(&body, ",\"errorType\":");
    json_quote(&body, f->type, strlen(f->type));
    strbuf_add_string(&body, ",\"stackTrace\":[]}");
    return post(r, path, f->type, body.data, body.length);
}

static int runtime_open(struct runtime *r)
{
    const char *api = getenv("AWS_LAMBDA_RUNTIME_API");

    if (!api || !*api) {
        log_write(
            LOG_FATAL, "AWS_LAMBDA_RUNTIME_API is not set: this program runs in AWS Lambda or its emulator");
        return -1;
    }
    snprintf(r->base, sizeof(r->base), "http://%s/2018-06-01/runtime/", api);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return -1;
    r->next = new_handle(&r->event);
    r->post = new_handle(&r->answer);
    return r->next && r->post ? 0 : -1;
}

static void runtime_close(struct runtime *r)
{
    curl_easy_cleanup(r->next);
    curl_easy_cleanup(r->post);
    curl_global_cleanup();
    strbuf_release(&r->event);
    strbuf_release(&r->answer);
    strbuf_release(&r->response);
}

static int take_invocation(struct runtime *r, struct invocation *invocation)
{
    char url[1024];
    long status;

    snprintf(url, sizeof(url), "%sinvocation/next", r->base);
    curl_easy_setopt(r->next, CURLOPT_URL, url);
    curl_easy_setopt(r->next, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(r->next, CURLOPT_HEADERDATA, invocation);
    status = perform(r->next, &r->event);
    if (status != 200 || !invocation_complete(invocation)) {
        log_write(LOG_FATAL, "the runtime API gave no invocation (HTTP status %ld)", status);
        return 1;
    }
    invocation->event = r->event.data;
    invocation->event_length = r->event.length;
    return CONTINUE;
}

// One place for all: the C library never frees what setenv() has once put into the environment.
static void set_trace(const char *trace_id)
{
    static char variable[sizeof(TRACE_VARIABLE "=") + sizeof(((struct invocation *)0)->trace_id)];

    if (!*trace_id) {
        unsetenv(TRACE_VARIABLE);
        return;
    }
    snprintf(variable, sizeof(variable), "%s=%s", TRACE_VARIABLE, trace_id);
    if (getenv(TRACE_VARIABLE) != variable + sizeof(TRACE_VARIABLE))
        putenv(variable);
}

static long post_outcome(
    struct runtime *r, const struct invocation *invocation, int outcome, struct failure *f)
{
    char path[256];

    if (outcome == 0 && r->response.length > MAX_RESPONSE_BYTES)
        outcome = fail(f, "Function.ResponseSizeTooLarge",
            "the response has %zu bytes, more than Lambda takes (%zu)", r->response.length,
            MAX_RESPONSE_BYTES);
    if (outcome < 0) {
        log_write(LOG_ERROR, "%s: %s", f->type, f->message);
        snprintf(path, sizeof(path), "invocation/%s/error", invocation->request_id);
        return post_failure(r, path, f);
    }
    snprintf(path, sizeof(path), "invocation/%s/response", invocation->request_id);
    return post(r, path, NULL, r->response.data, r->response.length);
}

// A client error (the invocation was given up or answered meanwhile) concerns this invocation only; a server
// error or silence means that the runtime must go.
static int after_post(long status)
{
    if (status >= 200 && status < 300)
        return CONTINUE;
    log_write(LOG_ERROR, "the runtime API refused the outcome (HTTP status %ld)", status);
    return status >= 400 && status < 500 ? CONTINUE : 1;
}

static int serve_one(struct runtime *r)
{
    struct invocation invocation = { 0 };
    struct failure f = { 0 };
    int status = take_invocation(r, &invocation), outcome;

    if (status != CONTINUE)
        return status;
    set_trace(invocation.trace_id);
    log_request(invocation.request_id);
    strbuf_reset(&r->response);
    outcome = r->function->handle(r->function->context, &invocation, &r->response, &f);
    status = after_post(post_outcome(r, &invocation, outcome, &f));
    log_request(NULL);
    return status;
}

int runtime_run(const struct function *function)
{
    struct runtime r = {
        .function = function, .event = STRBUF_INIT, .answer = STRBUF_INIT, .response = STRBUF_INIT
    };
    struct failure f = { 0 };
    int status = 1;

    log_open();
    if (runtime_open(&r) < 0)
        return 1;
    if (function->init(function->context, &f) < 0) {
        log_write(LOG_FATAL, "%s: %s", f.type, f.message);
        post_failure(&r, "init/error", &f);
    } else {
        do
            status = serve_one(&r);
        while (status == CONTINUE);
    }
    runtime_close(&r);
    return status;
}
