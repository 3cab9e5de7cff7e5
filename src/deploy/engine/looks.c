// SPDX-License-Identifier: MIT
#include "deploy/engine/looks.h"

#include "data/value.h"
#include "util/clock.h"

#include <string.h>

// One page of DescribeStacks (CloudFormation API reference): with more stacks it takes several requests.
enum { STACKS_OF_A_PAGE = 100 };

static void ask_due(void *data);

// One timer, for the one that is due first.
static void wait_for_next(struct looks *looks)
{
    int64_t next = looks->waiting ? looks->waiting->due : 0, now = clock_ms();

    event_loop_forget(looks->cf.queue, ask_due, looks);
    for (const struct look *look = looks->waiting; look; look = look->next)
        next = look->due < next ? look->due : next;
    if (looks->waiting && !looks->asked)
        event_loop_after(looks->cf.queue, next > now ? next - now : 0, ask_due, looks);
}

static void on_one(void *data, const struct aws_reply *reply)
{
    struct look *look = data;

    look->seen(look->data, array_at(object_get(reply->answer, "Stacks"), 0), reply);
}

static void ask_alone(struct look *look)
{
    describe_stacks(&look->looks->cf, look->stack, (struct aws_callback){ on_one, look });
}

static const struct value *find(const struct value *stacks, const char *id)
{
    for (size_t i = 0; i < value_length(stacks); i++)
        if (strcmp(object_string_or_empty(array_at(stacks, i), "StackId"), id) == 0)
            return array_at(stacks, i);
    return NULL;
}

// One that is not among them is deleted, or so new that it is not listed yet: its own description says which.
static void on_all(void *data, const struct aws_reply *reply)
{
    struct looks *looks = data;
    const struct value *stacks = object_get(reply->answer, "Stacks");
    struct look *look = looks->asked;

    looks->asked = NULL;
    looks->is_alone |= reply->outcome == AWS_DENIED;
    while (look) {
        struct look *next = look->next;
        const struct value *description = find(stacks, look->stack);

        if (description || (reply->outcome != AWS_DONE && reply->outcome != AWS_DENIED))
            look->seen(look->data, description, reply);
        else
            ask_alone(look);
        look = next;
    }
    wait_for_next(looks);
}

// Those that are due later are answered by the same call.
static void ask_due(void *data)
{
    struct looks *looks = data;
    struct look *look = looks->waiting;

    looks->waiting = NULL;
    if (look->next && !looks->is_alone && looks->stack_count <= STACKS_OF_A_PAGE) {
        looks->asked = look;
        describe_stacks(&looks->cf, NULL, (struct aws_callback){ on_all, looks });
        return;
    }
    while (look) {
        struct look *next = look->next;

        ask_alone(look);
        look = next;
    }
}

void looks_add(struct looks *looks, struct look *look, int64_t delay_ms)
{
    look->looks = looks;
    look->due = clock_ms() + delay_ms;
    look->next = looks->waiting;
    looks->waiting = look;
    wait_for_next(looks);
}
