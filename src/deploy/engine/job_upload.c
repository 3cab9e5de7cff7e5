// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

// CloudFormation takes longer templates only from a bucket (CloudFormation quotas: template body size).
enum { INLINE_TEMPLATE_MAX = 51200 };

bool stack_needs_template_upload(const struct cloud_stack *stack)
{
    return stack->template_length > INLINE_TEMPLATE_MAX;
}

bool job_needs_template_upload(const struct stack_job *job)
{
    return stack_needs_template_upload(job->stack);
}

static struct upload *upload_of(const struct stack_job *job, size_t index)
{
    const struct cloud_asset *asset =
        index < job->stack->asset_count ? &job->stack->assets[index] : job->stack->template_asset;

    return publisher_add(&job->deployment->publisher, job->environment, asset);
}

static size_t upload_count(const struct stack_job *job)
{
    bool has_template = job_needs_template_upload(job) ||
        (job->deployment->operation->only_uploads && job->stack->template_asset);

    return job->stack->asset_count + has_template;
}

static void start_uploads(struct stack_job *job)
{
    // The first one that ends at once must not let the job go on with others still to come.
    job->open_uploads = 1;
    for (size_t i = 0; i < upload_count(job); i++)
        publisher_start(upload_of(job, i));
    job->open_uploads = 0;
}

void job_publish(struct stack_job *job)
{
    if (job->stage != JOB_PUBLISHING) {
        if (job_needs_template_upload(job) && !job->stack->template_asset) {
            job_fail(job, "its template has %zu bytes, and the assembly does not say to which bucket it goes",
                job->stack->template_length);
            return;
        }
        job_enter(job, JOB_PUBLISHING);
        start_uploads(job);
    }
    if (job->stage != JOB_PUBLISHING || job->open_uploads)
        return;
    for (size_t i = 0; i < upload_count(job); i++) {
        const struct upload *upload = upload_of(job, i);

        if (upload->state == UPLOAD_RUNNING)
            return;
        if (upload->state == UPLOAD_FAILED) {
            job_fail(job, "cannot upload '%s': %-s", upload->asset->name, upload->problem);
            return;
        }
    }
    // Finds out that nothing blocks it, if so.
    job_finish(job, JOB_BLOCKED);
}

void job_uploaded(struct stack_job *job)
{
    if (job->stage == JOB_PUBLISHING)
        job_publish(job);
}
