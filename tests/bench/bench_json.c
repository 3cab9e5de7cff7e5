// SPDX-License-Identifier: MIT
// bench_json FILE COUNT: reads a JSON file into values so many times. bench_json FILE: prints how long that
// takes beside its parts: a copy of the text, the check alone, cJSON alone.
#include "data/json.h"
#include "data/json_check.h"
#include "data/value.h"
#include "util/array.h"
#include "util/file/file.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 9, READINGS = 50 };

static int read_values(const struct strbuf *text)
{
    ERROR_AUTO err = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    const struct value *value = json_parse(text->data, text->length, "file", &err);

    value_arena_use(before);
    arena_release(&arena);
    return value ? 0 : -1;
}

static int check_text(const struct strbuf *text)
{
    return json_check(text->data, text->length, &(struct json_rules){ 500, true }, NULL) ? 0 : -1;
}

// With the allocation that it uses by itself.
static int read_cjson(const struct strbuf *text)
{
    cJSON *json;

    cJSON_InitHooks(NULL);
    json = cJSON_ParseWithLength(text->data, text->length);
    cJSON_Delete(json);
    return json ? 0 : -1;
}

// The least of several runs, in seconds of processor time for one reading.
static double measure(int (*work)(const struct strbuf *text), const struct strbuf *text)
{
    double best = 1e9;

    for (int run = 0; run < RUNS; run++) {
        clock_t start = clock();
        double seconds;

        for (int i = 0; i < READINGS; i++)
            if (work(text) < 0)
                exit(1);
        seconds = (double)(clock() - start) / CLOCKS_PER_SEC / READINGS;
        if (seconds < best)
            best = seconds;
    }
    return best;
}

static void print_parts(const struct strbuf *text)
{
    static const struct {
        const char *name;
        int (*work)(const struct strbuf *text);
    } parts[] = { { "the check", check_text }, { "cJSON with malloc", read_cjson },
        { "reading into values", read_values } };
    double seconds[ARRAY_SIZE(parts)];

    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        seconds[i] = measure(parts[i].work, text);
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        printf("%-20s %7.0f us, %5.0f MB/s, %.2f of reading into values\n", parts[i].name, seconds[i] * 1e6,
            (double)text->length / seconds[i] / 1e6, seconds[i] / seconds[ARRAY_SIZE(parts) - 1]);
}

int main(int argc, char **argv)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;

    if (argc < 2 || argc > 3 || file_read(argv[1], &text, &err) < 0) {
        fprintf(stderr, "%s\n", err.message ? err.message : "usage: bench_json FILE [COUNT]");
        return 2;
    }
    if (argc == 2)
        print_parts(&text);
    for (int i = argc == 3 ? atoi(argv[2]) : 0; i > 0; i--)
        if (read_values(&text) < 0)
            return 1;
    return 0;
}
