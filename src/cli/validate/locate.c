// SPDX-License-Identifier: MIT
#include "cli/validate/locate.h"

#include "template/cloud_assembly.h"
#include "template/place.h"
#include "util/text/compare.h"
#include "validate/validate.h"

void findings_locate(struct template_findings *findings, const char *file, const struct cloud_stack *stack)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct template_finding *finding = &findings->items[i];

        if (!strings_equal(finding->file, file))
            continue;
        if (!finding->construct && finding->resource)
            finding->construct = cloud_stack_construct(stack, finding->resource);
        finding->place =
            cloud_stack_place(stack, finding->construct ? finding->construct : stack->display_name);
    }
}
