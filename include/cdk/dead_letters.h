// SPDX-License-Identifier: MIT
#ifndef CDK_DEAD_LETTERS_H
#define CDK_DEAD_LETTERS_H

// The dead letter queues of an app, and where their messages came from: what 'redrive' works with. Constructs
// are named by their path below their stack, in whatever stack of the app they are.

enum dead_letters_source {
    // Each message is an event that a Lambda function could not handle: it is invoked with it again.
    DEAD_LETTERS_OF_FUNCTION,
    // Each message is a JSON object with an event that was not sent: "event_type", "source" and "payload",
    // its
    // detail. It is sent to the event bus.
    DEAD_LETTERS_OF_PUBLISHER,
};

struct dead_letters {
    const char *name; // what a person calls them
    const char *queue;
    enum dead_letters_source source;
    const char *target; // the function, or the event bus
};

#define DEAD_LETTERS_END                                                                                     \
    {                                                                                                        \
        .name = NULL                                                                                         \
    }

#endif
