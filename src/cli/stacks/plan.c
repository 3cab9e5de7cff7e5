// SPDX-License-Identifier: MIT
#include "cli/stacks/plan.h"

#include "awscli/stack_state.h"
#include "cli/core/paragraph.h"
#include "cli/diff/source.h"
#include "cli/stacks/progress.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "deploy/operations/estimate.h"
#include "diff/diff.h"
#include "util/display.h"
#include "util/text/human.h"

#include <stdio.h>

enum { PLAN_FORMAT = 1 }; // version of the JSON

// One stack's place in the plan.
struct plan_entry {
    const struct stack_job *job;
    const struct diff_stack *diff;
    struct stack_estimate estimate;
    int step;    // that changes it, from 1; of a stack that stays as it is, that of the ones before it
    int64_t end; // seconds from the beginning
};

struct plan {
    const struct deployment *deployment;
    struct plan_entry *entries; // one for each job
    int steps;
    int name_width;
    size_t changing;
    int64_t seconds;
};

static bool changes(const struct stack_job *job)
{
    return job->stage == JOB_PLANNED;
}

static void compare_jobs(struct plan *plan)
{
    const struct deployment *deployment = plan->deployment;
    struct diff_input *inputs = arena_alloc(value_arena(), (deployment->job_count + 1) * sizeof(*inputs));
    struct diff diff;

    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *job = &deployment->jobs[i];
        const struct value *before = changes(job) ? job->current_template : job->stack->template;

        inputs[i] = (struct diff_input){
            .name = job->stack->display_name,
            .before = job->is_new ? NULL : before,
            .after = job->stack->template,
            .paths = diff_paths_of_metadata(job->stack->metadata),
            .settings_before = changes(job) ? job_settings(job) : NULL,
            .settings_after = job_wanted_settings(job),
        };
    }
    diff_compare(inputs, deployment->job_count, &(struct diff_options){ .deployed = true }, &diff);
    for (size_t i = 0; i < deployment->job_count; i++)
        plan->entries[i].diff = &diff.stacks[i];
}

static const struct plan_entry *entry_of(const struct plan *plan, const struct cloud_stack *stack)
{
    for (size_t i = 0; i < plan->deployment->job_count; i++)
        if (plan->deployment->jobs[i].stack == stack)
            return &plan->entries[i];
    return NULL;
}

// Jobs are in an order that respects dependencies.
static void schedule(struct plan *plan, struct plan_entry *entry)
{
    const struct cloud_stack *stack = entry->job->stack;

    for (size_t i = 0; i < stack->dependency_count; i++) {
        const struct plan_entry *before = entry_of(plan, stack->dependencies[i]);

        if (before && before->step > entry->step)
            entry->step = before->step;
        if (before && before->end > entry->end)
            entry->end = before->end;
    }
    if (!changes(entry->job))
        return;
    entry->step++;
    entry->estimate = estimate_change(entry->diff);
    entry->end += entry->estimate.seconds;
    plan->changing++;
    plan->steps = entry->step > plan->steps ? entry->step : plan->steps;
    plan->seconds = entry->end > plan->seconds ? entry->end : plan->seconds;
}

// With fewer at a time than could be, it takes at least the sum of all divided by that.
static void stretch(struct plan *plan)
{
    int64_t limit = (int64_t)plan->deployment->options->concurrency;
    int64_t sum = 0;

    for (size_t i = 0; i < plan->deployment->job_count; i++)
        sum += plan->entries[i].estimate.seconds;
    if (limit && sum / limit > plan->seconds)
        plan->seconds = sum / limit;
}

static void make(struct plan *plan, const struct deployment *deployment)
{
    size_t count = deployment->job_count;

    *plan = (struct plan){ .deployment = deployment };
    plan->entries = arena_alloc(value_arena(), (count + 1) * sizeof(*plan->entries));
    for (size_t i = 0; i < count; i++) {
        int width = (int)display_width(deployment->jobs[i].stack->display_name);

        plan->entries[i] = (struct plan_entry){ .job = &deployment->jobs[i] };
        plan->name_width = width > plan->name_width ? width : plan->name_width;
    }
    compare_jobs(plan);
    for (size_t i = 0; i < count; i++)
        schedule(plan, &plan->entries[i]);
    stretch(plan);
}

// The words, the most harmless first.
static const char *const words[DIFF_IMPACTS] = {
    [DIFF_IMPORT] = "imported",
    [DIFF_UPDATE] = "updated",
    [DIFF_CREATE] = "created",
    [DIFF_ORPHAN] = "left without a stack",
    [DIFF_MAY_REPLACE] = "may be replaced",
    [DIFF_REPLACE] = "replaced",
    [DIFF_DESTROY] = "deleted",
};

// Of what is said about a stack below its name.
static size_t detail_indent(const struct plan *plan)
{
    return 3 + (size_t)plan->name_width + 4;
}

static void add_counts(struct display *line, const struct diff_summary *summary)
{
    const char *separator = "";

    for (int impact = DIFF_IMPORT; impact < DIFF_IMPACTS; impact++) {
        if (!summary->impacts[impact])
            continue;
        display_addf(line, "%s%zu %s", separator, summary->impacts[impact], words[impact]);
        separator = ", ";
    }
    if (!*separator)
        display_addf(line, "no resource changes");
}

// What of it is worth a line: of a new stack nothing, since everything in it is new.
static void print_resources(const struct plan *plan, const struct plan_entry *entry)
{
    for (size_t i = 0; i < entry->diff->resource_count && !entry->job->is_new; i++) {
        const struct diff_resource *resource = &entry->diff->resources[i];
        const char *type = resource->type ? resource->type : resource->old_type;

        if (words[resource->impact])
            paragraph_printf(detail_indent(plan), "   %-*s    %s: %s %s\n", plan->name_width, "",
                words[resource->impact], type ? type : "", resource->path ? resource->path : resource->id);
    }
}

static void print_settings(const struct plan *plan, const struct plan_entry *entry)
{
    const struct diff_changes *settings = &entry->diff->sections[DIFF_SETTINGS];

    for (size_t i = 0; i < settings->count; i++)
        paragraph_printf(detail_indent(plan), "   %-*s    %s of the stack: %s\n", plan->name_width, "",
            diff_kind_name(settings->items[i].kind), settings->items[i].name);
}

static const char *next_action(const struct stack_job *job)
{
    static const char *const texts[] = {
        [STACK_WAIT] = "that is waited for",
        [STACK_DELETE_FIRST] = "what is left of it is deleted first",
        [STACK_ROLL_BACK_FIRST] = "it is rolled back first",
        [STACK_RESUME_ROLLBACK] = "its rollback is resumed first",
        [STACK_UNRECOVERABLE] = NULL,
    };

    return job->current ? texts[stack_next_action(object_string_or_empty(job->current, "StackStatus"))]
                        : NULL;
}

static void print_weakenings(const struct plan *plan, const struct stack_job *job)
{
    for (const struct weakening *one = job->exports.weakenings; one; one = one->next)
        paragraph_printf(detail_indent(plan),
            "   %-*s    its export %s %s, but %s imports it: that is changed first, to read it without "
            "importing it, and again after this stack\n",
            plan->name_width, "", one->export, one->is_change ? "gets another value" : "goes",
            one->importer->stack->display_name);
}

static void print_stored(const struct plan *plan, const struct stack_job *job)
{
    for (size_t i = 0; i < value_length(job->stored_changes); i++) {
        const struct value *change = array_at(job->stored_changes, i);

        paragraph_printf(detail_indent(plan),
            "   %-*s    parameter %s, from the parameter store: %s, was %s\n", plan->name_width, "",
            object_string_or_empty(change, "parameter"), object_string_or_empty(change, "after"),
            object_string_or_empty(change, "before"));
    }
}

static void print_entry(const struct plan *plan, const struct plan_entry *entry, bool is_first)
{
    const struct stack_job *job = entry->job;
    DISPLAY_AUTO line = DISPLAY_INIT;
    char number[16] = "";
    char time[32];

    if (is_first)
        snprintf(number, sizeof(number), "%d", entry->step);
    display_addf(&line, "%-3s%-*s  ", number, plan->name_width, job->stack->display_name);
    add_counts(&line, &entry->diff->summary);
    display_addf(&line, "; about %s", human_duration(time, sizeof(time), entry->estimate.seconds * 1000));
    if (entry->estimate.longest)
        display_addf(&line, ", most of it for %s", entry->estimate.longest);
    display_addf(&line, "\n");
    paragraph_print(detail_indent(plan), &line);
    if (next_action(job))
        paragraph_printf(detail_indent(plan), "   %-*s    it is %s: %s\n", plan->name_width, "",
            object_string_or_empty(job->current, "StackStatus"), next_action(job));
    print_weakenings(plan, job);
    print_stored(plan, job);
    print_settings(plan, entry);
    print_resources(plan, entry);
}

static void print_step(const struct plan *plan, int step)
{
    bool is_first = true;

    for (size_t i = 0; i < plan->deployment->job_count; i++) {
        const struct plan_entry *entry = &plan->entries[i];

        if (!changes(entry->job) || entry->step != step)
            continue;
        print_entry(plan, entry, is_first);
        is_first = false;
    }
}

static void print_unchanged(const struct plan *plan)
{
    for (size_t i = 0; i < plan->deployment->job_count; i++)
        if (plan->deployment->jobs[i].stage == JOB_UNCHANGED)
            print("   %-*s  no changes\n", plan->name_width, plan->deployment->jobs[i].stack->display_name);
}

static void print_uploads(const struct publisher *publisher)
{
    size_t present = 0;

    for (size_t i = 0; i < publisher->upload_count; i++) {
        const struct upload *upload = publisher->uploads[i];

        present += upload->state == UPLOAD_PRESENT;
        if (upload->state == UPLOAD_MISSING)
            print("upload %s%s to %s\n", upload->asset->name,
                upload->asset->is_directory ? " (as a zip)" : "", upload->bucket);
    }
    if (present)
        print("%zu file%s there already\n", present, present == 1 ? " is" : "s are");
}

static void print_summary(const struct plan *plan)
{
    size_t count = plan->deployment->job_count;
    size_t limit = plan->deployment->options->concurrency;
    char time[32];

    if (!plan->changing) {
        print("nothing to change in %zu stack%s\n", count, count == 1 ? "" : "s");
        return;
    }
    print("%zu of %zu stack%s would change, in %d step%s", plan->changing, count, count == 1 ? "" : "s",
        plan->steps, plan->steps == 1 ? "" : "s");
    if (limit)
        print(", at most %zu at a time", limit);
    print("; about %s\n", human_duration(time, sizeof(time), plan->seconds * 1000));
}

void plan_print(const struct deployment *deployment)
{
    struct plan plan;

    make(&plan, deployment);
    for (int step = 1; step <= plan.steps; step++)
        print_step(&plan, step);
    print_unchanged(&plan);
    print_uploads(&deployment->publisher);
    print_summary(&plan);
    fflush(stdout);
}

// For programs.

static struct value *resources_json(const struct plan_entry *entry)
{
    struct value *list = array();

    for (size_t i = 0; i < entry->diff->resource_count; i++) {
        const struct diff_resource *resource = &entry->diff->resources[i];

        if (words[resource->impact])
            array_append(list,
                object((struct field[]){
                    { "id", string(resource->id) },
                    { "path", string(resource->path) },
                    { "type", string(resource->type ? resource->type : resource->old_type) },
                    { "impact", string(diff_impact_name(resource->impact)) },
                    END,
                }));
    }
    return list;
}

static struct value *weakenings_json(const struct stack_job *job)
{
    struct value *list = array();

    for (const struct weakening *one = job->exports.weakenings; one; one = one->next)
        array_append(list,
            object((struct field[]){ { "export", string(one->export) },
                { "importer", string(one->importer->stack->display_name) }, END }));
    return value_length(list) ? list : NULL;
}

static struct value *entry_json(const struct plan_entry *entry)
{
    const struct stack_job *job = entry->job;
    bool is_changing = changes(job);

    return object((struct field[]){
        { "stack", string(job->stack->display_name) },
        { "name", string(job->stack->name) },
        { "account", string(job->environment->account) },
        { "region", string(job->environment->region) },
        { "action",
            string(!is_changing   ? "none"
                    : job->is_new ? "create"
                                  : "update") },
        { "status", job->current ? string(object_string_or_empty(job->current, "StackStatus")) : NULL },
        { "step", is_changing ? number(entry->step) : NULL },
        { "seconds", is_changing ? number((double)entry->estimate.seconds) : NULL },
        { "resources", is_changing ? resources_json(entry) : NULL },
        { "exportsInUse", is_changing ? weakenings_json(job) : NULL },
        { "storedParameters", value_length(job->stored_changes) ? job->stored_changes : NULL },
        END,
    });
}

static struct value *uploads_json(const struct publisher *publisher)
{
    struct value *list = array();

    for (size_t i = 0; i < publisher->upload_count; i++) {
        const struct upload *upload = publisher->uploads[i];

        if (upload->state == UPLOAD_MISSING || upload->state == UPLOAD_PRESENT)
            array_append(list,
                object((struct field[]){
                    { "name", string(upload->asset->name) },
                    { "bucket", string(upload->bucket) },
                    { "key", string(upload->asset->key) },
                    { "present", boolean(upload->state == UPLOAD_PRESENT) },
                    END,
                }));
    }
    return list;
}

struct value *plan_json(const struct deployment *deployment)
{
    struct value *stacks = array();
    struct plan plan;

    make(&plan, deployment);
    for (size_t i = 0; i < deployment->job_count; i++)
        array_append(stacks, entry_json(&plan.entries[i]));
    return object((struct field[]){
        { "version", number(PLAN_FORMAT) },
        { "steps", number(plan.steps) },
        { "seconds", number((double)plan.seconds) },
        { "stacks", stacks },
        { "files", uploads_json(&deployment->publisher) },
        END,
    });
}
