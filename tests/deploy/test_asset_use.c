// SPDX-License-Identifier: MIT
#include "deploy/gc/asset_use.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SIXTEEN "0123456789abcdef"
#define HASH SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define OTHER "f" SIXTEEN SIXTEEN SIXTEEN "0123456789abcde"

static void finds_hashes_wherever_they_stand(void **state)
{
    static const char *const texts[] = {
        HASH,
        "{\"S3Key\":\"" HASH ".zip\"}",
        "https://s3.us-east-1.amazonaws.com/bucket/prefix/" HASH ".json",
        "asset." HASH,
        "x" HASH "x",
        OTHER " " HASH,
        SIXTEEN " " HASH,
        // More digits than a hash has.
        "0" HASH,
        HASH "0",
        SIXTEEN HASH SIXTEEN,
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct arena arena = ARENA_INIT;
        struct asset_use use;

        asset_use_init(&use, &arena);
        asset_use_add(&use, texts[i]);
        if (!asset_use_has(&use, HASH))
            fail_msg("not found in '%s'", texts[i]);
        arena_release(&arena);
    }
}

static void finds_nothing_else(void **state)
{
    struct arena arena = ARENA_INIT;
    struct asset_use use;

    (void)state;
    asset_use_init(&use, &arena);
    asset_use_add(&use, "");
    asset_use_add(&use, SIXTEEN SIXTEEN SIXTEEN " " SIXTEEN);
    asset_use_add(&use, OTHER);
    assert_false(asset_use_has(&use, HASH));
    assert_true(asset_use_has(&use, OTHER));
    arena_release(&arena);
}

static void tells_assets_by_their_names(void **state)
{
    static const char *const others[] = { "", "/", "notes.txt", HASH "0", HASH "-copy", HASH "/file",
        SIXTEEN ".zip", "prefix/" HASH "x.zip", "0123456789ABCDEF" SIXTEEN SIXTEEN SIXTEEN };
    static const char *const assets[] = { HASH, HASH ".zip", HASH ".json", "a/b/" HASH ".tar.gz" };
    struct arena arena = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (asset_hash(&arena, others[i]))
            fail_msg("'%s' is no asset", others[i]);
    for (size_t i = 0; i < ARRAY_SIZE(assets); i++)
        assert_string_equal(asset_hash(&arena, assets[i]), HASH);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_hashes_wherever_they_stand),
        cmocka_unit_test(finds_nothing_else),
        cmocka_unit_test(tells_assets_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
