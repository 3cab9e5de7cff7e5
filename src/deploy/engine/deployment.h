// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_DEPLOYMENT_H
#define DEPLOY_ENGINE_DEPLOYMENT_H

// Deploying stacks: a small state machine for each of them, all driven by one queue. A stack looks at what
// stands, uploads what it needs, waits for the stacks that it depends on, and changes. Nothing is printed
// here: an observer is told what happens, and asked what a person has to decide. Everything lives in the
// value arena that is current at deployment_init.

#include "deploy/engine/drift.h"
#include "deploy/engine/environment.h"
#include "deploy/engine/history.h"
#include "deploy/engine/monitor.h"
#include "deploy/engine/publisher.h"
#include "deploy/preflight/preflight.h"
#include "template/cloud_assembly.h"
#include "util/random.h"
#include "util/string_list.h"
#include "util/toggle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum deploy_method {
    DEPLOY_CHANGE_SET,         // make a change set and execute it; see creates_directly
    DEPLOY_PREPARE_CHANGE_SET, // make it and leave it there
    DEPLOY_EXECUTE_CHANGE_SET, // execute one that is there
    DEPLOY_DIRECT,             // without a change set
};

struct deploy_options {
    enum deploy_method method;
    bool creates_directly;  // a stack that there is not, where CloudFormation allows that
    const char *change_set; // its name. Default: "tango-infra-deploy"
    const char *profile;    // of the AWS CLI. Default: as it finds it
    const char *role;       // that CloudFormation takes on. Default: the assembly's
    size_t concurrency;     // stacks that change at a time. Default: as many as dependencies allow
    bool force;             // also what seems unchanged; skips resources that cannot be rolled back
    bool no_rollback;
    bool import_existing_resources;
    // See stack_request (awscli/cloudformation.h).
    const char *on_failure;
    const struct value *rollback_configuration;
    bool express, retain_except_on_create, include_nested, revert_drift;
    const struct value
        *retained;        // array: logical ids that the deletion of a stack leaves where it fails at them
    bool forces_deletion; // leaves whatever it fails at
    bool skips_asset_check;
    const struct string_list *asset_accounts; // that assets may go to, too. Default: the stack's alone
    enum toggle protection; // against deletion. Default: as the assembly says, and what is protected stays so
    const struct value *parameters;          // object: "KEY", "*:KEY" or "STACK:KEY" to text
    bool resets_parameters;                  // those that are not given to the template's defaults
    const struct value *tags;                // object: to every stack
    const struct value *notification_arns;   // array. Default: the assembly's
    const char *default_region;              // for stacks that say none
    const struct value *resources_to_import; // of the API's shape; makes the change an import
    const struct value *orphans;             // array: logical ids that a rollback leaves as they are
    bool skips_bootstrap_check;
    const struct value *prerequisites; // what to do about a missing one, by kind (see preflight.h); NULL:
                                       // none is looked for
    size_t operations;                 // how far back logs_operation reads
};

enum job_stage {
    JOB_LOOKING,    // at what stands
    JOB_PUBLISHING, // uploads what it needs
    JOB_BLOCKED,    // by stacks it depends on, or by a look that others still take
    JOB_PREPARING,  // a change set
    JOB_CLEARING,   // what an earlier operation left behind, or waits for one that runs
    JOB_CHANGING,
    // From here on it has ended:
    JOB_DONE,
    JOB_UNCHANGED,
    JOB_PREPARED, // a change set waits to be executed
    JOB_PLANNED,  // it is known what would change
    JOB_FAILED,
    JOB_SKIPPED, // because of another one, or of an interrupt
};

struct deployment;
struct stack_job;

// What is to be done with stacks.
struct job_operation {
    const char *verb;                        // "deploy"
    const char *doing;                       // "deleting": what a person sees while it changes
    bool is_unordered;                       // stacks do not wait for those that they depend on
    bool is_cancellable;                     // an interrupt may cancel what it has begun
    bool is_reversed;                        // those that depend on a stack come before it
    bool needs_bootstrap;                    // of the account
    int bootstrap_version;                   // at least, whatever the assembly says
    const char *unchanged;                   // what JOB_UNCHANGED means. Default: "no changes"
    void (*handle)(struct stack_job *job);   // once its state is known; ends in JOB_BLOCKED, or ends the job
    void (*change)(struct stack_job *job);   // once nothing blocks it
    void (*uploaded)(struct stack_job *job); // after each upload, whosever it is. Default: does nothing
    bool skips_stacks;                       // does not need to know what stands
    bool may_lack_stacks;                    // wants to know it where it may
    bool checks_prerequisites;               // before anything is changed
    bool only_uploads;                       // with the templates, under no role of the stacks
};

extern const struct job_operation deploy_operation;
extern const struct job_operation dry_run_operation; // what deploy_operation would do; nothing is changed
extern const struct job_operation destroy_operation;
// Uploads what the stack needs.
extern const struct job_operation publish_operation;
// Follows what is in progress until its end; JOB_UNCHANGED where nothing is.
extern const struct job_operation watch_operation;
// Cancels the update that is in progress.
extern const struct job_operation cancel_operation;
// Undoes what has failed and stopped.
extern const struct job_operation rollback_operation;
// Looks at the stack, and reads the template of one that hides parameters; JOB_UNCHANGED where there is none.
extern const struct job_operation outputs_operation;
// Looks at the stack and lists its change sets; likewise.
extern const struct job_operation status_operation;
// Looks at the stack and lists the resources of one that has queues; likewise.
extern const struct job_operation queues_operation;
// Reads the stack's history into job->history; that of one that was deleted, where there is none.
extern const struct job_operation logs_operation;
// Detects drift, with the result in job->drift; likewise.
extern const struct job_operation drift_operation;

// An export that is taken away, or gets another value, while another stack of the deployment still imports
// it: that stack is changed first, so that it reads the output without importing it.
struct weakening {
    struct stack_job *importer;
    const char *export;
    const char *output; // logical id
    bool is_change;     // of its value
    const struct weakening *next;
};

// What stands in the way of deleting a stack, and what goes with it.
struct job_removal {
    const struct value *resources; // { logical id, physical id, type } of what is to be destroyed
    const struct value *databases; // protected ones: { "Type", "Id", "LogicalId" }; see job_find_databases
    const struct value *buckets;   // names of those that are to be emptied
    size_t emptied;                // how many of them are
    const char *obstacles;         // a line each; NULL: none
    bool was_complete;             // at some time; see job_find_history
    size_t open_questions;         // about resources
    void (*answered)(struct stack_job *job); // once none is open
};

// One change of a stack, from the change set to its execution.
struct job_change {
    char token[RANDOM_TOKEN_SIZE]; // ClientRequestToken
    int64_t poll_ms;
    const char *refusal;    // of the last execution, in CloudFormation's words; NULL: there was none
    int same_refusals;      // in a row
    const char *change_set; // the ARN of the one that was made; NULL: none
    bool is_asking;         // for a change, and does not know yet whether it has begun
    bool is_tidying;        // takes away what it has made for nothing
    bool is_last_resort;    // leaves what could not be deleted
    bool has_tried_again;   // after a creation that collided with a name
    bool is_approved;
    bool needs_change_set; // it may not be created without one
};

struct job_exports {
    size_t open_exports; // that are asked after
    // Stacks that still import what this one no longer exports; NULL: none.
    const struct weakening *weakenings;
    struct stack_job *weakened_for; // while it is changed for another one
};

struct stack_job {
    struct deployment *deployment;
    const struct cloud_stack *stack;
    struct environment *environment;
    struct cloudformation cf;

    // What is known of the stack.
    const struct value *current; // what DescribeStacks said last; NULL: there is none
    const struct value *current_template;
    bool is_new;
    // Of parameters that the parameter store has other values of, where nothing else changes: { "parameter",
    // "name", "before", "after" }.
    struct value *stored_changes;
    const struct value *change_sets; // summaries; of status_operation
    struct drift *drift;             // of drift_operation; NULL before it has begun
    struct history *history;         // likewise of logs_operation

    // How far the job is, and how it ended.
    enum job_stage stage;
    int64_t began, ended;        // of work on the stack, on clock_ms; 0: not yet
    size_t change_count;         // resources that change; 0: not known
    const struct value *changes; // of the change set
    struct monitor monitor;      // of the operation in JOB_CLEARING and JOB_CHANGING
    bool is_monitored;
    const char *problem;      // why it failed, was skipped, or nothing was to be done
    const char *final_status; // of the stack, where a change ended
    // Of a change set that could not be made, for explain_job; NULL: there was none, or nobody knows.
    const char *failed_change_set;
    const struct value *failed_events; // of DescribeEvents
    const char *failed_note;           // why these are not known

    // The machine's own.
    size_t open_uploads;
    int rounds;             // of looking and clearing
    bool is_checked;        // for its prerequisites
    struct look look;       // at what has become of the stack
    bool lacks_description; // of what it has become
    bool is_held; // its state asks for an action that has to wait until all stacks have been queried
    struct job_change change;
    struct job_exports exports;
    struct job_removal removal;
    void *own; // the operation's
};

struct deploy_observer {
    void (*stage)(void *data, struct stack_job *job);
    void (*event)(void *data, struct stack_job *job, const struct stack_event *event);
    bool skips_events; // but for those of a change that has failed
    void (*upload)(void *data, const struct upload *upload);
    // Whether to begin, when every stack has been looked at. NULL: yes.
    bool (*begin)(void *context);
    // Something worth saying about a stack.
    void (*note)(void *data, struct stack_job *job, const char *text);
    // Whether the change that job->changes lists may be made; `ret_problem` says why not. NULL: yes.
    bool (*approve)(void *context, struct stack_job *job, const char **ret_problem);
    // Whether something may be done that destroys a protection; `ret_problem` likewise. NULL: no.
    bool (*confirm)(void *context, struct stack_job *job, const char *question, const char **ret_problem);
    void *data;
    void *context;
};

// Everything is borrowed until the deployment is released.
struct deployment_props {
    const struct job_operation *operation;
    struct event_loop *loop;
    const struct cloud_assembly *assembly;
    const bool *chosen; // which of its stacks
    const struct deploy_options *options;
    const void *context; // the operation's own. Default: none
};

struct deployment {
    const struct job_operation *operation;
    const void *context; // the operation's own
    struct event_loop *queue;
    const struct deploy_options *options;
    const struct deploy_observer *observer;
    struct arena *arena;
    struct publisher publisher;
    struct preflight preflight;
    struct environment *environments;
    size_t environment_count;
    struct stack_job *jobs; // in the order of the assembly
    size_t job_count;
    size_t changing;  // jobs at it
    bool is_open;     // every stack has been looked at, and nothing speaks against beginning
    bool is_stopping; // starts no new work on stacks
};

// The stacks that `chosen` marks, by index; what they depend on without being chosen is taken to be there.
void deployment_init(struct deployment *deployment, const struct deployment_props *props,
    const struct deploy_observer *observer);
void deployment_release(struct deployment *deployment);

// Begins; from here on the queue's turns do the work.
void deployment_start(struct deployment *deployment);
// Skips what has not begun to change.
void deployment_stop(struct deployment *deployment);

// Whether the chosen stacks have the parameters (see deploy_options) and a "STACK" is one of them; an error
// names the first that is not so, and what it may have been meant to be.
int deployment_check_parameters(const struct value *parameters, const struct cloud_assembly *assembly,
    const bool *chosen, struct error *err);

// What the stack has beside its template, as diff_input.settings_before wants it: as it stands, NULL where
// there is none, and as the operation would make it. In the current value arena.
const struct value *job_settings(const struct stack_job *job);
const struct value *job_wanted_settings(const struct stack_job *job);

// Whether a resource of ListStackResources exists.
bool job_resource_is_there(const struct value *resource);

bool job_has_ended(const struct stack_job *job);
// Whose credentials are used for what CloudFormation does not do: the caller's own where they are of the
// account (environment_find_caller knows), since the bootstrap's role may do little else than deploy.
const struct aws_target *job_caller(const struct stack_job *job);
// Whether something of no use would stay behind, or nobody would know what has begun, if everything ended
// here.
bool job_is_half_done(const struct stack_job *job);

#endif
