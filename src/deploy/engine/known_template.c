// SPDX-License-Identifier: MIT
#include "deploy/engine/known_template.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/deployment_private.h"
#include "util/digest.h"
#include "util/file/file.h"
#include "util/file/user_cache.h"

#include <string.h>
#include <unistd.h>

enum { ONLY_OWNER = 0600 };

static const char *place(const struct stack_job *job)
{
    const char *id = object_string(job->current, "StackId");
    char name[SHA256_HEX_SIZE];

    if (!id)
        return NULL;
    sha256_hex(id, strlen(id), name);
    return user_cache_path(value_arena(), arena_printf(value_arena(), "stacks/%s", name));
}

// When CloudFormation last changed the stack, and the hash of the template. NULL: it is being changed.
static const char *content(const struct stack_job *job)
{
    const char *updated = object_string(job->current, "LastUpdatedTime");
    const char *created = object_string(job->current, "CreationTime");
    const char *status = job_status(job);
    char hash[SHA256_HEX_SIZE];

    if (!status || status_is_in_progress(status) || !(updated || created) || !job->stack->template_text)
        return NULL;
    sha256_hex(job->stack->template_text, job->stack->template_length, hash);
    return arena_printf(value_arena(), "%s %s\n", updated ? updated : created, hash);
}

bool known_template_stands(const struct stack_job *job)
{
    const char *path = place(job);
    const char *wanted = content(job);

    return path && wanted && file_has_content(path, wanted, strlen(wanted));
}

void known_template_note(const struct stack_job *job)
{
    const char *path = place(job);
    const char *text = content(job);
    ERROR_AUTO ignored = ERROR_INIT;

    if (path && text && user_cache_prepare(path, &ignored) == 0)
        file_write_if_changed(path, text, strlen(text), ONLY_OWNER, &ignored);
}

void known_template_forget(const struct stack_job *job)
{
    const char *path = place(job);

    if (path)
        unlink(path);
}
