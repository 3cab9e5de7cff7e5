// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "data/json.h"

enum runtime_family {
    FAMILY_NODEJS,
    FAMILY_JAVA,
    FAMILY_PYTHON,
    FAMILY_DOTNET_CORE,
    FAMILY_GO,
    FAMILY_RUBY,
    FAMILY_OTHER,
    FAMILY_NONE,
};

struct runtime {
    const char *identifier;
    enum runtime_family family;
    unsigned features;
};

static const struct runtime runtimes[] = {
#define RUNTIME(name, identifier, family, features)                                                          \
    [LAMBDA_RUNTIME_##name] = { identifier, family, features },
#include "aws/lambda_runtimes.def"
};

// With those that are no choice in C.
static const struct runtime all_runtimes[] = {
#define RUNTIME(name, identifier, family, features) { identifier, family, features },
#define NOT_OFFERED(name, identifier, family, features) { identifier, family, features },
#include "aws/lambda_runtimes.def"
#include "util/array.h"
};

const char *lambda_runtime_identifier(enum lambda_runtime runtime)
{
    return runtimes[runtime].identifier;
}

bool lambda_runtime_has(enum lambda_runtime runtime, enum runtime_features feature)
{
    return runtimes[runtime].features & (unsigned)feature;
}

static struct value *runtime_value(const struct runtime *runtime)
{
    struct value *image = stringf("public.ecr.aws/sam/build-%s", runtime->identifier);

    return object((struct field[]){
        { "name", string(runtime->identifier) },
        { "supportsInlineCode", boolean(runtime->features & RUNTIME_INLINE) },
        { "supportsCodeGuruProfiling", boolean(runtime->features & RUNTIME_PROFILING) },
        { "supportsSnapStart", boolean(runtime->features & RUNTIME_SNAP_START) },
        { "family", runtime->family == FAMILY_NONE ? NULL : number(runtime->family) },
        { "bundlingDockerImage", image },
        { "bundlingImage", image },
        { "isVariable", boolean(runtime->features & RUNTIME_VARIABLE) },
        END,
    });
}

struct value *lambda_all_runtimes(void)
{
    struct value *all = array();

    for (size_t i = 0; i < ARRAY_SIZE(all_runtimes); i++)
        array_append(all, runtime_value(&all_runtimes[i]));
    return all;
}
