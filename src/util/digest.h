// SPDX-License-Identifier: MIT
#ifndef UTIL_DIGEST_H
#define UTIL_DIGEST_H

// Hashes as lower case hexadecimal strings.
//
// Nettle takes the processor's SHA instructions where they are there, which is three times as fast: Debian
// builds it with --enable-fat, the archive too (NETTLE_FAT_VERBOSE=1 in the environment makes it say so).
// Valgrind's processor has none, so callgrind counts the other way.

#include <nettle/sha2.h>
#include <stddef.h>

enum { MD5_HEX_SIZE = 32 + 1, SHA256_HEX_SIZE = 64 + 1 };

void md5_hex(const void *data, size_t length, char hex[MD5_HEX_SIZE]);
void sha256_hex(const void *data, size_t length, char hex[SHA256_HEX_SIZE]);

// Piecewise: sha256_init, sha256_update (nettle's), then this.
void sha256_hex_final(struct sha256_ctx *context, char hex[SHA256_HEX_SIZE]);

#endif
