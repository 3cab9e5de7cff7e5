// SPDX-License-Identifier: MIT
#include "awscli/stack_state.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    enum stack_next_action next_action;
} statuses[] = {
    { "CREATE_COMPLETE", STACK_UPDATE },
    { "CREATE_FAILED", STACK_ROLL_BACK_FIRST },
    { "CREATE_IN_PROGRESS", STACK_WAIT },
    { "DELETE_COMPLETE", STACK_CREATE },
    { "DELETE_FAILED", STACK_DELETE_FIRST },
    { "DELETE_IN_PROGRESS", STACK_WAIT },
    { "IMPORT_COMPLETE", STACK_UPDATE },
    { "IMPORT_IN_PROGRESS", STACK_WAIT },
    { "IMPORT_ROLLBACK_COMPLETE", STACK_UPDATE },
    { "IMPORT_ROLLBACK_FAILED", STACK_UNRECOVERABLE },
    { "IMPORT_ROLLBACK_IN_PROGRESS", STACK_WAIT },
    { "REVIEW_IN_PROGRESS", STACK_CREATE },
    { "ROLLBACK_COMPLETE", STACK_DELETE_FIRST },
    { "ROLLBACK_FAILED", STACK_DELETE_FIRST },
    { "ROLLBACK_IN_PROGRESS", STACK_WAIT },
    { "UPDATE_COMPLETE", STACK_UPDATE },
    { "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", STACK_WAIT },
    { "UPDATE_FAILED", STACK_ROLL_BACK_FIRST },
    { "UPDATE_IN_PROGRESS", STACK_WAIT },
    { "UPDATE_ROLLBACK_COMPLETE", STACK_UPDATE },
    { "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", STACK_WAIT },
    { "UPDATE_ROLLBACK_FAILED", STACK_RESUME_ROLLBACK },
    { "UPDATE_ROLLBACK_IN_PROGRESS", STACK_WAIT },
};

enum stack_next_action stack_next_action(const char *name)
{
    if (!name)
        return STACK_CREATE;
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (strcmp(statuses[i].name, name) == 0)
            return statuses[i].next_action;
    return status_is_in_progress(name) ? STACK_WAIT : STACK_UNRECOVERABLE;
}

bool stack_status_is_ending(const char *status)
{
    return status &&
        (strcmp(status, "DELETE_IN_PROGRESS") == 0 || strcmp(status, "ROLLBACK_IN_PROGRESS") == 0);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = text ? strlen(text) : 0;

    return length >= strlen(ending) && strcmp(text + length - strlen(ending), ending) == 0;
}

// A stack under review is not being worked on.
bool status_is_in_progress(const char *name)
{
    return ends_with(name, "_IN_PROGRESS") && strcmp(name, "REVIEW_IN_PROGRESS") != 0;
}

bool status_is_failed(const char *name)
{
    return ends_with(name, "_FAILED");
}

bool status_is_success(const char *name)
{
    static const char *const successes[] = { "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE" };

    for (size_t i = 0; name && i < sizeof(successes) / sizeof(*successes); i++)
        if (strcmp(name, successes[i]) == 0)
            return true;
    return false;
}
