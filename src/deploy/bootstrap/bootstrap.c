// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap.h"

#include "awscli/stack_state.h"
#include "data/bootstrap.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/bootstrap/bootstrap_template.h"
#include "deploy/engine/deployment_private.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

static const char usual_name[] = "CDKToolkit";

static const struct bootstrap *bootstrap_of(const struct stack_job *job)
{
    return job->deployment->context;
}

// The value of "ParameterKey" or "OutputKey" `key` in a list of the stack's description; NULL when it is not
// there.
static const char *described(
    const struct value *list, const char *key_name, const char *key, const char *value_name)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (strcmp(object_string_or_empty(array_at(list, i), key_name), key) == 0)
            return object_string(array_at(list, i), value_name);
    return NULL;
}

static const char *current_parameter(const struct stack_job *job, const char *name)
{
    return described(object_get(job->current, "Parameters"), "ParameterKey", name, "ParameterValue");
}

int bootstrap_version(const struct stack_job *job)
{
    const char *text =
        described(object_get(job->current, "Outputs"), "OutputKey", "BootstrapVersion", "OutputValue");

    return text ? atoi(text) : 0;
}

// Options name a parameter of one stack so.
static const char *own_name(const struct stack_job *job, const char *parameter)
{
    return arena_printf(value_arena(), "%s:%s", job->stack->display_name, parameter);
}

const char *bootstrap_parameter(const struct stack_job *job, const char *name)
{
    const struct value *parameters = bootstrap_of(job)->parameters;
    const char *text = object_string(parameters, own_name(job, name));

    if (!text)
        text = object_string(parameters, name);
    return text ? text : current_parameter(job, name);
}

static void set(const struct stack_job *job, const char *parameter, const char *text)
{
    object_set(bootstrap_of(job)->parameters, own_name(job, parameter), string(text));
}

static bool has(const struct value *list, const char *text, size_t length)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (strlen(value_string_or_empty(array_at(list, i))) == length &&
            strncmp(value_string_or_empty(array_at(list, i)), text, length) == 0)
            return true;
    return false;
}

// "A,B" without what is in `unwanted`.
static void add_wanted(struct strbuf *list, const char *text, const struct value *unwanted)
{
    while (*text) {
        size_t length = strcspn(text, ",");

        if (length && !has(unwanted, text, length)) {
            strbuf_add_string(list, list->length ? "," : "");
            strbuf_add(list, text, length);
        }
        text += length + (text[length] == ',');
    }
}

static void set_list(const struct stack_job *job, const char *parameter, const struct value *given,
    const struct value *unwanted)
{
    const char *current = current_parameter(job, parameter);
    STRBUF_AUTO list = STRBUF_INIT;

    if (!given)
        add_wanted(&list, current ? current : "", unwanted);
    for (size_t i = 0; i < value_length(given); i++)
        add_wanted(&list, value_string_or_empty(array_at(given, i)), unwanted);
    set(job, parameter, list.data);
}

// What depends on how the stack stands.
static void set_parameters(const struct stack_job *job)
{
    struct cloud_stack *stack = &bootstrap_of(job)->assembly.stacks[job->stack->index];
    const struct bootstrap_settings *settings = bootstrap_of(job)->settings;

    set_list(job, "TrustedAccounts", settings->trusted, settings->untrusted);
    set_list(job, "TrustedAccountsForLookup", settings->trusted_for_lookup, settings->untrusted);
    set_list(job, "CloudFormationExecutionPolicies", settings->policies, NULL);
    if (settings->key)
        set(job, "FileAssetsBucketKmsKeyId", settings->key);
    else if (!current_parameter(job, "FileAssetsBucketKmsKeyId"))
        set(job, "FileAssetsBucketKmsKeyId", "AWS_MANAGED_KEY");
    stack->tags = settings->tags ? settings->tags : job_current_tags(job);
}

static bool asks_for_changes(const struct bootstrap_settings *settings)
{
    return settings->trusted || settings->trusted_for_lookup || settings->untrusted || settings->policies ||
        settings->bucket || settings->key || settings->boundary || settings->public_access_block ||
        settings->protection;
}

// Whether it may be overwritten; if not, the job has ended.
static bool may_overwrite(struct stack_job *job)
{
    const struct bootstrap_settings *settings = bootstrap_of(job)->settings;
    const char *variant = current_parameter(job, "BootstrapVariant");
    const char *qualifier = current_parameter(job, "Qualifier");
    int version = bootstrap_version(job);

    if (settings->force || !job->current)
        return true;
    // Its resources would be replaced by some of other names, that nothing deployed here knows of.
    if (settings->qualifier && qualifier && strcmp(settings->qualifier, qualifier) != 0) {
        job_fail(job,
            "the bootstrap has the qualifier '%s', not '%s'\n"
            "--toolkit-stack-name makes another bootstrap beside it",
            qualifier, settings->qualifier);
        return false;
    }
    if (variant && strcmp(variant, BOOTSTRAP_VARIANT) != 0) {
        job_fail(job, "the bootstrap is of another variant, '%s'; --force overwrites it", variant);
        return false;
    }
    if (version <= BOOTSTRAP_VERSION)
        return true;
    if (asks_for_changes(settings)) {
        job_fail(job,
            "the bootstrap is version %d, which only the tool that made it can change: this program's is %d\n"
            "--force goes back to that",
            version, BOOTSTRAP_VERSION);
        return false;
    }
    job_note(job, "the bootstrap is version %d, newer than this program's %d: left as it is", version,
        BOOTSTRAP_VERSION);
    job_finish(job, JOB_UNCHANGED);
    return false;
}

// Of the same version and with the same settings: that the other tool has written it otherwise is no reason
// to change it.
static bool stands_as_wanted(struct stack_job *job)
{
    if (bootstrap_version(job) != BOOTSTRAP_VERSION || stack_next_action(job_status(job)) != STACK_UPDATE)
        return false;
    job->current_template = job->stack->template;
    return job_changes_nothing(job);
}

static void handle_bootstrap(struct stack_job *job)
{
    struct arena *before;

    job_take_current(job);
    if (!may_overwrite(job))
        return;
    before = value_arena_use(job->deployment->arena);
    set_parameters(job);
    value_arena_use(before);
    if (*bootstrap_parameter(job, "TrustedAccounts") &&
        !*bootstrap_parameter(job, "CloudFormationExecutionPolicies"))
        job_fail(job,
            "who trusts other accounts has to say what they may deploy: --cloudformation-execution-policies, "
            "such as arn:aws:iam::aws:policy/PowerUserAccess");
    else if (stands_as_wanted(job))
        job_finish(job, JOB_UNCHANGED);
    else
        deploy_operation.handle(job);
}

const struct job_operation bootstrap_operation = {
    .verb = "bootstrap",
    .doing = "changing",
    .is_cancellable = true,
    .handle = handle_bootstrap,
    .change = job_change,
};

static struct cloud_stack stack_of(
    const struct bootstrap_settings *settings, const struct bootstrap_environment *place, size_t index)
{
    const char *name = settings->stack ? settings->stack : usual_name;
    struct arena *arena = value_arena();

    return (struct cloud_stack){
        .id = name,
        .name = name,
        .display_name = place->account ? arena_printf(arena, "aws://%s/%s", place->account, place->region)
                                       : arena_printf(arena, "%s in %s", name, place->region),
        .account = place->account,
        .region = place->region,
        .tags = settings->tags,
        .index = index,
    };
}

static struct value *common_parameters(const struct bootstrap_settings *settings)
{
    return object((struct field[]){
        { "Qualifier", string(settings->qualifier) },
        { "FileAssetsBucketName", string(settings->bucket) },
        { "InputPermissionsBoundary", string(settings->boundary) },
        { "PublicAccessBlockConfiguration",
            settings->public_access_block ? string(settings->public_access_block == YES ? "true" : "false")
                                          : NULL },
        END,
    });
}

void bootstrap_init(struct bootstrap *bootstrap, const struct bootstrap_settings *settings,
    const struct bootstrap_environment *environments, size_t count)
{
    const struct value *template = bootstrap_template();
    STRBUF_AUTO text = STRBUF_INIT;

    *bootstrap = (struct bootstrap){ .settings = settings, .parameters = common_parameters(settings) };
    bootstrap->options = (struct deploy_options){
        .profile = settings->profile,
        .force = settings->force,
        .protection = settings->protection,
        .parameters = bootstrap->parameters,
    };
    json_write(&text, template, 0);
    bootstrap->assembly.stacks = arena_alloc(value_arena(), count * sizeof(*bootstrap->assembly.stacks));
    bootstrap->assembly.stack_count = count;
    for (size_t i = 0; i < count; i++) {
        struct cloud_stack *stack = &bootstrap->assembly.stacks[i];

        *stack = stack_of(settings, &environments[i], i);
        stack->template = template;
        stack->template_text = arena_strdup(value_arena(), text.data);
        stack->template_length = text.length;
    }
}
