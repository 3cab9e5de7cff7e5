// SPDX-License-Identifier: MIT
#ifndef CDK_APP_H
#define CDK_APP_H

// The root of a construct tree. It owns the arena in which all its constructs and values live, and makes that
// arena the current one until it is freed.

struct app;
struct construct;
struct value;

struct app_props {
    const struct value *context; // an object; its keys are readable by every construct. Default: none
};

struct app *app_new(const struct app_props *props);
void app_free(struct app *app);
struct construct *app_node(struct app *app);
// Where constructs were made, "stacks/network.c:42" by path, of those that know it themselves.
struct value *app_places(struct app *app);

#endif
