// SPDX-License-Identifier: MIT
// Runs a harness once for each file given, where there is no libFuzzer.
#include "harness.h"

#include "util/file/file.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        STRBUF_AUTO content = STRBUF_INIT;
        ERROR_AUTO err = ERROR_INIT;

        if (file_read(argv[i], &content, &err) < 0) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.length);
    }
    printf("%d inputs\n", argc - 1);
    return argc > 1 ? 0 : 1;
}
