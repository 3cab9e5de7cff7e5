// SPDX-License-Identifier: MIT
#include "invoke/invoke.h"

#include "util/die.h"
#include "util/display.h"
#include "util/process/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// Lambda brings the AWS SDK; here it is among the development packages beside the runner's source.
static void add_module_path(struct strbuf *out, const char *runner)
{
    const char *given = getenv("NODE_PATH");
    char *source = realpath(runner, NULL);

    strbuf_add_string(out, "NODE_PATH=");
    if (source)
        strbuf_addf(out, "%.*s/node_modules", (int)(strrchr(source, '/') - source), source);
    if (given && *given)
        strbuf_addf(out, ":%s", given);
    free(source);
}

static struct process *run_nodejs(const struct invocation *invocation, struct error *err)
{
    STRBUF_AUTO module_path = STRBUF_INIT;
    const size_t count = invocation->environment->count;
    const char **environment;
    struct process *process;

    add_module_path(&module_path, invocation->runner);
    environment = xcalloc(count + 2, sizeof(*environment));
    if (count)
        memcpy(environment, invocation->environment->items, count * sizeof(*environment));
    environment[count] = module_path.data;
    process = process_run(
        &(struct process_options){
            .argv = (const char *const[]){ "node", invocation->runner, "--package", invocation->directory,
                invocation->handler, NULL },
            .environment = environment,
            .input = invocation->event->data,
            .input_length = invocation->event->length,
            .timeout_ms = invocation->timeout_s * 1000,
        },
        err);
    free(environment);
    return process;
}

int invoke_nodejs(const struct invocation *invocation, struct strbuf *result, struct error *err)
{
    double started = now_ms();
    PROCESS_AUTO *process = run_nodejs(invocation, err);

    if (!process)
        return -1;
    print_text_lines(stderr, process->error_output.data, process->error_output.length);
    print_to(stderr, "%s: %.1f ms with the start of Node.js\n", invocation->handler, now_ms() - started);
    if (process->timed_out)
        return error_set(err, "'%s' timed out after %d s", invocation->name, invocation->timeout_s);
    if (process->exit_status != 0)
        return error_set(err, "'%s' failed", invocation->name);
    strbuf_add(result, process->output.data, strcspn(process->output.data, "\n"));
    return 0;
}
