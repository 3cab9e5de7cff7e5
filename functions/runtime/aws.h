// SPDX-License-Identifier: MIT
#ifndef RUNTIME_AWS_H
#define RUNTIME_AWS_H

// Calls to AWS services that speak JSON over POST (EventBridge, Secrets Manager, SQS), signed by libcurl. A
// call owns a connection and its buffers and is used again for the next request, which saves the TLS
// handshake. Endpoints may be replaced as the SDKs allow: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL.
// Credentials come from the environment.

#include "util/strbuf.h"

#include <curl/curl.h>

struct failure;

struct aws_service {
    const char *name;              // in host name and signature: "events"
    const char *target;            // prefix of X-Amz-Target: "AWSEvents"
    const char *json_version;      // of the protocol: "1.0", "1.1"
    const char *endpoint_variable; // "AWS_ENDPOINT_URL_EVENTBRIDGE"
};

extern const struct aws_service aws_eventbridge, aws_secrets_manager, aws_sqs;

struct aws_call {
    CURL *curl;
    struct curl_slist *headers;
    struct strbuf request, response; // bodies
    char error[CURL_ERROR_SIZE];     // what went wrong when libcurl's code is not CURLE_OK
};

// Prepares for one operation of a service; -1 when there is no memory or no credentials.
int aws_call_init(struct aws_call *call, const struct aws_service *service, const char *operation,
    const char *region, struct failure *f);
void aws_call_release(struct aws_call *call);

// Readies the handle to send `request` (for curl_easy_perform or a multi handle) within the time, connecting
// included.
void aws_call_start(struct aws_call *call, long timeout_ms);

// The HTTP status of the last answer, 0 when there was none.
long aws_call_status(const struct aws_call *call);

// The error code of an answer ("ThrottlingException"), from its "__type" after any '#'; "" when there is
// none.
void aws_error_code(const struct strbuf *response, char code[static 64]);

// The file with the certificate authorities to trust: $AWS_CA_BUNDLE, or ca.pem in the function's package.
const char *aws_ca_file(void);

#endif
