// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_PUBLISHER_H
#define DEPLOY_ENGINE_PUBLISHER_H

// Brings files into the bootstrap bucket, each one once, whoever needs it: looks whether it is there, for
// those that wait for the same role together, packs what is a directory, and uploads it. The holder releases
// the publisher after its queue.

#include "deploy/engine/environment.h"
#include "util/string_list.h"

#include <stdbool.h>
#include <stddef.h>

enum upload_state {
    UPLOAD_NEW,
    UPLOAD_RUNNING,
    UPLOAD_PRESENT, // was there already
    UPLOAD_DONE,
    UPLOAD_MISSING, // is not there, and stays so: only looked for
    UPLOAD_FAILED,
};

struct publisher;

struct upload {
    const struct cloud_asset *asset;
    struct environment *environment;
    enum upload_state state;
    const char *problem; // when it failed
    // The publisher's own:
    struct publisher *publisher;
    size_t number;
    const char *account; // that the role and the bucket are of
    const char *bucket;  // NULL while its role is not known
    struct aws_target target;
    const char *file;           // what is uploaded
    struct upload *listed_with; // the next one that the same listing answers
};

struct publisher_role;

struct publisher {
    struct event_loop *queue;
    bool skips_check;                         // whether a file is there already
    bool read_only;                           // uploads nothing
    const struct string_list *other_accounts; // that roles may belong to; NULL: only to the stack's
    void (*changed)(void *data, struct upload *upload);
    void *data;
    // Its own:
    struct arena *arena;
    struct upload **uploads;
    size_t upload_count, upload_capacity;
    struct publisher_role *roles;
    char *directory; // of packed directories
};

// Files are kept in the value arena that is current.
void publisher_init(struct publisher *publisher, struct event_loop *queue);
void publisher_release(struct publisher *publisher);

// The upload of a file, which others may want as well.
struct upload *publisher_add(
    struct publisher *publisher, struct environment *environment, const struct cloud_asset *asset);
// Starts it unless somebody has; `changed` is called for each new state, perhaps before this returns.
void publisher_start(struct upload *upload);

#endif
