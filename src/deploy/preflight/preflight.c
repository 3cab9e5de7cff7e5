// SPDX-License-Identifier: MIT
#include "deploy/preflight/preflight.h"

#include "data/value.h"
#include "deploy/preflight/preflight_private.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <stdarg.h>
#include <string.h>

// Who asks in an environment: everything waits until it is known with which credentials.
struct preflight_asker {
    struct preflight *preflight;
    struct environment *environment;
    bool is_ready;
    struct aws_target target;
    struct aws_credentials credentials; // of the lookup role
    const char *problem;                // why nothing can be asked; NULL: it can
    const char *lookup_role;
    struct question *waiting;
    struct preflight_asker *next;
};

// By type: what kinds can be missing, the first of them being the thing itself.
static const struct {
    const char *kinds[3];
    question_ask *ask;
    bool only_new; // an existing stack that needs the same has it already
} types[REQUIREMENT_TYPES] = {
    [REQUIREMENT_IMAGE] = { { "image", "repository", NULL }, ask_image, false },
    [REQUIREMENT_SECRET] = { { "secret", "secret-key", NULL }, ask_secret, false },
    [REQUIREMENT_CERTIFICATE] = { { "certificate", NULL }, ask_certificate, false },
    [REQUIREMENT_ENGINE] = { { "engine-version", NULL }, ask_engine, true },
    [REQUIREMENT_CONCURRENCY] = { { "concurrency", NULL }, ask_concurrency, true },
};

const char *question_field(const struct question *question, const char *name)
{
    return object_string(question->requirement->fields, name);
}

const char *comma_list(const struct value *strings)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(strings); i++)
        strbuf_addf(&text, "%s%s", i ? ", " : "", value_string_or_empty(array_at(strings, i)));
    return arena_strdup(value_arena(), text.data);
}

// Findings.

static const char *text_of(const struct value *value)
{
    if (value_type(value) == VALUE_NUMBER)
        return arena_printf(value_arena(), "%g", value_number(value));
    return value_type(value) == VALUE_ARRAY ? comma_list(value) : value_string(value);
}

static const char *fill_in(const char *template, const struct value *fields)
{
    STRBUF_AUTO text = STRBUF_INIT;

    while (*template) {
        const char *end = template[0] == '$' && template[1] == '{' ? strchr(template, '}') : NULL;
        const char *name =
            end ? arena_strndup(value_arena(), template + 2, (size_t)(end - template - 2)) : NULL;
        const char *value = name ? text_of(object_get(fields, name)) : NULL;

        if (value)
            strbuf_add_string(&text, value);
        else
            strbuf_add_char(&text, *template);
        template = value ? end + 1 : template + 1;
    }
    return arena_strdup(value_arena(), text.data);
}

static void add_finding(struct question *question, enum finding_result result, const char *kind,
    const struct value *fields, const char *message)
{
    struct preflight *preflight = question->asker->preflight;
    VALUE_ARENA_SCOPE(preflight->arena);
    const char *fix = result == FINDING_MISSING ? object_string(preflight->fixes, kind) : NULL;
    struct finding *finding = arena_alloc(preflight->arena, sizeof(*finding));

    *finding = (struct finding){
        .result = result,
        .stack = question->stack,
        .kind = kind,
        .message = message,
        .fix = fix ? fill_in(fix, fields ? fields : question->requirement->fields) : NULL,
    };
    *preflight->tail = finding;
    preflight->tail = &finding->next;
}

void question_met(struct question *question, const char *kind, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_finding(question, FINDING_MET, kind, NULL,
        display_vprintf(question->asker->preflight->arena, format, arguments));
    va_end(arguments);
}

void question_missing(
    struct question *question, const char *kind, const struct value *fields, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_finding(question, FINDING_MISSING, kind, fields,
        display_vprintf(question->asker->preflight->arena, format, arguments));
    va_end(arguments);
}

void question_note(struct question *question, const char *kind, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_finding(question, FINDING_UNKNOWN, kind, NULL,
        display_vprintf(question->asker->preflight->arena, format, arguments));
    va_end(arguments);
}

void question_unknown(
    struct question *question, const char *kind, const char *what, const struct aws_reply *reply)
{
    question_note(question, kind, "cannot see whether %s: %s", what,
        *reply->message ? reply->message : "the answer says nothing of it");
}

// Asking.

void question_call(
    struct question *question, const char *const *arguments, const struct value *input, aws_callback_fn *then)
{
    event_loop_call(question->asker->preflight->queue,
        &(struct aws_call){ .target = &question->target,
            .arguments = arguments,
            .input = input,
            .then = { then, question } });
}

void question_end(struct question *question)
{
    struct preflight *preflight = question->asker->preflight;

    if (--preflight->open == 0)
        preflight->ended(preflight->data);
}

static void ask_question(struct question *question)
{
    const struct preflight_asker *asker = question->asker;
    const enum requirement_type type = question->requirement->type;

    question->target = asker->target;
    question->target.region = question_field(question, "region");
    if (!asker->problem) {
        types[type].ask(question);
        return;
    }
    question_note(question, types[type].kinds[0], "%-s", asker->problem);
    question_end(question);
}

static void ask_all(struct preflight_asker *asker, const char *problem)
{
    struct question *question = asker->waiting;

    asker->is_ready = true;
    asker->problem = problem;
    asker->waiting = NULL;
    while (question) {
        struct question *next = question->next;

        ask_question(question);
        question = next;
    }
}

static void on_lookup_role(void *data, const struct aws_reply *reply)
{
    struct preflight_asker *asker = data;

    if (!environment_read_credentials(asker->environment, reply, &asker->credentials)) {
        ask_all(asker,
            arena_printf(asker->preflight->arena,
                "what the stack needs in account %s could not be looked for: the credentials are of another "
                "account, and the lookup role cannot be assumed",
                asker->environment->account));
        return;
    }
    asker->target.credentials = &asker->credentials;
    ask_all(asker, NULL);
}

static void on_caller(void *data)
{
    struct preflight_asker *asker = data;

    if (asker->environment->is_own_account)
        ask_all(asker, NULL);
    else if (asker->lookup_role)
        environment_assume(
            asker->environment, asker->lookup_role, (struct aws_callback){ on_lookup_role, asker });
    else
        on_lookup_role(asker, &(struct aws_reply){ .outcome = AWS_DENIED });
}

static struct preflight_asker *asker_of(
    struct preflight *preflight, struct environment *environment, const struct cloud_stack *stack)
{
    struct preflight_asker *asker = preflight->askers;

    while (asker && asker->environment != environment)
        asker = asker->next;
    if (asker)
        return asker;
    asker = arena_alloc(preflight->arena, sizeof(*asker));
    *asker = (struct preflight_asker){
        .preflight = preflight,
        .environment = environment,
        .target = environment->own,
        .lookup_role = stack->lookup_role,
        .next = preflight->askers,
    };
    preflight->askers = asker;
    environment_find_caller(environment, on_caller, asker);
    return asker;
}

static bool has_it_already(
    const struct requirement *wanted, const struct requirement *deployed, size_t deployed_count)
{
    for (size_t i = 0; i < deployed_count && types[wanted->type].only_new; i++)
        if (deployed[i].type == wanted->type && value_equal(deployed[i].fields, wanted->fields))
            return true;
    return false;
}

// Only what is reserved beyond what the deployed stack has reserved already.
static void subtract_reserved(struct requirement *wanted, const struct requirement *deployed, size_t count)
{
    for (size_t i = 0; i < count && wanted->type == REQUIREMENT_CONCURRENCY; i++) {
        double reserved = value_number(object_get(wanted->fields, "reserved"));

        if (deployed[i].type == REQUIREMENT_CONCURRENCY)
            wanted->fields = object((struct field[]){
                { "reserved", number(reserved - value_number(object_get(deployed[i].fields, "reserved"))) },
                { "region", object_get(wanted->fields, "region") },
                END,
            });
    }
}

static bool is_looked_for(const struct preflight *preflight, enum requirement_type type)
{
    for (size_t i = 0; types[type].kinds[i]; i++)
        if (object_get(preflight->fixes, types[type].kinds[i]))
            return true;
    return false;
}

static void add_question(
    struct preflight_asker *asker, const struct cloud_stack *stack, const struct requirement *requirement)
{
    struct question *question = arena_alloc(asker->preflight->arena, sizeof(*question));
    struct question **end;

    *question = (struct question){ .asker = asker, .stack = stack, .requirement = requirement };
    if (asker->is_ready) {
        ask_question(question);
        return;
    }
    for (end = &asker->waiting; *end; end = &(*end)->next)
        continue;
    *end = question;
}

void preflight_add(struct preflight *preflight, struct environment *environment,
    const struct cloud_stack *stack, const struct value *deployed)
{
    VALUE_ARENA_SCOPE(preflight->arena);
    size_t count, deployed_count;
    struct requirement *wanted = requirements_of(preflight->assembly, stack->template, environment, &count);
    struct requirement *had = requirements_of(preflight->assembly, deployed, environment, &deployed_count);

    if (!preflight->tail)
        preflight->tail = &preflight->findings;
    for (size_t i = 0; i < count; i++) {
        if (!is_looked_for(preflight, wanted[i].type) || has_it_already(&wanted[i], had, deployed_count))
            continue;
        subtract_reserved(&wanted[i], had, deployed_count);
        preflight->open++;
        add_question(asker_of(preflight, environment, stack), stack, &wanted[i]);
    }
}
