// SPDX-License-Identifier: MIT
#include "deploy/engine/environment.h"

#include "data/value.h"
#include "deploy/engine/asset_check.h"
#include "util/array.h"
#include "util/display.h"
#include "util/strbuf.h"
#include "util/text/shell.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct value *value_copy(struct arena *arena, const struct value *value)
{
    VALUE_ARENA_SCOPE(arena);
    struct value *copy = NULL;

    switch (value_type(value)) {
    case VALUE_BOOLEAN:
        copy = boolean(value_boolean(value));
        break;
    case VALUE_NUMBER:
        copy = number(value_number(value));
        break;
    case VALUE_STRING:
        copy = string(value_string(value));
        break;
    case VALUE_ARRAY:
        copy = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(copy, value_copy(arena, array_at(value, i)));
        break;
    case VALUE_OBJECT:
        copy = object((struct field[]){ END });
        for (size_t i = 0; i < value_length(value); i++)
            object_set(copy, object_at(value, i)->key, value_copy(arena, object_at(value, i)->value));
        break;
    default:
        copy = null();
    }
    return copy;
}

static const char *partition_of(const char *region)
{
    static const struct {
        const char *prefix, *partition;
    } partitions[] = { { "cn-", "aws-cn" }, { "us-gov-", "aws-us-gov" }, { "us-iso-", "aws-iso" },
        { "us-isob-", "aws-iso-b" } };

    for (size_t i = 0; i < ARRAY_SIZE(partitions); i++)
        if (strncmp(region, partitions[i].prefix, strlen(partitions[i].prefix)) == 0)
            return partitions[i].partition;
    return "aws";
}

const char *environment_expand(const struct environment *environment, const char *text)
{
    const struct {
        const char *name, *value;
    } placeholders[] = { { "${AWS::Partition}", environment->partition },
        { "${AWS::AccountId}", environment->account }, { "${AWS::Region}", environment->region } };
    STRBUF_AUTO result = STRBUF_INIT;

    while (text && *text) {
        size_t length = 0;

        for (size_t i = 0; i < ARRAY_SIZE(placeholders) && !length; i++) {
            if (!placeholders[i].value ||
                strncmp(text, placeholders[i].name, strlen(placeholders[i].name)) != 0)
                continue;
            strbuf_add_string(&result, placeholders[i].value);
            length = strlen(placeholders[i].name);
        }
        if (!length)
            strbuf_add(&result, text, length = 1);
        text += length;
    }
    return text ? arena_strdup(environment->arena, result.data) : NULL;
}

const char *aws_explain(const struct aws_reply *reply)
{
    static const char *const advice[] = {
        [AWS_EXPIRED] =
            "\nthe credentials have expired: sign in again ('aws sso login', or new keys) and run the same command",
        [AWS_NO_CREDENTIALS] =
            "\n'aws configure' or 'aws sso login' gives credentials; --profile chooses others",
        [AWS_NOT_STARTED] = "",
        [AWS_UNKNOWN_CALL] = "",
        [AWS_DENIED] = "\nthese credentials are not authorized to do that",
        [AWS_TRANSIENT] =
            "\nAWS did not answer as it should, several times in a row; running the same command again resumes from here",
        [AWS_REFUSED] = "",
        [AWS_DONE] = "",
    };

    if (reply->outcome == AWS_DONE)
        return "AWS answered something else than was asked for";
    if (reply->outcome == AWS_EXPIRED && !strstr(reply->code, "Expired") && *reply->code)
        return display_printf(value_arena(),
            "%s\nAWS does not take these credentials: they are mistyped or of another partition, or the "
            "region is not enabled for the account; 'aws sts get-caller-identity' tries them",
            reply->message);
    if (strstr(reply->message, "Unknown parameter in input"))
        return display_printf(value_arena(),
            "%s\nthe installed AWS CLI is too old for that: update it, or do without the option",
            reply->message);
    if (reply->outcome == AWS_TRANSIENT && strstr(reply->message, "endpoint URL"))
        return display_printf(value_arena(),
            "%s\nthe network is down, or there is no region of that name; running the same command again "
            "resumes from here",
            reply->message);
    return display_printf(value_arena(), "%s%-s", reply->message, advice[reply->outcome]);
}

static void ask_environment(struct environment *environment, const struct aws_target *target,
    const char *const *arguments, const struct value *input, aws_callback_fn *then)
{
    environment->open++;
    event_loop_call(environment->queue,
        &(struct aws_call){
            .target = target, .arguments = arguments, .input = input, .then = { then, environment } });
}

static void fail_environment(struct environment *environment, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// The first problem is the one that is told.
static void fail_environment(struct environment *environment, const char *format, ...)
{
    va_list arguments;

    if (environment->problem)
        return;
    va_start(arguments, format);
    environment->problem = display_vprintf(environment->arena, format, arguments);
    va_end(arguments);
}

static void query_all(struct environment *environment);

// What was refused to the caller is asked again under the role, once it is known.
static void settle(struct environment *environment)
{
    if (--environment->open > 0)
        return;
    if (!environment->problem && environment->guesses &&
        (environment->lacks_version || environment->lacks_stacks)) {
        environment->guesses = false;
        query_all(environment);
        return;
    }
    environment->looks = (struct looks){ .cf = { environment->queue, &environment->deploy },
        .stack_count = value_length(environment->stacks) };
    environment->ready(environment, environment->ready_data);
}

// Whether it is asked again before anybody hears of it.
static bool asks_again(const struct environment *environment, const struct aws_reply *reply)
{
    return environment->guesses &&
        (reply->outcome == AWS_DENIED || reply->outcome == AWS_EXPIRED ||
            reply->outcome == AWS_NO_CREDENTIALS || reply->outcome == AWS_NOT_STARTED);
}

const char *environment_bootstrap_command(const struct environment *environment)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_addf(&text, "tango-infra bootstrap aws://%s/%s", environment->account, environment->region);
    if (environment->profile) {
        strbuf_add_string(&text, " --profile ");
        shell_add_word(&text, environment->profile);
    }
    return arena_strdup(value_arena(), text.data);
}

static void on_version(void *data, const struct aws_reply *reply)
{
    struct environment *environment = data;
    const char *text =
        value_string(object_get_path(reply->answer, (const char *[]){ "Parameter", "Value", NULL }));
    int version = text ? atoi(text) : 0;

    // Not even the account need be known yet.
    if (asks_again(environment, reply) ||
        (environment->guesses && reply->outcome != AWS_TRANSIENT && version < environment->needed_version))
        environment->lacks_version = true;
    else if (reply->outcome == AWS_DONE && version < environment->needed_version)
        fail_environment(environment,
            "the bootstrap of account %s in %s is version %d, but version %d is needed\n"
            "'%s' updates it",
            environment->account, environment->region, version, environment->needed_version,
            environment_bootstrap_command(environment));
    else if (reply->outcome == AWS_REFUSED && strcmp(reply->code, "ParameterNotFound") == 0)
        fail_environment(environment, "account %s is not bootstrapped in %s\n'%s' does so",
            environment->account, environment->region, environment_bootstrap_command(environment));
    else if (reply->outcome != AWS_DONE && reply->outcome != AWS_DENIED && reply->outcome != AWS_REFUSED)
        fail_environment(environment, "cannot see whether %s is bootstrapped: %-s", environment->region,
            aws_explain(reply));
    settle(environment);
}

static void on_stacks(void *data, const struct aws_reply *reply)
{
    struct environment *environment = data;
    const struct value *stacks = object_get(reply->answer, "Stacks");
    struct arena *before = value_arena_use(environment->arena);

    if (asks_again(environment, reply))
        environment->lacks_stacks = true;
    else if (reply->outcome != AWS_DONE && !environment->may_lack_stacks)
        fail_environment(
            environment, "cannot list the stacks of %s: %-s", environment->region, aws_explain(reply));
    for (size_t i = 0; i < value_length(stacks); i++)
        object_set(environment->stacks, object_string(array_at(stacks, i), "StackName"),
            value_copy(environment->arena, array_at(stacks, i)));
    value_arena_use(before);
    settle(environment);
}

static void query(struct environment *environment, const struct aws_target *target)
{
    const struct cloudformation cf = { environment->queue, target };
    bool lacks_stacks = environment->lacks_stacks;

    environment->lacks_stacks = false;
    if (environment->lacks_version) {
        environment->lacks_version = false;
        ask_environment(environment, target, (const char *const[]){ "ssm", "get-parameter", NULL },
            object((struct field[]){ { "Name", string(environment->bootstrap_parameter) }, END }),
            on_version);
    }
    if (lacks_stacks) {
        environment->open++;
        describe_stacks(&cf, NULL, (struct aws_callback){ on_stacks, environment });
    }
}

// What has been asked for already is left alone.
static void query_all(struct environment *environment)
{
    if (!environment->guesses)
        query(environment, &environment->deploy);
}

static void on_identity(void *data, const struct aws_reply *reply);

static void ask_identity(struct environment *environment)
{
    ask_environment(environment, &environment->own,
        (const char *const[]){ "sts", "get-caller-identity", NULL }, NULL, on_identity);
}

bool environment_read_credentials(const struct environment *environment, const struct aws_reply *reply,
    struct aws_credentials *ret_credentials)
{
    const struct value *credentials = object_get(reply->answer, "Credentials");
    struct arena *arena = environment->arena;

    if (reply->outcome != AWS_DONE || !object_string(credentials, "AccessKeyId") ||
        !object_string(credentials, "SecretAccessKey"))
        return false;
    *ret_credentials = (struct aws_credentials){
        .access_key_id = arena_strdup(arena, object_string(credentials, "AccessKeyId")),
        .secret_access_key = arena_strdup(arena, object_string(credentials, "SecretAccessKey")),
        .session_token = object_string(credentials, "SessionToken")
            ? arena_strdup(arena, object_string(credentials, "SessionToken"))
            : NULL,
    };
    return true;
}

void environment_assume(struct environment *environment, const char *role, struct aws_callback then)
{
    event_loop_call(environment->queue,
        &(struct aws_call){
            .target = &environment->own,
            .arguments = (const char *const[]){ "sts", "assume-role", NULL },
            .input = object((struct field[]){
                { "RoleArn", string(environment_expand(environment, role)) },
                { "RoleSessionName", string("tango-infra") },
                END,
            }),
            .then = then,
        });
}

// A role that may not be taken on is no obstacle while the caller's own credentials are for the right
// account.
static void on_role(void *data, const struct aws_reply *reply)
{
    struct environment *environment = data;

    if (environment_read_credentials(environment, reply, &environment->deploy_credentials)) {
        environment->deploy.credentials = &environment->deploy_credentials;
        query_all(environment);
    } else if (reply->outcome == AWS_DENIED || reply->outcome == AWS_REFUSED) {
        environment->deploy_role = NULL;
        ask_identity(environment);
    } else {
        fail_environment(environment, "%-s", aws_explain(reply));
    }
    settle(environment);
}

static void go_on(struct environment *environment)
{
    const char *role = environment_expand(environment, environment->deploy_role);
    const char *other = role ? role_of_other_account(role, environment->account) : NULL;

    if (other) {
        environment->open++;
        fail_environment(environment,
            "the stacks go to account %s, but the role that deploys them is of account %s",
            environment->account, other);
        settle(environment);
    } else if (environment->deploy_role) {
        environment->open++;
        environment_assume(
            environment, environment->deploy_role, (struct aws_callback){ on_role, environment });
    } else {
        query_all(environment);
    }
}

static void on_identity(void *data, const struct aws_reply *reply)
{
    struct environment *environment = data;
    const char *account = object_string(reply->answer, "Account");

    if (reply->outcome != AWS_DONE || !account)
        fail_environment(environment, "%-s", aws_explain(reply));
    else if (environment->account && strcmp(environment->account, account) != 0)
        fail_environment(environment,
            "the credentials are for account %s, but the stacks go to %s\n--profile chooses other "
            "credentials",
            account, environment->account);
    else
        environment->account = arena_strdup(environment->arena, account);
    environment->is_own_account = !environment->problem;
    environment->is_caller_known = !environment->problem;
    if (!environment->problem)
        go_on(environment);
    settle(environment);
}

void environment_prepare(
    struct environment *environment, void (*ready)(struct environment *environment, void *data), void *data)
{
    environment->arena = value_arena();
    environment->partition = partition_of(environment->region);
    environment->own = (struct aws_target){ .profile = environment->profile, .region = environment->region };
    environment->deploy = environment->own;
    environment->stacks = object((struct field[]){ END });
    environment->ready = ready;
    environment->ready_data = data;
    environment->open = 0;
    environment->lacks_version = environment->bootstrap_parameter != NULL;
    environment->lacks_stacks = !environment->skips_stacks;
    if (environment->account && environment->deploy_role) {
        go_on(environment);
        return;
    }
    environment->guesses = true;
    ask_identity(environment);
    query(environment, &environment->own);
}

struct caller_search {
    struct environment *environment;
    void (*then)(void *data);
    void *data;
};

static void on_caller(void *data, const struct aws_reply *reply)
{
    struct caller_search *search = data;
    const char *account = object_string(reply->answer, "Account");

    search->environment->is_caller_known = true;
    search->environment->is_own_account = account && strcmp(account, search->environment->account) == 0;
    search->then(search->data);
}

void environment_find_caller(struct environment *environment, void (*then)(void *data), void *data)
{
    struct caller_search *search;

    if (environment->is_caller_known) {
        then(data);
        return;
    }
    search = arena_alloc(environment->arena, sizeof(*search));
    *search = (struct caller_search){ environment, then, data };
    event_loop_call(environment->queue,
        &(struct aws_call){
            .target = &environment->own,
            .arguments = (const char *const[]){ "sts", "get-caller-identity", NULL },
            .then = { on_caller, search },
        });
}
