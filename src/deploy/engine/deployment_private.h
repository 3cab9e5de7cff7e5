// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_DEPLOYMENT_PRIVATE_H
#define DEPLOY_ENGINE_DEPLOYMENT_PRIVATE_H

// The parts of a deployment's state machine: deployment.c (the graph), job.c (from the state of a stack
// to the next action that it needs), job_parameters.c (values of parameters), job_compare.c (whether anything
// changes), job_upload.c (assets and long templates), job_change.c (change sets and direct changes),
// job_create.c (which of them makes a new stack),
// job_follow.c (operations until their end), known_template.c (templates that need not be asked for).

#include "deploy/engine/deployment.h"

// Enters a stage and tells the observer.
void job_enter(struct stack_job *job, enum job_stage stage);
void job_note(struct stack_job *job, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Ends it; who depends on it is skipped.
void job_fail(struct stack_job *job, const char *format, ...) __attribute__((format(printf, 2, 3)));
void job_fail_reply(struct stack_job *job, const char *what, const struct aws_reply *reply);
// Ends it well; who depends on it may go on.
void job_finish(struct stack_job *job, enum job_stage stage);

// From the beginning: looks at the stack anew, since it is not in the state that it was thought to be in.
void job_query_again(struct stack_job *job);
// Once nothing is in the way.
void job_change(struct stack_job *job);
// Whether it is created without a change set.
bool job_creates_directly(const struct stack_job *job);
// Whether it has to wait before anything may be cleared away; if so, it is blocked now.
bool job_is_held(struct stack_job *job);
// Looks for what the stack needs of its account, once; the deployment begins when everything is answered.
void job_check_prerequisites(struct stack_job *job);
struct diff_stack;

// Whether something is to be made under a name, or with addresses, that what it replaces still has; if so,
// the job has failed.
bool job_fails_at_a_name(struct stack_job *job, const struct diff_stack *diff);
bool job_fails_at_addresses(struct stack_job *job, const struct diff_stack *diff);
// Asks who imports the exports that the new template no longer has, or has with another value: CloudFormation
// would refuse only at the end of the update, and roll it back. Ends the job where a stack does that is not
// deployed here; else the job goes on to job_publish.
void job_find_importers(struct stack_job *job);
// Before anything is changed: whether the stacks that import them may be changed twice (see job_exports.c);
// ends the job where not.
void job_confirm_weakening(struct stack_job *job);
// What is said where they are not deployed as well.
const char *job_export_in_use(
    const struct stack_job *job, const struct weakening *weakening, const struct value *importers);
// Lets these stacks read the outputs without importing them, then `done`.
void job_weaken_importers(struct stack_job *job, void (*done)(struct stack_job *job));

// Takes away what a failed creation or deletion has left, and looks again; a database that is protected, and
// whose stack was never complete, loses its protection where that is confirmed.
void job_delete_first(struct stack_job *job);
// Whether that cannot be, since the stack is protected and nobody has said that it need not be; if so, the
// job has failed.
bool job_is_locked(struct stack_job *job);
// Whether the creation failed because of a queue's name that was in use less than 60 seconds ago, and it is
// tried again.
bool job_creates_again(struct stack_job *job);
// What CloudFormation said to the attempt to clear the way, when it is not "done".
void job_clearing_refused(struct stack_job *job, const struct aws_reply *reply);

// Databases among job->removal.resources that RDS refuses to delete, into job->removal.databases, then
// `found`. Where RDS may not be asked, what the deletion failed with and the deployed template say it.
void job_find_databases(struct stack_job *job, void (*found)(struct stack_job *job));
// Whether the stack was ever complete, into job->removal.was_complete, then `found`.
void job_find_history(struct stack_job *job, void (*found)(struct stack_job *job));
// Their names, for people, and the commands that turn the protection off, a line each.
const char *job_database_names(const struct stack_job *job);
const char *job_unprotect_commands(const struct stack_job *job);
// Turns the protection of job->removal.databases off, then `done`; ends the job where that cannot be done.
void job_unprotect_databases(struct stack_job *job, void (*done)(struct stack_job *job));

// Waits for what somebody else does with the stack, and looks again.
void job_wait_for_other(struct stack_job *job);
// The description that its environment has found.
void job_take_current(struct stack_job *job);

const char *job_status(const struct stack_job *job); // of the stack; NULL: there is none
// Its id, or its name while it has none.
const char *job_stack_id(const struct stack_job *job);
void job_copy_current(struct stack_job *job, const struct value *description);
// Likewise, of a stack that has just become what its template says.
void job_take_description(struct stack_job *job, const struct value *description);
// Looks at those of the deployment that have changed and have not been looked at since; all of them together.
void deployment_describe_changed(struct deployment *deployment);
// Copies what GetTemplate answers, JSON as an object or YAML as text, to job->current_template: NULL when it
// is no template. False: there is no answer, and the job has failed.
bool job_receive_template(struct stack_job *job, const struct aws_reply *reply);
// Copies what ListStackResources answers to job->removal.resources. False: as above.
bool job_receive_resources(struct stack_job *job, const struct aws_reply *reply);

// Asks for the template and compares; calls job_publish or ends the job.
void job_compare(struct stack_job *job);
// Uploads every asset, and the template when it is too long to be sent along; then it is blocked.
void job_publish(struct stack_job *job);
void job_uploaded(struct stack_job *job);
bool job_changes_nothing(const struct stack_job *job);

// The logical ids of those in an answer of ListStackResources that could not be rolled back.
struct value *resources_that_failed(const struct value *answer);

// What the API wants, in the current value arena.
struct stack_request job_request(const struct stack_job *job);
bool stack_needs_template_upload(const struct cloud_stack *stack);
bool job_needs_template_upload(const struct stack_job *job); // before it can be asked for by that request
// Whether this is why there is no change set.
bool job_says_no_changes(const char *reason);
const struct value *job_parameters(const struct stack_job *job);
// What a parameter will have; NULL: not known here.
const char *job_parameter_value(const struct stack_job *job, const char *key);
// Whether a parameter gets another value than it has.
bool job_parameters_differ(const struct stack_job *job);
// Whether CloudFormation reads its value from the parameter store, where it may be another one by now; not of
// those that the CDK marks as of no interest (cloudformation.ts: ParameterValues.hasChanges).
bool job_parameter_is_read_again(const struct stack_job *job, const char *key);
bool job_reads_parameters_again(const struct stack_job *job);
// Reads them, into job->stored_changes, then `found`.
void job_find_stored(struct stack_job *job, void (*found)(struct stack_job *job, bool is_known));
// Whether each parameter of the template has a value; if not, the job has failed.
bool job_has_parameters(struct stack_job *job);
// Says of which parameters the deployed value stays, though the template has a new default.
void job_note_kept_defaults(struct stack_job *job);
const struct value *job_tags(const struct stack_job *job);
const struct value *job_notification_arns(const struct stack_job *job);
const char *job_role(const struct stack_job *job);
// The tags that the stack has, as an object; in the current value arena.
struct value *job_current_tags(const struct stack_job *job);
bool job_is_protected(const struct stack_job *job); // against deletion
bool job_wants_protection(const struct stack_job *job);

// Follows the operation that has this token (NULL: the one that runs); `ended` as in monitor.h.
void job_follow(struct stack_job *job, const char *token,
    void (*ended)(void *job, const char *status, const struct aws_reply *reply));
// What the stack is now, and what to do about that.
const char *job_state_advice(const struct stack_job *job, const char *status);
// What went wrong, as far as the events tell. In the deployment's arena.
const char *job_cause(const struct stack_job *job, const char *status);

#endif
