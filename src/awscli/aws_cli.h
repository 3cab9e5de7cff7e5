// SPDX-License-Identifier: MIT
#ifndef AWSCLI_AWS_CLI_H
#define AWSCLI_AWS_CLI_H

// One call of the AWS CLI (version 1 or 2). The request goes in as JSON on standard input, so that no value
// of it is ever seen in a list of processes or taken for a file name; credentials go in by the environment.

#include "util/error.h"
#include "util/process/process.h"

struct value;

struct aws_credentials {
    const char *access_key_id;
    const char *secret_access_key;
    const char *session_token;
};

// Who asks, and where.
struct aws_target {
    const char *profile;                       // default: as the AWS CLI finds it
    const char *region;                        // likewise
    const struct aws_credentials *credentials; // default: those of the profile
};

struct aws_cli_call {
    const struct aws_target *target;
    const char *const *arguments; // "cloudformation", "describe-stacks", ...; ends with NULL
    const char *input;            // JSON in the names of the API; NULL: none
    int64_t timeout_ms;
    void *data; // of the process
};

enum aws_outcome {
    AWS_DONE,
    AWS_REFUSED,        // the request was understood; the error's code says more
    AWS_DENIED,         // these credentials are not authorized to do that
    AWS_EXPIRED,        // the credentials are no longer good
    AWS_NO_CREDENTIALS, // there are none, or no such profile, or no region
    AWS_NOT_STARTED,    // the AWS CLI is not there, or cannot be started
    AWS_UNKNOWN_CALL,   // it is too old: it does not know the operation
    AWS_TRANSIENT,      // throttled, or no answer, or trouble at AWS: may well work a little later
};

struct aws_reply {
    enum aws_outcome outcome;
    const struct value *answer; // an object, empty when there was no output; NULL unless AWS_DONE
    const char *code;           // "ValidationError"; "" when AWS gave none
    const char *message;        // "" when AWS_DONE
};

// The path as an argument that is taken for nothing else: neither for an option nor for "http://..." (version
// 1 fetches that). In the current value arena, or the path itself.
const char *aws_local_path(const char *path);

// Profiles and regions that would be taken for an option or for a part of an address are errors.
int aws_cli_start(struct process_loop *loop, const struct aws_cli_call *call, struct error *err);

// Reads what a process of aws_cli_start left behind, into the current value arena.
void aws_cli_read(const struct process *process, struct aws_reply *ret_reply);

#endif
