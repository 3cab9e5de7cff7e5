// SPDX-License-Identifier: MIT
#include "data/json.h"
#include "data/value.h"
#include "deploy/preflight/preflight_private.h"

#include <string.h>

// The platforms of an index, as OS/ARCHITECTURE (OCI image specification: "Image index"); attestations have
// "unknown". An empty array: it is the manifest of one image, which does not say for what it was built.
static struct value *platforms_of(const char *manifest)
{
    ERROR_AUTO ignored = ERROR_INIT;
    const struct value *index = json_parse(manifest, strlen(manifest), "manifest", &ignored);
    const struct value *manifests = object_get(index, "manifests");
    struct value *platforms = array();

    for (size_t i = 0; i < value_length(manifests); i++) {
        const struct value *platform = object_get(array_at(manifests, i), "platform");
        const char *os = object_string(platform, "os");
        const char *architecture = object_string(platform, "architecture");

        if (os && architecture && strcmp(os, "unknown") != 0)
            array_append(platforms, stringf("%s/%s", os, architecture));
    }
    return platforms;
}

static bool has_platform(const struct value *platforms, const char *wanted)
{
    for (size_t i = 0; i < value_length(platforms); i++)
        if (strcmp(value_string_or_empty(array_at(platforms, i)), wanted) == 0)
            return true;
    return false;
}

static void see_platform(struct question *question, const char *manifest)
{
    const struct value *platforms = platforms_of(manifest);
    const char *wanted = question_field(question, "platform");
    const char *image = question_field(question, "image");

    if (has_platform(platforms, wanted))
        question_met(question, "image", "image %s: %s", image, wanted);
    else if (value_length(platforms))
        question_missing(question, "image", NULL, "image %s is built for %s, but its tasks run on %s", image,
            comma_list(platforms), wanted);
    else
        question_met(
            question, "image", "image %s (it must be built for %s: it does not say so)", image, wanted);
}

static void no_image(struct question *question)
{
    const char *tag = question_field(question, "tag");

    question_missing(question, "image", NULL, "there is no image '%s' in ECR repository '%s' of account %s",
        tag ? tag : question_field(question, "digest"), question_field(question, "repository"),
        question_field(question, "account"));
}

static void on_image(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const char *manifest = object_string(array_at(object_get(reply->answer, "images"), 0), "imageManifest");

    if (manifest) {
        see_platform(question, manifest);
    } else if (reply->outcome == AWS_DONE) {
        no_image(question);
    } else if (strcmp(reply->code, "RepositoryNotFoundException") == 0) {
        question_missing(question, "repository", NULL, "there is no ECR repository '%s' in %s of account %s",
            question_field(question, "repository"), question_field(question, "region"),
            question_field(question, "account"));
        no_image(question);
    } else {
        question_unknown(question, "image",
            arena_printf(value_arena(), "image %s is there", question_field(question, "image")), reply);
    }
    question_end(question);
}

void ask_image(struct question *question)
{
    const struct value *id = object((struct field[]){
        { "imageTag", string(question_field(question, "tag")) },
        { "imageDigest", string(question_field(question, "digest")) },
        END,
    });

    question_call(question, (const char *const[]){ "ecr", "batch-get-image", NULL },
        object((struct field[]){
            { "registryId", string(question_field(question, "account")) },
            { "repositoryName", string(question_field(question, "repository")) },
            { "imageIds", array_of((struct value *[]){ (struct value *)id, NULL }) },
            { "acceptedMediaTypes",
                strings((const char *[]){ "application/vnd.oci.image.index.v1+json",
                    "application/vnd.docker.distribution.manifest.list.v2+json",
                    "application/vnd.oci.image.manifest.v1+json",
                    "application/vnd.docker.distribution.manifest.v2+json", NULL }) },
            END,
        }),
        on_image);
}
