// SPDX-License-Identifier: MIT
#include "cli/validate/output.h"

#include "data/value.h"
#include "util/array.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/string_list.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

const char *const findings_format_names[] = { "text", "json", "sarif", "junit", "github", "parseable", NULL };
static findings_writer *const writers[] = { NULL, findings_write_json, findings_write_sarif,
    findings_write_junit, findings_write_github, findings_write_parseable };

static int fail_unknown(const char *given, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given);
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
        suggestion_consider(&suggestion, findings_format_names[i]);
        strbuf_addf(
            &names, "%s%s", i ? i + 1 < ARRAY_SIZE(writers) ? ", " : " or " : "", findings_format_names[i]);
    }
    if (suggestion.best)
        return error_set(
            err, "option '--format' does not know '%s'; did you mean '%s'?", given, suggestion.best);
    return error_set(err, "option '--format' takes %s, not '%s'", names.data, given);
}

static int parse_format(const char *given, struct findings_output *output, struct error *err)
{
    size_t length = strcspn(given, "=");

    output->file = given[length] ? given + length + 1 : NULL;
    if (output->file && !*output->file)
        return error_set(err, "option '--format': no file is named in '%s'", given);
    for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
        if (strlen(findings_format_names[i]) == length &&
            memcmp(findings_format_names[i], given, length) == 0) {
            output->write = writers[i];
            return 0;
        }
    }
    return fail_unknown(arena_strndup(value_arena(), given, length), err);
}

int findings_outputs_parse(
    const struct string_list *given, struct findings_outputs *ret_outputs, struct error *err)
{
    size_t count = given->count, to_stdout = 0;
    struct findings_output *outputs = arena_alloc(value_arena(), (count + 1) * sizeof(*outputs));

    for (size_t i = 0; i < count; i++) {
        if (parse_format(given->items[i], &outputs[i], err) < 0)
            return -1;
        to_stdout += !outputs[i].file;
    }
    if (to_stdout > 1)
        return error_set(err, "only one format can go to standard output; name a file: --format json=FILE");
    if (!count)
        outputs[count++] = (struct findings_output){ 0 };
    *ret_outputs = (struct findings_outputs){ outputs, count };
    return 0;
}

static int write_text(const char *file, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    struct findings_format_options own = *options;
    DISPLAY_AUTO text = DISPLAY_INIT;

    own.color = own.color && !file;
    findings_write_text(&text, findings, &own);
    if (file)
        return file_write(file, text.shown.data, text.shown.length, 0644, err);
    display_print(&text, stdout);
    return 0;
}

static int write_one(const struct findings_output *output, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    struct findings_format_options own = *options;
    STRBUF_AUTO text = STRBUF_INIT;

    if (!output->write)
        return write_text(output->file, findings, options, err);
    own.color = false;
    output->write(&text, findings, &own);
    if (output->file)
        return file_write(output->file, text.data, text.length, 0644, err);
    if (output->write == findings_write_json || output->write == findings_write_sarif)
        print_data_json(text.data, text.length);
    else
        print_data(text.data, text.length);
    return 0;
}

int findings_outputs_write(const struct findings_outputs *outputs, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (write_one(&outputs->items[i], findings, options, err) < 0)
            return -1;
    return 0;
}
