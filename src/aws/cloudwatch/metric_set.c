// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/metric_private.h"

#include "util/arena.h"

#include <string.h>

static struct metric_entry *with_id(struct metric_set *set, const char *id)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->entries[i].id && strcmp(set->entries[i].id, id) == 0)
            return &set->entries[i];
    }
    return NULL;
}

static struct metric_entry *with_key(struct metric_set *set, const struct value *key)
{
    for (size_t i = set->count; i-- > 0;) {
        if (value_equal(set->entries[i].key, key))
            return &set->entries[i];
    }
    return NULL;
}

// The entry that the metric can share, or NULL: one id cannot stand for two metrics, but one metric may have
// two ids, and is there twice then.
static struct metric_entry *existing_entry(
    struct metric_set *set, struct cloudwatch_metric *metric, struct value *key, const char *id)
{
    struct metric_entry *entry = id ? with_id(set, id) : NULL;
    if (entry && entry->top != set->tops && !value_equal(entry->key, key))
        findings_add_error(&set->findings,
            "id '%s' stands for two metrics, '%s' and '%s', in one alarm or graph: rename one", id,
            metric_title_text(entry->metric), metric_title_text(metric));
    if (entry)
        return entry;
    entry = with_key(set, key);
    return entry && entry->id && id ? NULL : entry;
}

static void add(
    struct metric_set *set, struct cloudwatch_metric *metric, int level, const char *axis, const char *id)
{
    struct value *key = metric_key(metric);
    struct metric_entry *entry = existing_entry(set, metric, key, id);
    if (!entry) {
        set->entries =
            arena_grow(value_arena(), set->entries, set->count, &set->capacity, sizeof(*set->entries));
        entry = &set->entries[set->count++];
        *entry = (struct metric_entry){ .metric = metric, .key = key, .level = level, .top = set->tops };
    }
    if (!entry->id)
        entry->id = id;
    if (!entry->axis)
        entry->axis = axis;
    for (size_t i = 0; i < metric->variable_count; i++)
        add(set, metric->variables[i].metric, level + 1, NULL, metric->variables[i].id);
}

void metric_set_add(struct metric_set *set, struct cloudwatch_metric *metric, const char *axis)
{
    set->tops++;
    add(set, metric, 1, axis, NULL);
}
