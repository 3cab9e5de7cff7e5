// SPDX-License-Identifier: MIT
#include "secret.h"

#include "aws.h"
#include "failure.h"
#include "json.h"
#include "util/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_TIMEOUT_MS 5000L

static int call_service(struct aws_call *call, const char *arn, struct failure *f)
{
    CURLcode result;
    char code[64];

    strbuf_add_string(&call->request, "{\"SecretId\":");
    json_quote(&call->request, arn, strlen(arn));
    strbuf_add_string(&call->request, "}");
    aws_call_start(call, SECRET_TIMEOUT_MS);
    result = curl_easy_perform(call->curl);
    if (result != CURLE_OK)
        return fail(f, "Secret.Unavailable", "cannot reach Secrets Manager: %s",
            call->error[0] ? call->error : curl_easy_strerror(result));
    if (aws_call_status(call) == 200)
        return 0;
    aws_error_code(&call->response, code);
    return fail(f, "Secret.Unavailable", "Secrets Manager refused \"%s\": %s (HTTP status %ld)", arn,
        code[0] ? code : "no error code", aws_call_status(call));
}

static char *text_member(struct json document, const char *name)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!json_decode(json_member(document, name), &text))
        return NULL;
    return xstrdup(text.data);
}

// RDS writes the port as a number; a secret made by hand may hold text.
static void set_port(struct database_secret *secret, struct json port)
{
    STRBUF_AUTO text = STRBUF_INIT;
    long number = 0;

    if (json_decode(port, &text))
        number = strtol(text.data, NULL, 10);
    else
        json_integer(port, &number);
    snprintf(secret->port, sizeof(secret->port), "%d", number > 0 && number < 65536 ? (int)number : 5432);
}

static struct database_secret *parse_secret(const struct strbuf *answer)
{
    struct database_secret *secret;
    struct json document;
    STRBUF_AUTO text = STRBUF_INIT;

    if (!json_slice(answer->data, answer->length, &document) ||
        !json_decode(json_member(document, "SecretString"), &text) ||
        !json_slice(text.data, text.length, &document))
        return NULL;
    secret = calloc(1, sizeof(*secret));
    if (!secret)
        return NULL;
    secret->username = text_member(document, "username");
    secret->password = text_member(document, "password");
    secret->name = text_member(document, "dbname");
    set_port(secret, json_member(document, "port"));
    if (secret->username && secret->password && secret->name)
        return secret;
    secret_release(secret);
    return NULL;
}

struct database_secret *secret_fetch(const char *arn, const char *region, struct failure *f)
{
    struct aws_call call;
    struct database_secret *secret = NULL;

    if (aws_call_init(&call, &aws_secrets_manager, "GetSecretValue", region, f) < 0)
        return NULL;
    if (call_service(&call, arn, f) == 0) {
        secret = parse_secret(&call.response);
        if (!secret)
            fail(f, "Secret.Invalid", "the secret \"%s\" lacks username, password or dbname", arn);
    }
    aws_call_release(&call);
    return secret;
}

void secret_release(struct database_secret *secret)
{
    if (!secret)
        return;
    free(secret->username);
    free(secret->password);
    free(secret->name);
    free(secret);
}
