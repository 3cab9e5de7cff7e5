// SPDX-License-Identifier: MIT
#include "aws.h"

#include "failure.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// An answer longer than this is none that these services give.
#define MAX_ANSWER_BYTES ((size_t)1024 * 1024)

const struct aws_service aws_eventbridge = { "events", "AWSEvents", "1.1", "AWS_ENDPOINT_URL_EVENTBRIDGE" };
const struct aws_service aws_secrets_manager = { "secretsmanager", "secretsmanager", "1.1",
    "AWS_ENDPOINT_URL_SECRETS_MANAGER" };
const struct aws_service aws_sqs = { "sqs", "AmazonSQS", "1.0", "AWS_ENDPOINT_URL_SQS" };

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

const char *aws_ca_file(void)
{
    static char path[4096];
    const char *root = variable("LAMBDA_TASK_ROOT"), *bundle = variable("AWS_CA_BUNDLE");

    if (bundle)
        return bundle;
    snprintf(path, sizeof(path), "%s/ca.pem", root ? root : ".");
    return path;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
    struct strbuf *body = user;

    if (body->length + size * count > MAX_ANSWER_BYTES)
        return 0;
    strbuf_add(body, bytes, size * count);
    return size * count;
}

static void set_url(struct aws_call *call, const struct aws_service *service, const char *region)
{
    const char *endpoint = variable(service->endpoint_variable);
    STRBUF_AUTO url = STRBUF_INIT;

    if (!endpoint)
        endpoint = variable("AWS_ENDPOINT_URL");
    if (endpoint)
        strbuf_addf(&url, "%s/", endpoint);
    else
        strbuf_addf(&url, "https://%s.%s.amazonaws.com%s/", service->name, region,
            strncmp(region, "cn-", 3) == 0 ? ".cn" : "");
    while (url.length > 1 && url.data[url.length - 2] == '/')
        url.data[--url.length] = '\0';
    curl_easy_setopt(call->curl, CURLOPT_URL, url.data);
}

// libcurl signs the headers given here; it makes X-Amz-Date, Host and Authorization itself.
static int set_signature(
    struct aws_call *call, const struct aws_service *service, const char *region, struct failure *f)
{
    const char *key = variable("AWS_ACCESS_KEY_ID"), *secret = variable("AWS_SECRET_ACCESS_KEY");
    const char *token = variable("AWS_SESSION_TOKEN");
    char provider[160];

    if (!key || !secret)
        return fail(f, "Credentials.Missing", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    if (token) {
        STRBUF_AUTO header = STRBUF_INIT;

        strbuf_addf(&header, "X-Amz-Security-Token: %s", token);
        call->headers = curl_slist_append(call->headers, header.data);
    }
    snprintf(provider, sizeof(provider), "aws:amz:%s:%s", region, service->name);
    curl_easy_setopt(call->curl, CURLOPT_AWS_SIGV4, provider);
    curl_easy_setopt(call->curl, CURLOPT_USERNAME, key);
    curl_easy_setopt(call->curl, CURLOPT_PASSWORD, secret);
    return 0;
}

static void set_transport(struct aws_call *call)
{
    curl_easy_setopt(call->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(call->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(call->curl, CURLOPT_CAINFO, aws_ca_file());
    curl_easy_setopt(call->curl, CURLOPT_CONNECTTIMEOUT_MS, 3000L);
    curl_easy_setopt(call->curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(call->curl, CURLOPT_ERRORBUFFER, call->error);
    curl_easy_setopt(call->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(call->curl, CURLOPT_WRITEDATA, &call->response);
    curl_easy_setopt(call->curl, CURLOPT_PRIVATE, call);
}

int aws_call_init(struct aws_call *call, const struct aws_service *service, const char *operation,
    const char *region, struct failure *f)
{
    char target[128], type[64];

    *call = (struct aws_call){ curl_easy_init(), .request = STRBUF_INIT, .response = STRBUF_INIT };
    if (!call->curl)
        return fail(f, "Runtime.OutOfMemory", "libcurl has no memory");
    snprintf(target, sizeof(target), "X-Amz-Target: %s.%s", service->target, operation);
    snprintf(type, sizeof(type), "Content-Type: application/x-amz-json-%s", service->json_version);
    call->headers = curl_slist_append(NULL, type);
    call->headers = curl_slist_append(call->headers, target);
    set_transport(call);
    set_url(call, service, region);
    if (set_signature(call, service, region, f) < 0) {
        aws_call_release(call);
        return -1;
    }
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, call->headers);
    return 0;
}

void aws_call_release(struct aws_call *call)
{
    curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->headers);
    strbuf_release(&call->request);
    strbuf_release(&call->response);
    *call = (struct aws_call){ 0 };
}

void aws_call_start(struct aws_call *call, long timeout_ms)
{
    strbuf_reset(&call->response);
    call->error[0] = '\0';
    curl_easy_setopt(call->curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->request.length);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDS, call->request.data);
}

long aws_call_status(const struct aws_call *call)
{
    long status = 0;

    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

void aws_error_code(const struct strbuf *response, char code[static 64])
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct json document;
    const char *hash;

    code[0] = '\0';
    if (!json_slice(response->data, response->length, &document) ||
        !json_decode(json_member(document, "__type"), &text))
        return;
    hash = strrchr(text.data, '#');
    snprintf(code, 64, "%s", hash ? hash + 1 : text.data);
}
