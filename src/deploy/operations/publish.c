// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

static void finish(struct stack_job *job)
{
    job_finish(job, JOB_DONE);
}

const struct job_operation publish_operation = {
    .verb = "publish the assets of",
    .doing = "uploading",
    .is_unordered = true,
    .needs_bootstrap = true,
    .skips_stacks = true,
    .only_uploads = true,
    .handle = job_publish,
    .change = finish,
    .uploaded = job_uploaded,
};
