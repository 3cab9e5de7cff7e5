// SPDX-License-Identifier: MIT
#include "cli/validate/check.h"

#include "cli/validate/locate.h"
#include "data/value.h"
#include "template/template.h"
#include "util/arena.h"
#include "util/die.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { WORKERS_LIMIT = 64 };

// What is found in one input; the memory is the worker's.
struct check_slot {
    struct template_findings findings;
    bool is_template;
    char *failure; // NULL: none
};

struct check_work {
    const struct validate_inputs *inputs;
    const struct validate_options *options;
    struct check_slot *slots; // one for each input
    atomic_size_t next;       // the first input that nobody has taken
};

struct check_worker {
    struct check_work *work;
    struct arena kept; // findings
    pthread_t thread;
};

// A file that nobody has named is taken for a template when it has the word.
static bool is_template(const struct validate_input *input, const char *text, size_t length)
{
    return input->is_certain || memmem(text, length, "Resources", strlen("Resources"));
}

static void check_text(struct check_worker *worker, const struct validate_input *input,
    struct check_slot *slot, const char *text, size_t length)
{
    struct arena scratch = ARENA_INIT;
    struct template_source source = { .name = input->path, .text = text, .length = length };
    struct template_findings findings = { 0 };
    struct validate_options options = *worker->work->options;
    ERROR_AUTO err = ERROR_INIT;

    options.policy |= input->policy;
    value_arena_use(&scratch);
    if (!input->is_certain) {
        source.template = template_parse_any(text, length, input->path, NULL, &err);
        slot->is_template = !source.template || object_get(source.template, "Resources");
        source.template = NULL;
    } else {
        slot->is_template = true;
    }
    if (slot->is_template) {
        validate_template(&source, &options, &findings);
        template_findings_add(&worker->kept, &slot->findings, &findings);
    }
    value_arena_use(NULL);
    arena_release(&scratch);
}

static void check_input(struct check_worker *worker, size_t index)
{
    const struct validate_input *input = &worker->work->inputs->items[index];
    struct check_slot *slot = &worker->work->slots[index];
    STRBUF_AUTO content = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;

    if (input->text) {
        check_text(worker, input, slot, input->text, input->length);
        return;
    }
    if (file_read_limited(input->path, TEMPLATE_SIZE_LIMIT + 1, &content, &err) < 0)
        slot->failure = arena_strdup(&worker->kept, err.message);
    else if (is_template(input, content.data, content.length))
        check_text(worker, input, slot, content.data, content.length);
}

static void *work(void *data)
{
    struct check_worker *worker = data;
    size_t index;

    while ((index = atomic_fetch_add(&worker->work->next, 1)) < worker->work->inputs->count)
        check_input(worker, index);
    return NULL;
}

static size_t count_workers(size_t inputs)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t workers = processors > 1 ? (size_t)processors : 1;

    if (workers > WORKERS_LIMIT)
        workers = WORKERS_LIMIT;
    return workers < inputs ? workers : inputs;
}

// This thread is the first worker; where no other can be made, it does everything.
static void run_workers(struct check_worker *workers, size_t count)
{
    struct arena *own = value_arena_use(NULL);
    size_t started = 1;

    while (started < count && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    work(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    value_arena_use(own);
}

static int gather(const struct check_work *work, struct check_result *result, struct error *err)
{
    for (size_t i = 0; i < work->inputs->count; i++) {
        const struct check_slot *slot = &work->slots[i];

        if (slot->failure)
            return error_set(err, "%s", slot->failure);
        template_findings_add(value_arena(), &result->findings, &slot->findings);
        if (work->inputs->items[i].stack)
            findings_locate(&result->findings, work->inputs->items[i].path, work->inputs->items[i].stack);
        result->templates += slot->is_template;
    }
    return 0;
}

int validate_inputs_check(const struct validate_inputs *inputs, const struct validate_options *options,
    struct check_result *ret_result, struct error *err)
{
    size_t count = count_workers(inputs->count);
    struct check_work shared = { .inputs = inputs, .options = options };
    struct check_worker *workers = arena_alloc(value_arena(), (count + 1) * sizeof(*workers));
    int status;

    shared.slots = arena_alloc(value_arena(), (inputs->count + 1) * sizeof(*shared.slots));
    for (size_t i = 0; i < count; i++)
        workers[i].work = &shared;
    run_workers(workers, count);
    *ret_result = (struct check_result){ 0 };
    status = gather(&shared, ret_result, err);
    for (size_t i = 0; i < count; i++)
        arena_release(&workers[i].kept);
    return status;
}
