// SPDX-License-Identifier: MIT
#include "util/digest.h"

#include <nettle/base16.h>
#include <nettle/md5.h>

static void to_hex(const uint8_t *digest, size_t length, char *hex)
{
    base16_encode_update(hex, length, digest);
    hex[BASE16_ENCODE_LENGTH(length)] = '\0';
}

void md5_hex(const void *data, size_t length, char hex[MD5_HEX_SIZE])
{
    uint8_t digest[MD5_DIGEST_SIZE];
    struct md5_ctx context;

    md5_init(&context);
    md5_update(&context, length, data);
    md5_digest(&context, sizeof(digest), digest);
    to_hex(digest, sizeof(digest), hex);
}

void sha256_hex(const void *data, size_t length, char hex[SHA256_HEX_SIZE])
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, length, data);
    sha256_hex_final(&context, hex);
}

void sha256_hex_final(struct sha256_ctx *context, char hex[SHA256_HEX_SIZE])
{
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_digest(context, sizeof(digest), digest);
    to_hex(digest, sizeof(digest), hex);
}
