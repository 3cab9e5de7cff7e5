// SPDX-License-Identifier: MIT
#include "awscli/aws_cli.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/display.h"

#include <stdbool.h>
#include <string.h>

// What goes wrong for a while, or until somebody signs in again. Codes stand for themselves; texts are parts
// of what the AWS CLI says when AWS did not answer.
struct symptom {
    const char *text;
    enum aws_outcome outcome;
};

static const struct symptom codes[] = {
    { "Throttling", AWS_TRANSIENT },
    { "ThrottlingException", AWS_TRANSIENT },
    { "ThrottledException", AWS_TRANSIENT },
    { "RequestThrottled", AWS_TRANSIENT },
    { "RequestThrottledException", AWS_TRANSIENT },
    { "RequestLimitExceeded", AWS_TRANSIENT },
    { "TooManyRequestsException", AWS_TRANSIENT },
    { "BandwidthLimitExceeded", AWS_TRANSIENT },
    { "PriorRequestNotComplete", AWS_TRANSIENT },
    { "SlowDown", AWS_TRANSIENT },
    { "InternalFailure", AWS_TRANSIENT },
    { "InternalError", AWS_TRANSIENT },
    { "InternalServerError", AWS_TRANSIENT },
    { "ServiceUnavailable", AWS_TRANSIENT },
    { "ServiceUnavailableException", AWS_TRANSIENT },
    { "RequestTimeout", AWS_TRANSIENT },
    { "RequestTimeoutException", AWS_TRANSIENT },
    { "500", AWS_TRANSIENT },
    { "502", AWS_TRANSIENT },
    { "503", AWS_TRANSIENT },
    { "504", AWS_TRANSIENT },
    { "ExpiredToken", AWS_EXPIRED },
    { "ExpiredTokenException", AWS_EXPIRED },
    { "RequestExpired", AWS_EXPIRED },
    { "InvalidClientTokenId", AWS_EXPIRED },
    { "UnrecognizedClientException", AWS_EXPIRED },
    { "InvalidToken", AWS_EXPIRED },
    { "AccessDenied", AWS_DENIED },
    { "AccessDeniedException", AWS_DENIED },
    { "UnauthorizedOperation", AWS_DENIED },
};

static const struct symptom texts[] = {
    { "Unable to locate credentials", AWS_NO_CREDENTIALS },
    { "Unable to locate authorization token", AWS_NO_CREDENTIALS },
    { "Partial credentials found", AWS_NO_CREDENTIALS },
    { "The config profile", AWS_NO_CREDENTIALS },
    { "You must specify a region", AWS_NO_CREDENTIALS },
    { "Token has expired", AWS_EXPIRED },
    { "The SSO session", AWS_EXPIRED },
    { "Error loading SSO Token", AWS_EXPIRED },
    { "Could not connect to the endpoint URL", AWS_TRANSIENT },
    { "Connect timeout on endpoint URL", AWS_TRANSIENT },
    { "Read timeout on endpoint URL", AWS_TRANSIENT },
    { "Connection was closed before we received a valid response", AWS_TRANSIENT },
    { "Connection reset by peer", AWS_TRANSIENT },
    { "Connection aborted", AWS_TRANSIENT },
    { "Failed to establish a new connection", AWS_TRANSIENT },
    { "An HTTP Client raised an unhandled exception", AWS_TRANSIENT },
};

enum { ARGUMENTS_MAX = 32 };

static size_t add_all(const char **argv, size_t count, const char *const *more)
{
    for (; *more; more++)
        argv[count++] = *more;
    return count;
}

static void make_arguments(const struct aws_cli_call *call, const char **argv)
{
    const struct aws_target *target = call->target;
    size_t count = add_all(argv, 0, (const char *const[]){ "aws", NULL });

    count = add_all(argv, count, call->arguments);
    if (call->input)
        count = add_all(argv, count, (const char *const[]){ "--cli-input-json", "file:///dev/stdin", NULL });
    count = add_all(argv, count, (const char *const[]){ "--output", "json", NULL });
    if (target->profile && !target->credentials)
        count = add_all(argv, count, (const char *const[]){ "--profile", target->profile, NULL });
    if (target->region)
        count = add_all(argv, count, (const char *const[]){ "--region", target->region, NULL });
    argv[count] = NULL;
}

static const char *assignment(struct arena *arena, const char *name, const char *text)
{
    return text ? arena_printf(arena, "%s=%s", name, text) : name;
}

const char *aws_local_path(const char *path)
{
    return *path == '/' ? path : arena_printf(value_arena(), "./%s", path);
}

static int check_target(const struct aws_target *target, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const char *region = target->region;

    if (target->profile && *target->profile == '-')
        return error_set(err, "'%s' is no name of a profile", target->profile);
    if (region && (*region == '-' || region[strspn(region, letters)]))
        return error_set(err, "'%s' is no name of a region", region);
    return 0;
}

// The AWS CLI tries twice on its own; whatever else is to be tried again is up to the caller, who knows what
// was asked.
int aws_cli_start(struct process_loop *loop, const struct aws_cli_call *call, struct error *err)
{
    const struct aws_credentials *credentials = call->target->credentials;
    struct arena arena = ARENA_INIT;
    const char *argv[ARGUMENTS_MAX];
    const char *environment[] = { "AWS_PAGER=", "AWS_CLI_AUTO_PROMPT=off", "AWS_RETRY_MODE=standard",
        "AWS_MAX_ATTEMPTS=2", NULL, NULL, NULL, NULL, NULL };
    int status;

    if (check_target(call->target, err) < 0)
        return -1;
    make_arguments(call, argv);
    if (credentials) {
        environment[4] = assignment(&arena, "AWS_ACCESS_KEY_ID", credentials->access_key_id);
        environment[5] = assignment(&arena, "AWS_SECRET_ACCESS_KEY", credentials->secret_access_key);
        environment[6] = assignment(&arena, "AWS_SESSION_TOKEN", credentials->session_token);
        environment[7] = "AWS_PROFILE";
    }
    status = process_start(loop,
        &(struct process_options){
            .argv = argv,
            .debian_package = "awscli",
            .environment = environment,
            .input = call->input,
            .input_length = call->input ? strlen(call->input) : 0,
            .timeout_ms = call->timeout_ms,
            .data = call->data,
        },
        err);
    arena_release(&arena);
    return status;
}

// What the AWS CLI says last is what matters.
static char *last_line(const struct process *process)
{
    const char *text = process->error_output.data;
    const char *end = text + process->error_output.length;
    const char *start;

    while (end > text && strchr("\r\n \t", end[-1]))
        end--;
    for (start = end; start > text && start[-1] != '\n';)
        start--;
    return arena_strndup(value_arena(), start, (size_t)(end - start));
}

// "An error occurred (CODE) when calling the X operation: MESSAGE". The message may have lines of its own; "
// (reached max retries: 1)" may stand before the colon.
static bool read_api_error(const char *text, struct aws_reply *reply)
{
    static const char beginning[] = "An error occurred (";
    static const char retries[] = " operation (reached max retries:";
    const char *start = strstr(text, beginning);
    const char *end = start ? strchr(start, ')') : NULL;
    const char *message = end ? strstr(end, " operation") : NULL;

    if (message && strncmp(message, retries, strlen(retries)) == 0)
        message = strchr(message, ')');
    message = message ? strstr(message, ": ") : NULL;
    if (!message)
        return false;
    start += strlen(beginning);
    reply->code = arena_strndup(value_arena(), start, (size_t)(end - start));
    message += 2;
    reply->message = display_printf(value_arena(), "%.*s", (int)strcspn(message, "\r\n"), message);
    return true;
}

static enum aws_outcome outcome_of_code(const char *code)
{
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
        if (strcmp(codes[i].text, code) == 0)
            return codes[i].outcome;
    return AWS_REFUSED;
}

static enum aws_outcome outcome_of_text(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (strstr(text, texts[i].text))
            return texts[i].outcome;
    return AWS_REFUSED;
}

// Both versions list the operations that they know ("argument operation: Invalid choice, valid choices are").
static bool is_unknown_call(const char *text)
{
    return strstr(text, "argument operation: ") || strstr(text, "argument command: ");
}

static void read_failure(const struct process *process, struct aws_reply *reply)
{
    if (process->timed_out) {
        reply->outcome = AWS_TRANSIENT;
        reply->message = "AWS did not answer in time";
    } else if (read_api_error(process->error_output.data, reply)) {
        reply->outcome = outcome_of_code(reply->code);
    } else if (is_unknown_call(process->error_output.data)) {
        reply->outcome = AWS_UNKNOWN_CALL;
        reply->message = "the installed AWS CLI does not know this operation; a newer one does";
    } else {
        reply->message = display_printf(value_arena(), "%s", last_line(process));
        reply->outcome = outcome_of_text(reply->message);
    }
    if (!*reply->message)
        reply->message = arena_printf(
            value_arena(), "'aws' exited with status %d and without a message", process->exit_status);
}

void aws_cli_read(const struct process *process, struct aws_reply *ret_reply)
{
    ERROR_AUTO err = ERROR_INIT;

    *ret_reply = (struct aws_reply){ .outcome = AWS_DONE, .code = "", .message = "" };
    if (process->exit_status != 0 || process->timed_out) {
        read_failure(process, ret_reply);
        return;
    }
    if (process->output.length == 0)
        ret_reply->answer = object((struct field[]){ END });
    else
        ret_reply->answer = json_parse(process->output.data, process->output.length, "answer of 'aws'", &err);
    if (ret_reply->answer && value_type(ret_reply->answer) != VALUE_OBJECT) {
        error_set(&err, "the answer of 'aws' is not an object");
        ret_reply->answer = NULL;
    }
    if (!ret_reply->answer) {
        ret_reply->outcome = AWS_REFUSED;
        ret_reply->message = arena_strdup(value_arena(), err.message);
    }
}
