// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"

// Whether nothing of the stack will be left when its turn comes.
static bool is_to_be_created(const char *status)
{
    return stack_next_action(status) == STACK_CREATE || stack_next_action(status) == STACK_DELETE_FIRST ||
        stack_state(status)->is_ending;
}

static void handle_dry_run(struct stack_job *job)
{
    job_take_current(job);
    job->is_new = is_to_be_created(job_status(job));
    if (stack_next_action(job_status(job)) == STACK_UNRECOVERABLE)
        job_fail(job, "it is %s, from where no deployment can continue", job_status(job));
    else if (stack_next_action(job_status(job)) != STACK_DELETE_FIRST || !job_is_locked(job))
        job_compare(job);
}

static void plan(struct stack_job *job)
{
    job_finish(job, JOB_PLANNED);
}

const struct job_operation dry_run_operation = {
    .verb = "plan",
    .doing = "looking",
    .needs_bootstrap = true,
    .checks_prerequisites = true,
    .handle = handle_dry_run,
    .change = plan,
    .uploaded = job_uploaded,
};
