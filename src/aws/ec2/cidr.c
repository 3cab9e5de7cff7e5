// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/token.h"

#include <inttypes.h>
#include <stdio.h>

enum { ADDRESS_BITS = 32 };

static uint64_t block_size(int mask)
{
    return (uint64_t)1 << (ADDRESS_BITS - mask);
}

static uint64_t align(uint64_t address, uint64_t size)
{
    return (address + size - 1) / size * size;
}

bool cidr_parse(const char *text, struct cidr_block *ret_block)
{
    unsigned octets[4], mask;
    uint64_t address = 0;
    int length = 0;

    if (sscanf(text, "%3u.%3u.%3u.%3u/%2u%n", &octets[0], &octets[1], &octets[2], &octets[3], &mask,
            &length) != 5 ||
        text[length] || mask > ADDRESS_BITS)
        return false;
    for (int i = 0; i < 4; i++) {
        if (octets[i] > UINT8_MAX)
            return false;
        address = address << 8 | octets[i];
    }
    *ret_block = (struct cidr_block){ align(address, block_size((int)mask)), (int)mask };
    return ret_block->address <= UINT32_MAX;
}

const char *cidr_text(struct cidr_block block)
{
    return arena_printf(value_arena(), "%" PRIu64 ".%" PRIu64 ".%" PRIu64 ".%" PRIu64 "/%d",
        block.address >> 24 & UINT8_MAX, block.address >> 16 & UINT8_MAX, block.address >> 8 & UINT8_MAX,
        block.address & UINT8_MAX, block.mask);
}

void cidr_pool_init(struct cidr_pool *pool, struct cidr_block network)
{
    *pool = (struct cidr_pool){ network, network.address };
}

static uint64_t pool_end(const struct cidr_pool *pool)
{
    return pool->network.address + block_size(pool->network.mask);
}

bool cidr_pool_take(struct cidr_pool *pool, int mask, struct cidr_block *ret_block)
{
    uint64_t size = block_size(mask);
    uint64_t start = align(pool->next, size);

    if (pool->next + size > pool_end(pool))
        return false;
    *ret_block = (struct cidr_block){ start, mask };
    pool->next = start + size;
    return true;
}

int cidr_pool_equal_share(const struct cidr_pool *pool, size_t count)
{
    uint64_t share = count ? (pool_end(pool) - pool->next) / count : 0;
    int mask = ADDRESS_BITS + 1;

    for (; share; share /= 2)
        mask--;
    return mask;
}
