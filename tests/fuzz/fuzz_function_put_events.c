// SPDX-License-Identifier: MIT
// The publisher's judgement of EventBridge's answers: the first byte says the HTTP status, the rest is the
// body.
#include "harness.h"

#include "outbox.h"
#include "put_events.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

static const long statuses[] = { 200, 200, 200, 400, 403, 413, 429, 500, 302, 0 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct event events[3] = { { .event_type = "a" }, { .event_type = "b" }, { .event_type = "c" } };
    struct event *const pointers[] = { &events[0], &events[1], &events[2] };
    char reason[256] = "";
    STRBUF_AUTO body = STRBUF_INIT;
    enum call_verdict verdict;
    long status;

    if (!size)
        return 0;
    status = statuses[data[0] % ARRAY_SIZE(statuses)];
    strbuf_add(&body, data + 1, size - 1);
    verdict = put_events_classify(status, &body, "no answer", pointers, 3, reason);
    for (size_t i = 0; i < 3; i++) {
        // Only an answer of 200 publishes; whatever fails says why.
        if (events[i].outcome == OUTCOME_PUBLISHED && status != 200)
            abort();
        if ((events[i].outcome == OUTCOME_RETRY || events[i].outcome == OUTCOME_FAILED) && !*events[i].error)
            abort();
        if ((verdict == CALL_REFUSED) != (events[i].outcome == OUTCOME_RELEASED))
            abort();
    }
    return 0;
}
