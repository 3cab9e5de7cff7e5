// SPDX-License-Identifier: MIT
#ifndef FUZZ_HARNESS_H
#define FUZZ_HARNESS_H

#include <stddef.h>
#include <stdint.h>

// What libFuzzer calls.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
