// SPDX-License-Identifier: MIT
#include "invoke/emulator.h"

#include "invoke/function_process.h"
#include "invoke/http.h"
#include "util/die.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// What Lambda takes from a function (the error that it gives for more names this number of bytes).
#define MAX_RESPONSE_BYTES 6291556
// Lambda gives the init phase ten seconds.
#define INIT_TIMEOUT_MS 10000
#define SHUTDOWN_TIMEOUT_MS 2000
#define MAX_CONNECTIONS 8
#define API "/2018-06-01/runtime/"

enum state {
    STATE_INIT,    // started, has not asked for an invocation
    STATE_READY,   // may ask for one (and perhaps waits for it)
    STATE_RUNNING, // has one
    STATE_DONE,    // gave its outcome
};

struct emulator {
    struct emulator_options options;
    int listener;
    unsigned port;
    struct function_process process;
    struct http_connection connections[MAX_CONNECTIONS];
    struct http_connection *waiting; // asked for an invocation
    enum state state;
    bool closing;
    double started_ms, delivered_ms, deadline_ms; // monotonic
    const char *event;
    size_t event_length;
    struct invoke_result *result; // of the invocation in progress
};

static double monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int open_listener(struct emulator *emulator, struct error *err)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof(address);

    emulator->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (emulator->listener < 0 || bind(emulator->listener, (struct sockaddr *)&address, length) < 0 ||
        listen(emulator->listener, MAX_CONNECTIONS) < 0 ||
        getsockname(emulator->listener, (struct sockaddr *)&address, &length) < 0)
        return error_set_errno(err, "cannot open a port for the runtime API");
    emulator->port = ntohs(address.sin_port);
    return 0;
}

struct emulator *emulator_new(const struct emulator_options *options, struct error *err)
{
    struct emulator *emulator = xcalloc(1, sizeof(*emulator));

    emulator->options = *options;
    if (!options->timeout_ms)
        emulator->options.timeout_ms = 3000;
    if (!options->memory_mb)
        emulator->options.memory_mb = 128;
    emulator->process = (struct function_process)FUNCTION_PROCESS_INIT;
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        http_open(&emulator->connections[i], -1);
    if (open_listener(emulator, err) == 0)
        return emulator;
    if (emulator->listener >= 0)
        close(emulator->listener);
    free(emulator);
    return NULL;
}

void emulator_drop_connections(struct emulator *emulator)
{
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        http_close(&emulator->connections[i]);
    emulator->waiting = NULL;
}

static int stop_process(struct emulator *emulator, int signal)
{
    function_process_signal(&emulator->process, signal);
    emulator_drop_connections(emulator);
    return function_process_finish(&emulator->process, &emulator->options);
}

static void make_request_id(char id[static 37])
{
    unsigned char r[16];

    if (getrandom(r, sizeof(r), 0) != (ssize_t)sizeof(r))
        BUG("getrandom gave too little");
    snprintf(id, 37, "%02x%02x%02x%02x-%02x%02x-4%01x%02x-%01x%01x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1],
        r[2], r[3], r[4], r[5], r[6] & 15, r[7], 8 | (r[8] & 3), r[8] >> 4, r[9], r[10], r[11], r[12], r[13],
        r[14], r[15]);
}

static void refuse(struct http_connection *connection, int status, const char *type, const char *message)
{
    STRBUF_AUTO body = STRBUF_INIT;

    strbuf_addf(&body, "{\"errorMessage\":\"%s\",\"errorType\":\"%s\"}", message, type);
    http_answer(connection, status, "", body.data, body.length);
}

// Hands the invocation to the process when both are there.
static void deliver(struct emulator *emulator)
{
    const char *name = emulator->options.function_name ? emulator->options.function_name : "function";
    struct http_connection *connection = emulator->waiting;
    STRBUF_AUTO headers = STRBUF_INIT;
    struct timespec now;
    long long deadline;

    if (!emulator->waiting || !emulator->result || emulator->state != STATE_READY)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    deadline = (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000 + emulator->options.timeout_ms;
    strbuf_addf(&headers,
        "Lambda-Runtime-Aws-Request-Id: %s\r\nLambda-Runtime-Deadline-Ms: %lld\r\n"
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:%s:123456789012:function:%s\r\n"
        "Lambda-Runtime-Trace-Id: Root=1-%08llx-%.8s%.4s%.12s;Sampled=0\r\n",
        emulator->result->request_id, deadline,
        emulator->options.region ? emulator->options.region : "us-east-1", name,
        (unsigned long long)now.tv_sec, emulator->result->request_id, emulator->result->request_id + 9,
        emulator->result->request_id + 24);
    emulator->delivered_ms = monotonic_ms();
    emulator->deadline_ms = emulator->delivered_ms + emulator->options.timeout_ms;
    emulator->state = STATE_RUNNING;
    emulator->waiting = NULL;
    http_answer(connection, 200, headers.data, emulator->event, emulator->event_length);
}

static void on_next(struct emulator *emulator, struct http_connection *connection)
{
    if (emulator->closing) {
        refuse(connection, 500, "Runtime.Shutdown", "the environment is shut down");
        return;
    }
    if (emulator->state == STATE_RUNNING) {
        refuse(connection, 403, "InvalidStateTransition", "the invocation has no outcome yet");
        return;
    }
    if (emulator->state == STATE_INIT && emulator->result)
        emulator->result->init_ms = monotonic_ms() - emulator->started_ms;
    if (emulator->state == STATE_INIT)
        emulator->state = STATE_READY;
    emulator->waiting = connection;
    deliver(emulator);
}

static void finish_invocation(
    struct emulator *emulator, enum invoke_status status, const char *body, size_t length)
{
    struct invoke_result *result = emulator->result;

    result->status = status;
    if (emulator->state == STATE_RUNNING)
        result->duration_ms = monotonic_ms() - emulator->delivered_ms;
    result->max_rss_kb = emulator->process.pid ? function_process_max_rss(&emulator->process) : 0;
    strbuf_add(&result->body, body, length);
    emulator->state = STATE_DONE;
}

static void accept_outcome(
    struct emulator *emulator, struct http_connection *connection, enum invoke_status status)
{
    static const char accepted[] = "{\"status\":\"OK\"}";
    const struct http_request *request = &connection->request;

    if (!request->body) {
        refuse(connection, 413, "RequestEntityTooLarge",
            "Exceeded maximum allowed payload size (6291556 bytes).");
        return;
    }
    finish_invocation(emulator, status, request->body, request->body_length);
    http_answer(connection, 202, "", accepted, sizeof(accepted) - 1);
}

static void on_init_error(struct emulator *emulator, struct http_connection *connection)
{
    if (emulator->state == STATE_INIT && emulator->result)
        accept_outcome(emulator, connection, INVOKE_INIT_ERROR);
    else
        refuse(connection, 403, "InvalidStateTransition", "the function is initialized");
}

// "invocation/ID/response" or "invocation/ID/error"
static void on_outcome(struct emulator *emulator, struct http_connection *connection, const char *rest)
{
    const char *slash = strchr(rest, '/');
    const char *id = emulator->result ? emulator->result->request_id : "";
    bool error = slash && strcmp(slash, "/error") == 0;

    if (!slash || (!error && strcmp(slash, "/response") != 0))
        refuse(connection, 404, "NotFound", "no such resource");
    else if (emulator->state != STATE_RUNNING)
        refuse(connection, 403, "InvalidStateTransition", "no invocation is in progress");
    else if (strlen(id) != (size_t)(slash - rest) || strncmp(rest, id, strlen(id)) != 0)
        refuse(connection, 400, "InvalidRequestID", "Invalid request ID");
    else
        accept_outcome(emulator, connection, error ? INVOKE_FUNCTION_ERROR : INVOKE_OK);
}

static void on_request(struct emulator *emulator, struct http_connection *connection)
{
    const struct http_request *request = &connection->request;
    bool get = strcmp(request->method, "GET") == 0, post = strcmp(request->method, "POST") == 0;
    const char *path = request->path;

    if (get && strcmp(path, API "invocation/next") == 0)
        on_next(emulator, connection);
    else if (post && strcmp(path, API "init/error") == 0)
        on_init_error(emulator, connection);
    else if (post && strncmp(path, API "invocation/", strlen(API "invocation/")) == 0)
        on_outcome(emulator, connection, path + strlen(API "invocation/"));
    else
        refuse(connection, 404, "NotFound", "no such resource");
}

static void accept_connection(struct emulator *emulator)
{
    int fd = accept4(emulator->listener, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0)
        return;
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        if (emulator->connections[i].fd < 0) {
            http_open(&emulator->connections[i], fd);
            return;
        }
    close(fd);
}

static void read_connection(struct emulator *emulator, struct http_connection *connection)
{
    switch (http_read(connection, MAX_RESPONSE_BYTES)) {
    case HTTP_REQUEST:
        on_request(emulator, connection);
        break;
    case HTTP_CLOSED:
        if (emulator->waiting == connection)
            emulator->waiting = NULL;
        break;
    case HTTP_WAITING:
        break;
    }
}

// Waits for something to happen, at most until end_ms, and deals with it. Returns false when the process has
// ended.
static bool serve_once(struct emulator *emulator, double end_ms)
{
    enum { LISTENER, OUTPUT, PROCESS, CONNECTIONS };
    struct pollfd fds[CONNECTIONS + MAX_CONNECTIONS] = {
        [LISTENER] = { emulator->listener, POLLIN, 0 },
        [OUTPUT] = { emulator->process.output, POLLIN, 0 },
        [PROCESS] = { emulator->process.pidfd, POLLIN, 0 },
    };
    const double left = end_ms - monotonic_ms();

    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        fds[CONNECTIONS + i] = (struct pollfd){ emulator->connections[i].fd, POLLIN, 0 };
    if (poll(fds, CONNECTIONS + MAX_CONNECTIONS, left > 0 ? (int)left + 1 : 0) <= 0)
        return true;
    if (fds[OUTPUT].revents)
        function_process_read_output(&emulator->process, &emulator->options);
    if (fds[OUTPUT].revents & POLLHUP) {
        struct pollfd gone = { emulator->process.pidfd, POLLIN, 0 };

        poll(&gone, 1, left > 0 && left < 100 ? (int)left : 100); // it closed its output: it is about to end
    }
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        if (fds[CONNECTIONS + i].revents && emulator->connections[i].fd >= 0)
            read_connection(emulator, &emulator->connections[i]);
    if (fds[LISTENER].revents)
        accept_connection(emulator);
    return !(fds[PROCESS].revents & POLLIN);
}

// Gives the process a little time to end by itself, and kills it then.
static int await_end(struct emulator *emulator)
{
    double end = monotonic_ms() + SHUTDOWN_TIMEOUT_MS;

    while (serve_once(emulator, end))
        if (monotonic_ms() >= end)
            break;
    return stop_process(emulator, SIGKILL);
}

static int start_process(struct emulator *emulator, struct error *err)
{
    emulator->state = STATE_INIT;
    emulator->started_ms = monotonic_ms();
    emulator->deadline_ms = emulator->started_ms + INIT_TIMEOUT_MS;
    if (function_process_start(&emulator->process, &emulator->options, emulator->port, err) < 0)
        return -1;
    if (emulator->options.on_start)
        emulator->options.on_start(emulator->options.user, emulator->process.pid);
    return 0;
}

static void discard_dead_process(struct emulator *emulator)
{
    struct pollfd ended = { emulator->process.pidfd, POLLIN, 0 };

    if (emulator->process.pid && poll(&ended, 1, 0) > 0)
        stop_process(emulator, SIGKILL);
}

static void resume_process(struct emulator *emulator)
{
    emulator->state = STATE_READY;
    emulator->deadline_ms = monotonic_ms() + emulator->options.timeout_ms;
    if (emulator->options.freeze)
        function_process_signal(&emulator->process, SIGCONT);
    deliver(emulator);
}

// Serves until the invocation in progress has its outcome.
static void run_invocation(struct emulator *emulator)
{
    struct invoke_result *result = emulator->result;

    while (emulator->state != STATE_DONE) {
        if (!serve_once(emulator, emulator->deadline_ms)) {
            if (emulator->state != STATE_DONE)
                finish_invocation(emulator, INVOKE_EXITED, "", 0);
            result->wait_status = stop_process(emulator, SIGKILL);
        } else if (emulator->state != STATE_DONE && monotonic_ms() >= emulator->deadline_ms) {
            finish_invocation(emulator, INVOKE_TIMED_OUT, "", 0);
            result->wait_status = stop_process(emulator, SIGKILL);
        }
    }
    if (result->status == INVOKE_INIT_ERROR && emulator->process.pid)
        result->wait_status = await_end(emulator);
}

// After its outcome Lambda lets the process run until it asks for the next invocation, and freezes it then.
static void settle_process(struct emulator *emulator)
{
    double end = monotonic_ms() + SHUTDOWN_TIMEOUT_MS;

    while (emulator->process.pid && !emulator->waiting && monotonic_ms() < end)
        if (!serve_once(emulator, end))
            stop_process(emulator, SIGKILL);
    if (emulator->process.pid)
        function_process_read_output(&emulator->process, &emulator->options);
    if (emulator->options.freeze)
        function_process_signal(&emulator->process, SIGSTOP);
}

int emulator_invoke(struct emulator *emulator, const char *event, size_t length, struct invoke_result *result,
    struct error *err)
{
    invoke_result_release(result);
    make_request_id(result->request_id);
    emulator->event = event;
    emulator->event_length = length;
    emulator->result = result;
    discard_dead_process(emulator);
    if (emulator->process.pid) {
        resume_process(emulator);
    } else if (start_process(emulator, err) < 0) {
        emulator->result = NULL;
        return -1;
    }
    run_invocation(emulator);
    emulator->result = NULL;
    settle_process(emulator);
    return 0;
}

void invoke_result_release(struct invoke_result *result)
{
    strbuf_release(&result->body);
    *result = (struct invoke_result)INVOKE_RESULT_INIT;
}

const char *invoke_status_name(enum invoke_status status)
{
    static const char *const names[] = {
        [INVOKE_OK] = "ok",
        [INVOKE_FUNCTION_ERROR] = "function-error",
        [INVOKE_INIT_ERROR] = "init-error",
        [INVOKE_TIMED_OUT] = "timed-out",
        [INVOKE_EXITED] = "exited",
    };

    return names[status];
}

// A process that asks for an invocation is told that there is none, so that it can end in order.
static void shut_down(struct emulator *emulator)
{
    emulator->closing = true;
    function_process_signal(&emulator->process, SIGCONT);
    if (emulator->waiting)
        on_next(emulator, emulator->waiting);
    await_end(emulator);
}

void emulator_free(struct emulator *emulator)
{
    if (!emulator)
        return;
    if (emulator->process.pid)
        shut_down(emulator);
    emulator_drop_connections(emulator);
    close(emulator->listener);
    free(emulator);
}
