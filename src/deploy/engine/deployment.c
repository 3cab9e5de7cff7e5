// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "util/clock.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <stdarg.h>
#include <string.h>

bool job_has_ended(const struct stack_job *job)
{
    return job->stage >= JOB_DONE;
}

bool job_is_half_done(const struct stack_job *job)
{
    return job->stage == JOB_PREPARING || job->change.is_asking || job->change.is_tidying;
}

static bool is_good(const struct stack_job *job)
{
    return job->stage >= JOB_DONE && job->stage <= JOB_PLANNED;
}

void job_enter(struct stack_job *job, enum job_stage stage)
{
    bool was_changing =
        job->stage == JOB_CHANGING || job->stage == JOB_PREPARING || job->stage == JOB_CLEARING;
    bool is_changing = stage == JOB_CHANGING || stage == JOB_PREPARING || stage == JOB_CLEARING;

    job->deployment->changing += is_changing;
    job->deployment->changing -= was_changing;
    job->stage = stage;
    if (is_changing && !job->began)
        job->began = clock_ms();
    if (job_has_ended(job))
        job->ended = clock_ms();
    if (job->deployment->observer->stage)
        job->deployment->observer->stage(job->deployment->observer->data, job);
}

void job_note(struct stack_job *job, const char *format, ...)
{
    struct arena scratch = ARENA_INIT;
    va_list arguments;

    va_start(arguments, format);
    job->deployment->observer->note(
        job->deployment->observer->data, job, display_vprintf(&scratch, format, arguments));
    va_end(arguments);
    arena_release(&scratch);
}

static bool deployment_has_room(const struct deployment *deployment)
{
    size_t limit = deployment->options->concurrency;

    return !limit || deployment->changing < limit;
}

static bool depends_on(const struct stack_job *job, const struct stack_job *other)
{
    for (size_t i = 0; i < job->stack->dependency_count; i++)
        if (job->stack->dependencies[i] == other->stack)
            return true;
    return false;
}

// The first stack that has to be through before this one and is not; NULL when nothing is in the way.
static const struct stack_job *blocker(const struct stack_job *job)
{
    const struct deployment *deployment = job->deployment;

    for (size_t i = 0; i < deployment->job_count && !deployment->operation->is_unordered; i++) {
        const struct stack_job *other = &deployment->jobs[i];
        bool is_first = deployment->operation->is_reversed ? depends_on(other, job) : depends_on(job, other);

        if (is_first && !is_good(other))
            return other;
    }
    return NULL;
}

static void skip(struct stack_job *job, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void skip(struct stack_job *job, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    job->problem = display_vprintf(job->deployment->arena, format, arguments);
    va_end(arguments);
    job_enter(job, JOB_SKIPPED);
}

// `failed`: the stack because of which; NULL: none.
static void skip_all(struct deployment *deployment, const char *failed)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        if (!job_has_ended(&deployment->jobs[i]))
            skip(&deployment->jobs[i],
                failed ? "nothing was changed, because '%s' failed" : "nothing was changed", failed);
}

// What is missing is reported for every stack, all of it at once.
static void report_findings(struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++) {
        struct stack_job *job = &deployment->jobs[i];
        DISPLAY_AUTO missing = DISPLAY_INIT;

        for (const struct finding *one = deployment->preflight.findings; one; one = one->next) {
            if (one->stack != job->stack || job_has_ended(job))
                continue;
            if (one->result == FINDING_UNKNOWN)
                job_note(job, "%-s", one->message);
            else if (one->result == FINDING_MISSING)
                display_addf(&missing, one->fix ? "\n%-s\n    %s" : "\n%-s", one->message, one->fix);
        }
        if (!missing.shown.length)
            continue;
        job->problem = display_printf(deployment->arena,
            "the account lacks what it needs (--no-preflight deploys all the same):%-s", missing.shown.data);
        job_enter(job, JOB_FAILED);
    }
}

void job_check_prerequisites(struct stack_job *job)
{
    struct deployment *deployment = job->deployment;

    if (job->is_checked || deployment->is_open || !deployment->operation->checks_prerequisites ||
        !deployment->options->prerequisites)
        return;
    job->is_checked = true;
    preflight_add(&deployment->preflight, job->environment, job->stack, job->current_template);
}

// Nothing is changed before every stack has been looked at: what can be known to fail is to fail before
// anything has happened. Stacks that have nothing to do with each other are no reason to leave others alone.
static bool open_gate(struct deployment *deployment)
{
    const struct deploy_observer *observer = deployment->observer;
    const struct stack_job *failed = NULL;

    if (!deployment->is_open && deployment->preflight.open)
        return false;
    for (size_t i = 0; i < deployment->job_count && !deployment->is_open; i++) {
        if (deployment->jobs[i].stage == JOB_LOOKING)
            return false;
    }
    if (!deployment->is_open) {
        report_findings(deployment);
        for (size_t i = 0; i < deployment->job_count; i++)
            job_confirm_weakening(&deployment->jobs[i]);
    }
    for (size_t i = 0; i < deployment->job_count && !deployment->is_open; i++)
        if (deployment->jobs[i].stage == JOB_FAILED)
            failed = &deployment->jobs[i];
    if (failed && !deployment->operation->is_unordered)
        skip_all(deployment, failed->stack->display_name);
    else if (!deployment->is_open && observer->begin && !observer->begin(observer->context))
        skip_all(deployment, NULL);
    deployment->is_open = true;
    return true;
}

static void unblock_one(struct stack_job *job)
{
    const struct stack_job *other = blocker(job);

    if (job->deployment->is_stopping)
        skip(job, "interrupted before anything was changed");
    else if (job->is_held)
        job->deployment->operation->handle(job);
    else if (other && job_has_ended(other))
        skip(job, "it has to wait for '%s', which did not get through", other->stack->display_name);
    else if (!other && deployment_has_room(job->deployment))
        job->deployment->operation->change(job);
}

static bool has_ended(const struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        if (!job_has_ended(&deployment->jobs[i]))
            return false;
    return true;
}

// Lets blocked stacks go on, and ends those that never can. One that is still publishing finds out when it
// gets there.
static void unblock(struct deployment *deployment)
{
    if (!open_gate(deployment))
        return;
    for (size_t i = 0; i < deployment->job_count; i++)
        if (deployment->jobs[i].stage == JOB_BLOCKED)
            unblock_one(&deployment->jobs[i]);
    if (deployment->is_stopping || has_ended(deployment))
        deployment_describe_changed(deployment);
}

void job_finish(struct stack_job *job, enum job_stage stage)
{
    job_enter(job, stage);
    unblock(job->deployment);
}

void job_fail(struct stack_job *job, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    job->problem = display_vprintf(job->deployment->arena, format, arguments);
    va_end(arguments);
    job_finish(job, JOB_FAILED);
}

void job_fail_reply(struct stack_job *job, const char *what, const struct aws_reply *reply)
{
    job_fail(job, "%s: %-s", what, aws_explain(reply));
}

// Unblocking is left to the caller of the last upload or look.
static void on_upload(void *data, struct upload *upload)
{
    struct deployment *deployment = data;

    if (deployment->observer->upload)
        deployment->observer->upload(deployment->observer->data, upload);
    if (upload->state == UPLOAD_RUNNING)
        return;
    for (size_t i = 0; i < deployment->job_count; i++) {
        struct stack_job *job = &deployment->jobs[i];

        if (!job_has_ended(job) && deployment->operation->uploaded)
            deployment->operation->uploaded(job);
    }
    unblock(deployment);
}

static void on_preflight(void *data)
{
    unblock(data);
}

static void on_ready(struct environment *environment, void *data)
{
    struct deployment *deployment = data;
    bool has_failed = false;

    for (size_t i = 0; i < deployment->job_count; i++) {
        struct stack_job *job = &deployment->jobs[i];

        if (job->environment != environment || job_has_ended(job))
            continue;
        if (environment->problem && !has_failed)
            job_fail(job, "%-s", environment->problem);
        else if (environment->problem)
            skip(job, "for the same reason");
        else if (deployment->is_stopping)
            skip(job, "interrupted before anything was changed");
        else
            deployment->operation->handle(job);
        has_failed |= environment->problem != NULL;
    }
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct environment *environment_of(struct deployment *deployment, const struct cloud_stack *stack)
{
    const char *region = stack->region ? stack->region : deployment->options->default_region;
    const struct job_operation *operation = deployment->operation;
    bool needs_bootstrap = operation->needs_bootstrap && !deployment->options->skips_bootstrap_check;
    const char *role = operation->only_uploads ? NULL : stack->deploy_role;
    struct environment *environment;

    for (size_t i = 0; i < deployment->environment_count; i++) {
        environment = &deployment->environments[i];
        if (same(environment->account, stack->account) && same(environment->region, region) &&
            same(environment->deploy_role, role))
            return environment;
    }
    environment = &deployment->environments[deployment->environment_count++];
    *environment = (struct environment){
        .queue = deployment->queue,
        .profile = deployment->options->profile,
        .account = stack->account,
        .region = region,
        .deploy_role = role,
        .bootstrap_parameter = needs_bootstrap ? stack->bootstrap_parameter : NULL,
        .needed_version = stack->bootstrap_version > operation->bootstrap_version
            ? stack->bootstrap_version
            : operation->bootstrap_version,
        .skips_stacks = operation->skips_stacks,
        .may_lack_stacks = operation->may_lack_stacks,
    };
    return environment;
}

void deployment_init(struct deployment *deployment, const struct deployment_props *props,
    const struct deploy_observer *observer)
{
    const struct cloud_assembly *assembly = props->assembly;
    struct arena *arena = value_arena();

    *deployment = (struct deployment){
        .operation = props->operation,
        .queue = props->loop,
        .options = props->options,
        .context = props->context,
        .observer = observer,
        .arena = arena,
        .jobs = arena_alloc(arena, assembly->stack_count * sizeof(*deployment->jobs)),
        .environments = arena_alloc(arena, assembly->stack_count * sizeof(*deployment->environments)),
    };
    deployment->preflight = (struct preflight){
        .queue = props->loop,
        .assembly = assembly,
        .fixes = props->options->prerequisites,
        .arena = arena,
        .ended = on_preflight,
        .data = deployment,
    };
    publisher_init(&deployment->publisher, props->loop);
    deployment->publisher.skips_check = props->options->skips_asset_check;
    deployment->publisher.other_accounts = props->options->asset_accounts;
    deployment->publisher.read_only = props->operation == &dry_run_operation;
    deployment->publisher.changed = on_upload;
    deployment->publisher.data = deployment;
    for (size_t i = 0; i < assembly->stack_count; i++) {
        struct stack_job *job = &deployment->jobs[deployment->job_count];

        if (!props->chosen[i])
            continue;
        *job = (struct stack_job){ .deployment = deployment, .stack = &assembly->stacks[i] };
        job->environment = environment_of(deployment, job->stack);
        job->cf = (struct cloudformation){ props->loop, &job->environment->deploy };
        random_token(job->change.token);
        deployment->job_count++;
    }
}

void deployment_release(struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        monitor_release(&deployment->jobs[i].monitor);
    publisher_release(&deployment->publisher);
}

void deployment_start(struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->environment_count; i++)
        environment_prepare(&deployment->environments[i], on_ready, deployment);
}

void deployment_stop(struct deployment *deployment)
{
    deployment->is_stopping = true;
    unblock(deployment);
}
