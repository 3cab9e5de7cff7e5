// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_LOCATION_PRIVATE_H
#define TEMPLATE_LOCATION_PRIVATE_H

// What the readers of locations of JSON and of YAML share.

#include "template/location.h"

struct location *location_read_yaml(const char *text, size_t length);

struct location *location_new(enum location_kind kind);
void location_append(struct location *parent, struct location *child);
// Once all children are there: however many they are, they are found at once.
void location_close(struct location *parent);

#endif
