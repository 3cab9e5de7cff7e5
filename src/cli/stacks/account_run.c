// SPDX-License-Identifier: MIT
#include "cli/stacks/account_run.h"

#include "cli/core/cli.h"
#include "cli/core/prompt.h"
#include "cli/stacks/progress.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/die.h"
#include "util/process/signals.h"

#include <signal.h>
#include <string.h>

enum { TURN_MS = 200 };

static bool is_running(const struct stack_job *job)
{
    return job->stage == JOB_CHANGING;
}

static bool is_update(const struct stack_job *job)
{
    return is_running(job) && !job->is_new;
}

static size_t count_jobs(const struct deployment *deployment, bool (*matches)(const struct stack_job *job))
{
    size_t found = 0;

    for (size_t i = 0; i < deployment->job_count; i++)
        found += matches(&deployment->jobs[i]);
    return found;
}

static void on_cancelled(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct deploy_observer *observer = job->deployment->observer;

    observer->note(
        observer->data, job, reply->outcome == AWS_DONE ? "its update is being cancelled" : reply->message);
}

static void cancel_updates(struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        if (is_update(&deployment->jobs[i]))
            cancel_update_stack(&deployment->jobs[i].cf, deployment->jobs[i].stack->name,
                (struct aws_callback){ on_cancelled, &deployment->jobs[i] });
}

static void print_what_goes_on(const struct cli *cli, const struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        if (is_running(&deployment->jobs[i]))
            cli_warning(cli, "%s continues in CloudFormation; '%s watch %s' follows it",
                deployment->jobs[i].stack->display_name, cli_invocation(cli),
                cli_stack_operand(cli, deployment->jobs[i].stack->display_name));
}

// Only of a person who pressed Ctrl-C. Returns whether to go on until the cancelled updates are rolled back.
static bool ask_to_cancel(struct progress *progress, struct deployment *deployment)
{
    size_t updates = count_jobs(deployment, is_update);

    progress_clear(progress);
    if (!deployment->operation->is_cancellable || !updates || signals_pending() != SIGINT ||
        !prompt_is_possible() ||
        !prompt_yes(
            "Cancel the %zu update%s that run%s?", updates, updates == 1 ? "" : "s", updates == 1 ? "s" : ""))
        return false;
    cancel_updates(deployment);
    return true;
}

static void turn(struct progress *progress, struct deployment *deployment)
{
    bool was_interrupted = false;
    bool waits_for_rollback = false;

    while (event_loop_run_once(deployment->queue, TURN_MS)) {
        progress_tick(progress);
        if (!signals_pending())
            continue;
        if (!was_interrupted) {
            was_interrupted = true;
            deployment_stop(deployment);
            waits_for_rollback = ask_to_cancel(progress, deployment);
            cli_info(progress->cli, "interrupted: nothing new is started; interrupt again to exit at once");
        }
        if (!waits_for_rollback && !count_jobs(deployment, job_is_half_done))
            break;
    }
}

int account_run(
    struct progress *progress, struct deployment *deployment, const struct deployment_props *props)
{
    deployment_init(deployment, props, &progress->observer);
    progress->deployment = deployment;
    deployment_start(deployment);
    signals_note_first();
    turn(progress, deployment);
    progress_clear(progress);
    if (!signals_pending())
        return EXIT_STATUS_OK;
    print_what_goes_on(progress->cli, deployment);
    cli_error(progress->cli, "interrupted; running the same command again resumes from here");
    event_loop_close(deployment->queue);
    return 128 + signals_pending();
}
