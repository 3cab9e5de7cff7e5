// SPDX-License-Identifier: MIT
#ifndef RUNTIME_LOG_H
#define RUNTIME_LOG_H

// The function's log: standard error, one line an entry, one write(2) a line so that lines never mix. In
// Lambda's JSON format (AWS_LAMBDA_LOG_FORMAT=JSON) or as plain text, from AWS_LAMBDA_LOG_LEVEL on (default
// INFO). Never pass a payload or a secret.

enum log_level { LOG_TRACE, LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_FATAL };

// Reads format and level from the environment; before it, everything from INFO on is logged as text.
void log_open(void);

// The invocation that later lines belong to; NULL for none. The text must live until the next call.
void log_request(const char *request_id);

__attribute__((format(printf, 2, 3))) void log_write(enum log_level level, const char *format, ...);

#endif
