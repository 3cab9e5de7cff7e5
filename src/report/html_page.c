// SPDX-License-Identifier: MIT
#include "report/html_page.h"

#include <string.h>

static const char before_title[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<title>";

static const char common_style[] =
    "</title>\n<style>\n"
    ":root { color-scheme: light dark; --added: #1a7f37; --removed: #cf222e; --changed: #9a6700; --faint: "
    "#6e7781;\n"
    "  --line: #d0d7de; --soft: #f6f8fa; }\n"
    "@media (prefers-color-scheme: dark) { :root { --added: #3fb950; --removed: #f85149; --changed: "
    "#d29922;\n"
    "  --faint: #8b949e; --line: #30363d; --soft: #161b22; } }\n"
    "body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "table { border-collapse: collapse; margin: .5rem 0 1rem; }\n"
    "th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; vertical-align: top; "
    "}\n"
    ".faint { color: var(--faint); } .danger { color: var(--removed); font-weight: 600; }\n";

void html_page_begin(struct strbuf *out, const char *title, const char *style)
{
    strbuf_add_string(out, before_title);
    html_escape(out, title);
    strbuf_add_string(out, common_style);
    strbuf_add_string(out, style);
    strbuf_add_string(out, "</style>\n</head>\n<body>\n");
}

void html_page_end(struct strbuf *out)
{
    strbuf_add_string(out, "</body>\n</html>\n");
}

void html_escape(struct strbuf *out, const char *text)
{
    static const char special[] = "<>&\"";
    static const char *const names[] = { "&lt;", "&gt;", "&amp;", "&quot;" };

    while (*text) {
        size_t length = strcspn(text, special);

        strbuf_add(out, text, length);
        text += length;
        if (*text)
            strbuf_add_string(out, names[strchr(special, *text++) - special]);
    }
}
