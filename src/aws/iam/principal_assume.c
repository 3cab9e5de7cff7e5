// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

static void add_plain(struct iam_principal *principal, struct statement_list *statements)
{
    IAM_LIST_APPEND(statements,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ principal->assume_role_action, NULL },
            .principals = (struct iam_principal *[]){ principal, NULL },
        }));
}

void principal_add_assume_statements(struct iam_principal *principal, struct statement_list *statements)
{
    size_t first = statements->length;

    switch (principal->kind) {
    case PRINCIPAL_SERVICE:
    case PRINCIPAL_NAMED:
    case PRINCIPAL_ACCOUNT:
    case PRINCIPAL_STAR:
        add_plain(principal, statements);
        return;
    case PRINCIPAL_COMPOSITE:
    case PRINCIPAL_WITH_CONDITIONS:
    case PRINCIPAL_WITH_SESSION_TAGS:
        break;
    }
    for (size_t i = 0; i < principal->parts.length; i++)
        principal_add_assume_statements(principal->parts.items[i], statements);
    for (size_t i = first; i < statements->length; i++) {
        struct iam_statement *statement = statements->items[i];

        if (principal->kind == PRINCIPAL_WITH_SESSION_TAGS)
            iam_statement_add_action(statement, "sts:TagSession");
        if (principal->kind != PRINCIPAL_WITH_CONDITIONS)
            continue;
        iam_statement_add_action(statement, principal->assume_role_action);
        statement_add_conditions(statement, principal_conditions(principal));
    }
}
