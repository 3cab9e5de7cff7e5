// SPDX-License-Identifier: MIT
// bench_diff KIND SIZE: makes two versions of something of that size, reads and compares them, writes text
// and JSON, and prints the seconds of processor time and the peak of memory in KiB. bench_diff write KIND
// SIZE FOLDER: only writes the two versions, as FOLDER/before and FOLDER/after.
#include "data/value.h"
#include "diff/render/format.h"
#include "template/template.h"
#include "util/array.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { STACK_RESOURCES = 100 };

static void add_queue(struct strbuf *out, size_t i, bool changed)
{
    strbuf_addf(out,
        "\"R%zu\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": \"queue-%zu%s\", "
        "\"Tags\": [{\"Key\": \"a\", \"Value\": \"%zu\"}, {\"Key\": \"b\", \"Value\": \"2\"}]}},\n",
        i, i, changed ? "-new" : "", i);
}

static void add_policy(struct strbuf *out, size_t i)
{
    strbuf_addf(out,
        "\"R%zu\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"PolicyName\": \"p%zu\", \"Roles\": "
        "[\"r\"], \"PolicyDocument\": {\"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
        "[\"sqs:SendMessage\", \"sqs:ReceiveMessage\"], \"Resource\": {\"Fn::GetAtt\": [\"R%zu\", "
        "\"Arn\"]}}]}}},\n",
        i, i, i - 1);
}

static void add_function(struct strbuf *out, size_t i, bool changed)
{
    strbuf_addf(out,
        "\"R%zu\": {\"Type\": \"AWS::Lambda::Function\", \"Properties\": {\"Code\": {\"S3Bucket\": \"b\", "
        "\"S3Key\": \"k\"}, \"MemorySize\": %d, \"Environment\": {\"Variables\": {\"A\": {\"Ref\": "
        "\"R%zu\"}, \"B\": {\"Fn::Join\": [\"\", [\"x-\", {\"Ref\": \"R%zu\"}]]}}}}},\n",
        i, changed ? 256 : 128, i - 2, i - 2);
}

static void add_resources(struct strbuf *out, size_t count, bool after)
{
    strbuf_add_string(out, "{\"Resources\": {\n");
    for (size_t i = 0; i < count; i++) {
        bool changed = after && i % 10 == 0;

        if (i % 3 == 0)
            add_queue(out, i, changed);
        else if (i % 3 == 1)
            add_policy(out, i);
        else
            add_function(out, i, after && i % 5 == 0);
    }
    strbuf_add_string(out, "\"Last\": {\"Type\": \"AWS::SQS::Queue\"}}}\n");
}

static void one_property(struct strbuf *out, const char *value)
{
    strbuf_addf(out, "{\"Resources\": {\"R\": {\"Type\": \"T\", \"Properties\": {\"P\": %s}}}}\n", value);
}

// Each tenth item is another one.
static void add_list(struct strbuf *out, size_t count, bool after)
{
    STRBUF_AUTO list = STRBUF_INIT;

    for (size_t i = 0; i < count; i++)
        strbuf_addf(
            &list, "%s{\"Key\": \"%zu\", \"Value\": %zu}", i ? ", " : "[", i, after && i % 10 == 0 ? 0 : i);
    strbuf_add_string(&list, after ? ", 1]" : "]");
    one_property(out, list.data);
}

static void add_string(struct strbuf *out, size_t length, bool after)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_add_char(&text, '"');
    strbuf_add_repeated(&text, 'a', length);
    strbuf_add_string(&text, after ? "b\"" : "\"");
    one_property(out, text.data);
}

static void add_lines(struct strbuf *out, size_t count, bool after)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_add_char(&text, '"');
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&text, "line %zu\\n", after ? i * 7919 % count : i);
    strbuf_add_char(&text, '"');
    one_property(out, text.data);
}

static void add_statements(struct strbuf *out, size_t count, bool after)
{
    strbuf_add_string(out,
        "{\"Resources\": {\"P\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"Roles\": [\"r\"], "
        "\"PolicyDocument\": {\"Statement\": [");
    for (size_t i = 0; i < count; i++)
        strbuf_addf(out, "%s{\"Effect\": \"Allow\", \"Action\": \"a:b%zu\", \"Resource\": \"%s\"}",
            i ? ", " : "", after ? count - i : i, after && i % 10 == 0 ? "x" : "*");
    strbuf_add_string(out, "]}}}}}\n");
}

// A chain in which each one is replaced because of the one before.
static void add_chain(struct strbuf *out, size_t count, bool after)
{
    strbuf_addf(out,
        "{\"Resources\": {\"R0\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": \"%s\"}}",
        after ? "b" : "a");
    for (size_t i = 1; i < count; i++)
        strbuf_addf(out,
            ", \"R%zu\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": {\"Ref\": "
            "\"R%zu\"}}}",
            i, i - 1);
    strbuf_add_string(out, "}}\n");
}

static void add_renamed(struct strbuf *out, size_t count, bool after)
{
    strbuf_add_string(out, "{\"Resources\": {\"A\": {\"Type\": \"T\"}");
    for (size_t i = 0; i < count; i++)
        strbuf_addf(out,
            ", \"%s%zu\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": \"q%zu\"}}",
            after ? "New" : "Old", i, i);
    strbuf_add_string(out, "}}\n");
}

static const struct {
    const char *name;
    void (*add)(struct strbuf *out, size_t size, bool after);
} kinds[] = {
    { "resources", add_resources },
    { "list", add_list },
    { "string", add_string },
    { "lines", add_lines },
    { "statements", add_statements },
    { "chain", add_chain },
    { "renamed", add_renamed },
};

static void make(struct strbuf *out, const char *kind, size_t size, bool after)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strcmp(kind, kinds[i].name) == 0)
            kinds[i].add(out, size, after);
}

static const struct value *parse(const struct strbuf *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = template_parse(text->data, text->length, "bench", &err);

    if (!template) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return template;
}

static void compare(const struct diff_input *inputs, size_t count)
{
    const struct diff_options options = { 0 };
    const struct diff_format_options look = { .context = 3 };
    DISPLAY_AUTO display = DISPLAY_INIT;
    STRBUF_AUTO out = STRBUF_INIT;
    struct diff diff;

    diff_compare(inputs, count, &options, &diff);
    diff_write_text(&display, &diff, &look);
    diff_write_json(&out, &diff, &look);
}

static int run(const char *kind, size_t size)
{
    bool many = strcmp(kind, "stacks") == 0;
    size_t count = many ? size : 1;
    struct diff_input *inputs = arena_alloc(value_arena(), count * sizeof(*inputs));
    STRBUF_AUTO before = STRBUF_INIT;
    STRBUF_AUTO after = STRBUF_INIT;
    struct rusage usage;
    clock_t start;

    make(&before, many ? "resources" : kind, many ? STACK_RESOURCES : size, false);
    make(&after, many ? "resources" : kind, many ? STACK_RESOURCES : size, true);
    start = clock();
    for (size_t i = 0; i < count; i++)
        inputs[i] = (struct diff_input){
            .name = arena_printf(value_arena(), "S%zu", i), .before = parse(&before), .after = parse(&after)
        };
    compare(inputs, count);
    getrusage(RUSAGE_SELF, &usage);
    printf("%.6f %ld\n", (double)(clock() - start) / CLOCKS_PER_SEC, usage.ru_maxrss);
    return 0;
}

static int write_files(const char *kind, size_t size, const char *directory)
{
    for (int after = 0; after < 2; after++) {
        const char *path = arena_printf(value_arena(), "%s/%s", directory, after ? "after" : "before");
        STRBUF_AUTO text = STRBUF_INIT;
        ERROR_AUTO err = ERROR_INIT;

        make(&text, kind, size, after);
        if (file_write(path, text.data, text.length, 0644, &err) < 0) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct arena arena = ARENA_INIT;
    int status = 2;

    value_arena_use(&arena);
    if (argc == 3)
        status = run(argv[1], strtoul(argv[2], NULL, 10));
    else if (argc == 5 && strcmp(argv[1], "write") == 0)
        status = write_files(argv[2], strtoul(argv[3], NULL, 10), argv[4]);
    else
        fprintf(stderr, "usage: bench_diff KIND SIZE | bench_diff write KIND SIZE FOLDER\n");
    arena_release(&arena);
    return status;
}
