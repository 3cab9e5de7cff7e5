// SPDX-License-Identifier: MIT
#include "cli/audit_schema/database_url.h"

#include "util/array.h"
#include "util/strbuf.h"

#include <ctype.h>
#include <string.h>

// The keywords that a URL may name after its question mark.
static const struct {
    const char *keyword, *variable;
} parameters[] = {
    { "host", "PGHOST" },
    { "hostaddr", "PGHOSTADDR" },
    { "port", "PGPORT" },
    { "dbname", "PGDATABASE" },
    { "user", "PGUSER" },
    { "password", "PGPASSWORD" },
    { "passfile", "PGPASSFILE" },
    { "sslmode", "PGSSLMODE" },
    { "sslrootcert", "PGSSLROOTCERT" },
    { "sslcert", "PGSSLCERT" },
    { "sslkey", "PGSSLKEY" },
    { "sslcrl", "PGSSLCRL" },
    { "channel_binding", "PGCHANNELBINDING" },
    { "gssencmode", "PGGSSENCMODE" },
    { "connect_timeout", "PGCONNECT_TIMEOUT" },
    { "target_session_attrs", "PGTARGETSESSIONATTRS" },
    { "application_name", "PGAPPNAME" },
    { "options", "PGOPTIONS" },
    { "service", "PGSERVICE" },
};

// Messages never show what they are about: it may be a part of the password.
static const char how_to_quote[] =
    "\nin a password, '@' is written '%40', '/' '%2F', '?' '%3F', '&' '%26' and ':' '%3A'";

struct url_reader {
    struct arena *arena;
    struct string_list *variables;
    struct error *err;
};

static int hex_digit(char c)
{
    if (isdigit((unsigned char)c))
        return c - '0';
    return isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

static int decode(const struct url_reader *r, const char *text, size_t length, struct strbuf *out)
{
    for (size_t i = 0; i < length; i++) {
        int high = text[i] == '%' && i + 2 < length ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;

        if (text[i] != '%') {
            strbuf_add_char(out, text[i]);
            continue;
        }
        if (low < 0 || high + low == 0)
            return error_set(r->err, "the database's URL has a '%%' that two hexadecimal digits must follow");
        strbuf_add_char(out, (char)(high * 16 + low));
        i += 2;
    }
    return 0;
}

// What is empty is left to libpq's defaults.
static int set(const struct url_reader *r, const char *variable, const char *text, size_t length)
{
    STRBUF_AUTO value = STRBUF_INIT;

    if (!length)
        return 0;
    if (decode(r, text, length, &value) < 0)
        return -1;
    string_list_add(r->variables, r->arena, arena_printf(r->arena, "%s=%s", variable, value.data));
    return 0;
}

// "user:password"
static int read_user(const struct url_reader *r, const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length);
    size_t user = colon ? (size_t)(colon - text) : length;

    if (set(r, "PGUSER", text, user) < 0)
        return -1;
    return colon ? set(r, "PGPASSWORD", colon + 1, length - user - 1) : 0;
}

// Of "host:port" the length of the host, without its port; an IPv6 address is in brackets.
static size_t host_length(const char *text, size_t length)
{
    const char *bracket = *text == '[' ? memchr(text, ']', length) : NULL;
    const char *from = bracket ? bracket : text;
    const char *colon = memchr(from, ':', length - (size_t)(from - text));

    return colon ? (size_t)(colon - text) : length;
}

static void add_host(struct strbuf *hosts, const char *text, size_t length)
{
    bool bracketed = length >= 2 && *text == '[';

    strbuf_add(hosts, text + bracketed, length - 2 * bracketed);
}

// "host:port,host:port"
static int read_hosts(const struct url_reader *r, const char *text, size_t length)
{
    STRBUF_AUTO hosts = STRBUF_INIT;
    STRBUF_AUTO ports = STRBUF_INIT;
    const char *end = text + length;
    bool any_port = false;

    for (const char *at = text; at < end; at++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        size_t part = (size_t)((comma ? comma : end) - at);
        size_t host = host_length(at, part);

        add_host(&hosts, at, host);
        if (host + 1 < part) {
            strbuf_add(&ports, at + host + 1, part - host - 1);
            any_port = true;
        }
        if (comma) {
            strbuf_add_char(&hosts, ',');
            strbuf_add_char(&ports, ',');
        }
        at += part;
    }
    if (set(r, "PGHOST", hosts.data, hosts.length) < 0)
        return -1;
    if (ports.data && ports.data[strspn(ports.data, "0123456789,")])
        return error_set(r->err, "the database's URL has a port that is not a number%s", how_to_quote);
    return any_port ? set(r, "PGPORT", ports.data, ports.length) : 0;
}

static int read_parameter(const struct url_reader *r, const char *text, size_t length)
{
    const char *equals = memchr(text, '=', length);
    size_t keyword = equals ? (size_t)(equals - text) : length;

    for (size_t i = 0; equals && i < ARRAY_SIZE(parameters); i++)
        if (strlen(parameters[i].keyword) == keyword && strncmp(parameters[i].keyword, text, keyword) == 0)
            return set(r, parameters[i].variable, equals + 1, length - keyword - 1);
    return error_set(r->err, "the database's URL has a parameter that is not known here%s", how_to_quote);
}

static int read_parameters(const struct url_reader *r, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "&");

        if (read_parameter(r, text, length) < 0)
            return -1;
        text += length;
        text += *text == '&';
    }
    return 0;
}

static const char *after_scheme(const char *url)
{
    static const char *const schemes[] = { "postgresql://", "postgres://" };

    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            return url + strlen(schemes[i]);
    return NULL;
}

int database_url_read(const char *url, struct arena *arena, struct string_list *variables, struct error *err)
{
    const struct url_reader r = { arena, variables, err };
    const char *at = after_scheme(url);
    const char *sign;
    size_t length;

    if (!at)
        return error_set(err, "the database's URL must begin with 'postgresql://'");
    length = strcspn(at, "/?");
    sign = memchr(at, '@', length);
    if (strchr(sign ? sign + 1 : at, '@'))
        return error_set(err, "the database's URL has an '@' that does not end a password%s", how_to_quote);
    if (sign) {
        if (read_user(&r, at, (size_t)(sign - at)) < 0)
            return -1;
        length -= (size_t)(sign + 1 - at);
        at = sign + 1;
    }
    if (read_hosts(&r, at, length) < 0)
        return -1;
    at += length;
    if (*at == '/') {
        length = strcspn(++at, "?");
        if (set(&r, "PGDATABASE", at, length) < 0)
            return -1;
        at += length;
    }
    return *at == '?' ? read_parameters(&r, at + 1) : 0;
}
