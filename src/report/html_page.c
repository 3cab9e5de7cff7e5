// SPDX-License-Identifier: MIT
#include "report/html_page.h"

#include "util/display.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static const char before_title[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
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
    "body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; "
    "overflow-wrap: break-word; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25; } h3 { font-size: 1.1rem; margin: 1rem 0 .25rem; }\n"
    "@media (max-width: 45rem) { body { margin: 1rem auto; padding: 0 .75rem; } h1 { font-size: 1.25rem; } }\n"
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

static void escape(struct strbuf *out, const char *text, size_t length)
{
    static const char special[] = "<>&\"\n";
    static const char *const names[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&#10;" };

    for (size_t i = 0; i < length; i++) {
        const char *found = strchr(special, text[i]);

        if (found)
            strbuf_add_string(out, names[found - special]);
        else
            strbuf_add_char(out, text[i]);
    }
}

void html_escape(struct strbuf *out, const char *text)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_addf(&visible, "%-s", text);
    escape(out, visible.shown.data, visible.shown.length);
}

static bool joins(char before, char behind)
{
    return strchr("/:.,-_", before) && (isalnum((unsigned char)behind) || behind == '$');
}

// Where a line can be broken is behind what joins the parts of names, and where a small letter comes before a
// capital if `is_id`.
static void escape_breakable(struct strbuf *out, const char *text, bool is_id)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_addf(&visible, "%-s", text);
    for (text = visible.shown.data; *text; text++) {
        bool is_hump = is_id && islower((unsigned char)text[0]) && isupper((unsigned char)text[1]);

        escape(out, text, 1);
        if (is_hump || joins(text[0], text[1]))
            strbuf_add_string(out, "<wbr>");
    }
}

void html_escape_breakable(struct strbuf *out, const char *text)
{
    escape_breakable(out, text, false);
}

void html_escape_id(struct strbuf *out, const char *text)
{
    escape_breakable(out, text, true);
}
