// SPDX-License-Identifier: MIT
#ifndef RUNTIME_SECRET_H
#define RUNTIME_SECRET_H

// A database's credentials, fetched from Secrets Manager: the JSON that RDS keeps there.

struct failure;

struct database_secret {
    char *username, *password, *name;
    char port[8];
};

// The caller releases what it gets. NULL with a "Secret.Unavailable" or "Secret.Invalid" failure, which never
// quotes the secret.
struct database_secret *secret_fetch(const char *arn, const char *region, struct failure *f);
void secret_release(struct database_secret *secret); // NULL is fine

#endif
