// SPDX-License-Identifier: MIT
#include "deploy/engine/publisher.h"

#include "data/value.h"
#include "deploy/engine/asset_check.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/file/zip.h"
#include "util/text/compare.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The end of an empty zip archive; a key with no more than that was left behind by a failed upload (aws-cdk:
// cdk-assets, files.ts).
enum { EMPTY_ZIP_SIZE = 22, UPLOAD_TIMEOUT_MS = 30 * 60 * 1000 };

// A role that uploads; who needs it first takes it on, the others wait.
struct publisher_role {
    struct publisher_role *next;
    struct publisher *publisher;
    struct environment *environment;
    const char *arn;
    bool is_known;
    struct aws_credentials credentials; // all NULL: could not be taken on
};

void publisher_init(struct publisher *publisher, struct event_loop *queue)
{
    *publisher = (struct publisher){ .queue = queue, .arena = value_arena() };
}

void publisher_release(struct publisher *publisher)
{
    if (publisher->directory)
        tree_remove(publisher->directory);
    free(publisher->directory);
    publisher->directory = NULL;
}

static void change(struct upload *upload, enum upload_state state)
{
    upload->state = state;
    upload->publisher->changed(upload->publisher->data, upload);
}

static void fail_upload(struct upload *upload, const char *problem)
{
    upload->problem = arena_strdup(upload->publisher->arena, problem);
    change(upload, UPLOAD_FAILED);
}

struct upload *publisher_add(
    struct publisher *publisher, struct environment *environment, const struct cloud_asset *asset)
{
    struct upload *upload;

    for (size_t i = 0; i < publisher->upload_count; i++) {
        upload = publisher->uploads[i];
        if (upload->environment == environment && strcmp(upload->asset->key, asset->key) == 0 &&
            strcmp(upload->asset->bucket, asset->bucket) == 0)
            return upload;
    }
    upload = arena_alloc(publisher->arena, sizeof(*upload));
    *upload = (struct upload){
        .asset = asset, .environment = environment, .publisher = publisher, .number = publisher->upload_count
    };
    publisher->uploads = arena_grow(publisher->arena, publisher->uploads, publisher->upload_count,
        &publisher->upload_capacity, sizeof(struct upload *));
    publisher->uploads[publisher->upload_count++] = upload;
    return upload;
}

static void on_uploaded(void *data, const struct aws_reply *reply)
{
    struct upload *upload = data;

    if (reply->outcome == AWS_DONE)
        change(upload, UPLOAD_DONE);
    else
        fail_upload(upload, aws_explain(reply));
}

static int make_directory(struct publisher *publisher, struct error *err)
{
    const char *place = getenv("TMPDIR");
    STRBUF_AUTO name = STRBUF_INIT;

    if (publisher->directory)
        return 0;
    strbuf_addf(&name, "%s/tango-infra.XXXXXX", place && *place ? place : "/tmp");
    if (!mkdtemp(name.data))
        return error_set_errno(err, "cannot make a directory for packed assets");
    publisher->directory = strbuf_detach(&name);
    return 0;
}

static int pack(struct upload *upload, const struct tree *tree, struct arena *arena, struct error *err)
{
    struct publisher *publisher = upload->publisher;
    struct zip_entry *entries = arena_alloc(arena, tree->count * sizeof(*entries));

    if (make_directory(publisher, err) < 0)
        return -1;
    upload->file = arena_printf(publisher->arena, "%s/%zu.zip", publisher->directory, upload->number);
    for (size_t i = 0; i < tree->count; i++)
        entries[i] = (struct zip_entry){ tree->files[i].name, tree->files[i].path,
            tree->files[i].executable ? 0755 : 0644 };
    return zip_write(upload->file, entries, tree->count, err);
}

static int write_text(struct upload *upload, struct error *err)
{
    struct publisher *publisher = upload->publisher;
    const char *text = upload->asset->text;

    if (make_directory(publisher, err) < 0)
        return -1;
    upload->file = arena_printf(publisher->arena, "%s/%zu.json", publisher->directory, upload->number);
    return file_write(upload->file, text, strlen(text), 0600, err);
}

static int make_file(struct upload *upload, struct error *err)
{
    struct arena scratch = ARENA_INIT;
    struct tree tree;
    int status;

    if (upload->asset->text)
        return write_text(upload, err);
    upload->file = upload->asset->path;
    status = asset_read(upload->asset, &scratch, &tree, err);
    if (status == 0 && upload->asset->is_directory)
        status = pack(upload, &tree, &scratch, err);
    else if (status == 0 && tree.is_directory)
        status = error_set(err, "'%s' is a directory and not a file", upload->asset->path);
    arena_release(&scratch);
    return status;
}

static void put(struct upload *upload)
{
    ERROR_AUTO err = ERROR_INIT;

    if (upload->publisher->read_only) {
        change(upload, UPLOAD_MISSING);
        return;
    }
    if (make_file(upload, &err) < 0) {
        fail_upload(upload, err.message);
        return;
    }
    if (access(upload->file, R_OK) < 0) {
        error_set_errno(&err, "cannot read '%s'", upload->file);
        fail_upload(upload, err.message);
        return;
    }
    event_loop_call(upload->publisher->queue,
        &(struct aws_call){
            .target = &upload->target,
            .arguments =
                (const char *const[]){ "s3api", "put-object", "--body", aws_local_path(upload->file), NULL },
            .input = object((struct field[]){
                { "Bucket", string(upload->bucket) },
                { "Key", string(upload->asset->key) },
                { "ExpectedBucketOwner", string(upload->account) },
                { "ContentType", upload->asset->is_directory ? string("application/zip") : NULL },
                END,
            }),
            .timeout_ms = UPLOAD_TIMEOUT_MS,
            .then = { on_uploaded, upload },
        });
}

static bool is_present(const struct upload *upload, const struct value *answer)
{
    const struct value *contents = object_get(answer, "Contents");

    for (size_t i = 0; i < value_length(contents); i++) {
        const struct value *found = array_at(contents, i);

        if (strings_equal(object_string(found, "Key"), upload->asset->key))
            return value_number(object_get(found, "Size")) > EMPTY_ZIP_SIZE;
    }
    return false;
}

static void on_listed(void *data, const struct aws_reply *reply)
{
    struct upload *upload = data;

    if (reply->outcome == AWS_REFUSED && strcmp(reply->code, "NoSuchBucket") == 0)
        fail_upload(upload,
            display_printf(value_arena(), "bucket '%s' does not exist\n'%s' makes it", upload->bucket,
                environment_bootstrap_command(upload->environment)));
    else if (reply->outcome != AWS_DONE)
        fail_upload(upload, aws_explain(reply));
    else if (is_present(upload, reply->answer))
        change(upload, UPLOAD_PRESENT);
    else
        put(upload);
}

// By listing and not by asking for the object itself: that S3 would answer from a cache that remembers what
// was not there.
static void list_alone(struct upload *upload)
{
    event_loop_call(upload->publisher->queue,
        &(struct aws_call){
            .target = &upload->target,
            .arguments = (const char *const[]){ "s3api", "list-objects-v2", NULL },
            .input = object((struct field[]){
                { "Bucket", string(upload->bucket) },
                { "Prefix", string(upload->asset->key) },
                { "MaxKeys", number(1) },
                { "ExpectedBucketOwner", string(upload->account) },
                END,
            }),
            .then = { on_listed, upload },
        });
}

// What the page does not reach is asked for by itself: keys come in their order.
static void take_page(struct upload *upload, const struct aws_reply *reply)
{
    const struct value *contents = object_get(reply->answer, "Contents");
    const char *last = object_string_or_empty(array_at(contents, value_length(contents) - 1), "Key");
    bool is_whole = !value_boolean(object_get(reply->answer, "IsTruncated"));

    if (reply->outcome == AWS_DENIED ||
        (reply->outcome == AWS_DONE && !is_whole && strcmp(upload->asset->key, last) > 0))
        list_alone(upload);
    else
        on_listed(upload, reply);
}

static void on_page(void *data, const struct aws_reply *reply)
{
    struct upload *upload = data;

    while (upload) {
        struct upload *next = upload->listed_with;

        take_page(upload, reply);
        upload = next;
    }
}

static const char *first_key(const struct upload *upload)
{
    const char *first = upload->asset->key;

    for (; upload; upload = upload->listed_with)
        first = strcmp(upload->asset->key, first) < 0 ? upload->asset->key : first;
    return first;
}

// One page from the first of their keys on: what the bucket of an account holds is rarely more.
static void list_together(struct upload *upload)
{
    const char *first = first_key(upload);

    if (!upload->listed_with) {
        list_alone(upload);
        return;
    }
    event_loop_call(upload->publisher->queue,
        &(struct aws_call){
            .target = &upload->target,
            .arguments = (const char *const[]){ "s3api", "list-objects-v2", "--no-paginate", NULL },
            .input = object((struct field[]){
                { "Bucket", string(upload->bucket) },
                { "StartAfter", string(arena_strndup(value_arena(), first, strlen(first) - 1)) },
                { "ExpectedBucketOwner", string(upload->account) },
                END,
            }),
            .then = { on_page, upload },
        });
}

static struct publisher_role *find_role(const struct upload *upload)
{
    struct publisher_role *role = upload->publisher->roles;

    while (role && (role->environment != upload->environment || strcmp(role->arn, upload->asset->role) != 0))
        role = role->next;
    return role;
}

static void find_target(struct upload *upload, const struct publisher_role *role)
{
    struct environment *environment = upload->environment;

    upload->target = environment->own;
    if (role && role->credentials.access_key_id)
        upload->target.credentials = &role->credentials;
    if (upload->asset->region)
        upload->target.region = environment_expand(environment, upload->asset->region);
    upload->bucket = environment_expand(environment, upload->asset->bucket);
}

static void begin_upload(struct upload *upload, const struct publisher_role *role)
{
    find_target(upload, role);
    if (upload->publisher->skips_check)
        put(upload);
    else
        list_alone(upload);
}

static bool waits_for(const struct upload *upload, const struct publisher_role *role)
{
    return upload->state == UPLOAD_RUNNING && !upload->bucket && upload->asset->role &&
        find_role(upload) == role;
}

static bool share_a_bucket(const struct upload *a, const struct upload *b)
{
    return strcmp(a->bucket, b->bucket) == 0 && strings_equal(a->target.region, b->target.region) &&
        strcmp(a->account, b->account) == 0;
}

static void on_role(void *data, const struct aws_reply *reply)
{
    struct publisher_role *role = data;
    struct publisher *publisher = role->publisher;
    struct upload *first = NULL;

    role->is_known = true;
    environment_read_credentials(role->environment, reply, &role->credentials);
    for (size_t i = 0; i < publisher->upload_count; i++) {
        struct upload *upload = publisher->uploads[i];

        if (!waits_for(upload, role))
            continue;
        find_target(upload, role);
        if (publisher->skips_check) {
            put(upload);
        } else if (first && !share_a_bucket(first, upload)) {
            list_alone(upload);
        } else {
            upload->listed_with = first;
            first = upload;
        }
    }
    if (first)
        list_together(first);
}

static void assume_role(struct upload *upload)
{
    struct publisher_role *role = arena_alloc(upload->publisher->arena, sizeof(*role));

    *role = (struct publisher_role){
        .next = upload->publisher->roles,
        .publisher = upload->publisher,
        .environment = upload->environment,
        .arn = upload->asset->role,
    };
    upload->publisher->roles = role;
    environment_assume(upload->environment, role->arn, (struct aws_callback){ on_role, role });
}

// The account of the role is the stack's, or one that the caller has named.
static int find_account(struct upload *upload)
{
    const struct string_list *named = upload->publisher->other_accounts;
    const char *other = upload->asset->role
        ? role_of_other_account(
              environment_expand(upload->environment, upload->asset->role), upload->environment->account)
        : NULL;

    upload->account = other ? arena_strdup(upload->publisher->arena, other) : upload->environment->account;
    if (!other || (named && string_list_has(named, other)))
        return 0;
    fail_upload(upload,
        arena_printf(value_arena(),
            "it would be uploaded by a role of account %s, but the stack goes to %s\n"
            "where that is meant, --asset-account %s allows it",
            other, upload->environment->account, other));
    return -1;
}

void publisher_start(struct upload *upload)
{
    struct publisher_role *role;

    if (upload->state != UPLOAD_NEW)
        return;
    change(upload, UPLOAD_RUNNING);
    if (find_account(upload) < 0)
        return;
    role = upload->asset->role ? find_role(upload) : NULL;
    if (upload->asset->role && !role)
        assume_role(upload);
    else if (!upload->asset->role || role->is_known)
        begin_upload(upload, role);
}
