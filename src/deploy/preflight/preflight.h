// SPDX-License-Identifier: MIT
#ifndef DEPLOY_PREFLIGHT_PREFLIGHT_H
#define DEPLOY_PREFLIGHT_PREFLIGHT_H

// What a stack needs of its account and that it does not create itself, read from its template and looked for
// in the account before anything is changed: an operation that cannot succeed would otherwise fail after ten
// minutes, and be rolled back for another twenty. Only questions are asked. They are asked with the caller's
// own credentials where these are for the stack's account, else under the lookup role of its bootstrap; what
// may not be asked is a note.
//
// Kinds of prerequisites, where in a template they are, and what ${...} in the text of a fix stands for:
//
//     repository      AWS::ECS::TaskDefinition: images in a private ECR registry
//     image           the same: ${repository} ${region} ${image} ${platform}
//     secret          AWS::ECS::TaskDefinition: secrets whose name is written in the template
//     secret-key      the same: ${secret} ${region} ${keys} (those that are missing)
//     certificate     AWS::ElasticLoadBalancingV2::Listener, AWS::CloudFront::Distribution:
//                     ${certificate} ${region} ${domain}
//     engine-version  AWS::RDS::DBCluster, AWS::RDS::DBInstance: ${engine} ${version} ${region}
//     concurrency     AWS::Lambda::Function with reserved concurrency: ${reserved} ${region}

#include "deploy/engine/environment.h"

#include <stdbool.h>
#include <stddef.h>

enum finding_result {
    FINDING_MET,
    FINDING_MISSING,
    FINDING_UNKNOWN, // it could not be looked for
};

struct finding {
    enum finding_result result;
    const struct cloud_stack *stack;
    const char *kind;
    const char *message; // one line
    const char *fix;     // NULL where nothing is to be done
    struct finding *next;
};

struct preflight_asker;

struct preflight {
    // Given, the rest is zero:
    struct event_loop *queue;
    const struct cloud_assembly *assembly;
    const struct value *fixes; // object: what to do, by kind; a kind that it does not have is not looked for
    struct arena *arena;       // keeps what is found
    void (*ended)(void *data); // whenever no question is open any more
    void *data;
    // Found:
    struct finding *findings; // in the order in which they were added
    size_t open;              // questions
    // Its own:
    struct finding **tail;
    struct preflight_asker *askers;
};

// Looks for what the stack needs. `deployed` is its template as it is in the account, NULL: there is none;
// what only counts when a resource is created is not looked for again. The environment is ready.
void preflight_add(struct preflight *preflight, struct environment *environment,
    const struct cloud_stack *stack, const struct value *deployed);

#endif
