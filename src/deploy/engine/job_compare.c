// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/known_template.h"
#include "template/returned_template.h"

#include <string.h>

static struct value *all_tags(const struct stack_job *job)
{
    const struct value *sources[] = { job->stack->tags, job->deployment->options->tags };
    struct value *tags = object((struct field[]){ END });

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < value_length(sources[i]); j++)
            object_set(tags, object_at(sources[i], j)->key, object_at(sources[i], j)->value);
    return tags;
}

const struct value *job_tags(const struct stack_job *job)
{
    const struct value *tags = all_tags(job);
    struct value *list = array();

    for (size_t i = 0; i < value_length(tags); i++)
        array_append(list,
            object((struct field[]){
                { "Key", string(object_at(tags, i)->key) }, { "Value", object_at(tags, i)->value }, END }));
    return list;
}

const struct value *job_notification_arns(const struct stack_job *job)
{
    const struct value *given = job->deployment->options->notification_arns;

    return given ? given : job->stack->notification_arns;
}

const char *job_role(const struct stack_job *job)
{
    const char *given = job->deployment->options->role;

    return given ? given : environment_expand(job->environment, job->stack->execution_role);
}

bool job_is_protected(const struct stack_job *job)
{
    return value_boolean(object_get(job->current, "EnableTerminationProtection"));
}

bool job_wants_protection(const struct stack_job *job)
{
    return toggle_or(
        job->deployment->options->protection, job->stack->termination_protection || job_is_protected(job));
}

static bool tags_differ(const struct stack_job *job)
{
    const struct value *deployed = object_get(job->current, "Tags");
    const struct value *wanted = all_tags(job);

    if (value_length(deployed) != value_length(wanted))
        return true;
    for (size_t i = 0; i < value_length(deployed); i++) {
        const char *text = object_string(wanted, object_string(array_at(deployed, i), "Key"));

        if (!text || strcmp(text, object_string_or_empty(array_at(deployed, i), "Value")) != 0)
            return true;
    }
    return false;
}

static bool has_text(const struct value *list, const char *text)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (strcmp(value_string_or_empty(array_at(list, i)), text) == 0)
            return true;
    return false;
}

static bool notifications_differ(const struct stack_job *job)
{
    const struct value *deployed = object_get(job->current, "NotificationARNs");
    const struct value *wanted = job_notification_arns(job);

    if (!wanted)
        return false;
    if (value_length(deployed) != value_length(wanted))
        return true;
    for (size_t i = 0; i < value_length(wanted); i++)
        if (!has_text(deployed, value_string_or_empty(array_at(wanted, i))))
            return true;
    return false;
}

// But for values of the parameter store.
static bool has_nothing_to_change(const struct stack_job *job)
{
    if (job->is_new || job->deployment->options->force || job->deployment->options->revert_drift ||
        status_is_failed(job_status(job)))
        return false;
    return !job_parameters_differ(job) && !tags_differ(job) && !notifications_differ(job) &&
        job_is_protected(job) == job_wants_protection(job) &&
        returned_equals(job->current_template, job->stack->template);
}

bool job_changes_nothing(const struct stack_job *job)
{
    return has_nothing_to_change(job) && !job_reads_parameters_again(job);
}

static struct value *settings(
    bool protection, const struct value *tags, const struct value *topics, const char *role)
{
    return object((struct field[]){
        { "TerminationProtection", boolean(protection) },
        { "Tags", (struct value *)tags },
        { "NotificationARNs", value_length(topics) ? (struct value *)topics : NULL },
        { "RoleARN", string(role) },
        END,
    });
}

struct value *job_current_tags(const struct stack_job *job)
{
    const struct value *list = object_get(job->current, "Tags");
    struct value *tags = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(list); i++)
        object_set(tags, object_string(array_at(list, i), "Key"), object_get(array_at(list, i), "Value"));
    return tags;
}

const struct value *job_settings(const struct stack_job *job)
{
    if (!job->current || stack_next_action(job_status(job)) == STACK_CREATE)
        return NULL;
    return settings(job_is_protected(job), job_current_tags(job),
        object_get(job->current, "NotificationARNs"), object_string(job->current, "RoleARN"));
}

const struct value *job_wanted_settings(const struct stack_job *job)
{
    return settings(job_wants_protection(job), all_tags(job),
        notifications_differ(job) ? job_notification_arns(job) : object_get(job->current, "NotificationARNs"),
        job_role(job) ? job_role(job) : object_string(job->current, "RoleARN"));
}

// What the app no longer asks for stays: it may have been set by hand.
static void note_kept_protection(struct stack_job *job)
{
    if (job_is_protected(job) && !job->stack->termination_protection &&
        job->deployment->options->protection == TOGGLE_DEFAULT)
        job_note(job,
            "it stays protected against deletion, which the app does not ask for; "
            "--no-termination-protection takes the protection away");
}

static void go_on(struct stack_job *job)
{
    job_note_kept_defaults(job);
    job_check_prerequisites(job);
    job_find_importers(job);
    if (!job_has_ended(job) && !job->exports.open_exports)
        job_publish(job);
}

static void on_stored(struct stack_job *job, bool is_known)
{
    for (size_t i = 0; i < value_length(job->stored_changes); i++) {
        const struct value *change = array_at(job->stored_changes, i);

        job_note(job, "only parameter '%s' changes: '%s' in the parameter store was '%s' and is '%s'",
            object_string_or_empty(change, "parameter"), object_string_or_empty(change, "name"),
            object_string_or_empty(change, "before"), object_string_or_empty(change, "after"));
    }
    if (!is_known)
        job_note(job, "whether its parameters have other values in the parameter store cannot be seen");
    if (is_known && !value_length(job->stored_changes))
        job_finish(job, JOB_UNCHANGED);
    else
        go_on(job);
}

static void compare(struct stack_job *job)
{
    note_kept_protection(job);
    if (!has_nothing_to_change(job)) {
        go_on(job);
        return;
    }
    known_template_note(job);
    if (job_reads_parameters_again(job))
        job_find_stored(job, on_stored);
    else
        job_finish(job, JOB_UNCHANGED);
}

static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (job_receive_template(job, reply))
        compare(job);
}

void job_compare(struct stack_job *job)
{
    if (job->deployment->options->method != DEPLOY_EXECUTE_CHANGE_SET && !job_has_parameters(job)) {
        return;
    } else if (job->is_new || job->deployment->options->method == DEPLOY_EXECUTE_CHANGE_SET) {
        job_check_prerequisites(job);
        job_publish(job);
    } else if (!job->deployment->options->force && known_template_stands(job)) {
        job->current_template = job->stack->template;
        compare(job);
    } else {
        get_template(&job->cf, job_stack_id(job), (struct aws_callback){ on_template, job });
    }
}
