// SPDX-License-Identifier: MIT
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cli/app/aws.h"
#include "cli/app/prerequisites.h"
#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/paragraph.h"
#include "data/bootstrap.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/preflight/preflight.h"
#include "util/array.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/human.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct doctor_options {
    bool secret_skeleton;
    bool json;
};

enum {
    DOCTOR_FORMAT = 1,  // version of the JSON
    MESSAGE_INDENT = 9, // behind "missing  "
};

static const struct option options[] = {
    { "secret-skeleton", 0, OPTION_FLAG(struct doctor_options, secret_skeleton),
        .help = "only print the JSON of the application's secret, to be filled in" },
    { "json", 'j', OPTION_FLAG(struct doctor_options, json), .help = "print JSON" },
    OPTION_END,
};

struct doctor {
    struct cli *cli;
    struct cloud_assembly assembly; // empty when the app has errors
    struct context context;
    struct aws aws;
    struct string_list regions; // where the stacks go
    const char *account;        // that the credentials are for; NULL: not known
    int problems;
    bool json;
    struct value *findings; // for JSON
};

// The lines of a message begin below its first one.
static const char *indented(const char *message)
{
    DISPLAY_AUTO text = DISPLAY_INIT;

    for (size_t length; *message; message += length + (message[length] == '\n')) {
        length = strcspn(message, "\n");
        if (text.shown.length)
            display_addf(&text, "\n%*s", MESSAGE_INDENT, "");
        display_addf(&text, "%.*s", (int)length, message);
    }
    return arena_strdup(value_arena(), text.shown.data);
}

// A finding, for people at once, or kept for JSON. `fix`: the command or what else mends it; NULL: nothing is
// wrong.
__attribute__((format(printf, 4, 0))) static void add(
    struct doctor *doctor, const char *status, const char *fix, const char *format, va_list arguments)
{
    VALUE_ARENA_SCOPE(&doctor->cli->arena);
    const char *message = doctor->json ? arena_vprintf(value_arena(), format, arguments)
                                       : display_vprintf(value_arena(), format, arguments);

    if (doctor->json)
        array_append(doctor->findings,
            object((struct field[]){
                { "status", string(status) },
                { "message", string(message) },
                { "fix", string(fix) },
                END,
            }));
    else
        paragraph_printf(MESSAGE_INDENT, "%-7s  %-s\n", status, indented(message));
    if (!doctor->json && fix)
        paragraph_printf(MESSAGE_INDENT, "         fix with: %s\n", fix);
}

static void add_ok(struct doctor *doctor, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_problem(struct doctor *doctor, const char *fix, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add_ok(struct doctor *doctor, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(doctor, "ok", NULL, format, arguments);
    va_end(arguments);
}

static void add_problem(struct doctor *doctor, const char *fix, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(doctor, "missing", fix, format, arguments);
    va_end(arguments);
    doctor->problems++;
}

static void add_note(struct doctor *doctor, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_note(struct doctor *doctor, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(doctor, "note", NULL, format, arguments);
    va_end(arguments);
}

static void note_regions(struct doctor *doctor, const struct assembly *assembly)
{
    struct arena *arena = &doctor->cli->arena;

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const char *region = value_string(assembly->stacks[i].stack->region);

        if (region && !string_list_has(&doctor->regions, region))
            string_list_add(&doctor->regions, arena, arena_strdup(arena, region));
    }
}

static int file_of_assembly(const void *assembly, const char *name, struct strbuf *out)
{
    return assembly_file(assembly, name, out);
}

// What outlives the app.
static void keep_assembly(struct doctor *doctor, const struct assembly *assembly)
{
    VALUE_ARENA_SCOPE(&doctor->cli->arena);
    ERROR_AUTO err = ERROR_INIT;

    if (cloud_assembly_of(file_of_assembly, assembly, &doctor->assembly, &err) < 0)
        cli_error(doctor->cli, "%-s", err.message);
}

static void check_app(struct doctor *doctor)
{
    struct app *app = doctor->cli->definition->build(doctor->context.values);
    struct assembly assembly;

    if (app_synth(app, &assembly)) {
        add_ok(doctor, "the app makes %zu stack%s", assembly.stack_count, plural(assembly.stack_count));
        note_regions(doctor, &assembly);
        keep_assembly(doctor, &assembly);
    } else {
        size_t errors = app_diag_count(app, DIAG_ERROR);
        STRBUF_AUTO mend = STRBUF_INIT;

        strbuf_addf(&mend, "the changes that '%s synth' asks for", cli_invocation(doctor->cli));
        add_problem(doctor, mend.data, "the app has %zu error%s", errors, plural(errors));
    }
    app_free(app);
}

static void check_packages(struct doctor *doctor)
{
    const struct app_functions *functions = doctor->cli->definition->functions;
    static const char fix[] = "cmake --build build/release --target packages, in the source tree";

    for (const char *const *name = functions ? functions->names : NULL; name && *name; name++) {
        const char *package = functions->package(*name);
        const char *missing = synthesis_package_lacks(doctor->cli, *name);

        if (access(package, R_OK) < 0)
            add_problem(doctor, fix, "the package of %s cannot be read: %s", *name, package);
        else if (missing)
            add_problem(
                doctor, fix, "the package of %s cannot work: %s lacks '%s...'", *name, package, missing);
        else
            add_ok(doctor, "the package of %s", *name);
    }
}

static bool check_context(struct doctor *doctor)
{
    ERROR_AUTO err = ERROR_INIT;

    if (context_load(doctor->cli, &doctor->context, &err) == 0 &&
        aws_init(&doctor->aws, doctor->cli, &doctor->context, &err) == 0)
        return true;
    add_problem(doctor, "an editor", "the context cannot be read: %-s", err.message);
    return false;
}

static struct process *ask_aws(const struct aws *aws, const char *const *arguments)
{
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;
    ERROR_AUTO ignored = ERROR_INIT;

    return aws_start(aws, &loop, arguments, NULL, &ignored) < 0
        ? NULL
        : process_loop_next(&loop, PROCESS_NO_TIMEOUT);
}

// Version 1 prints its version to standard error.
static bool check_aws_cli(struct doctor *doctor)
{
    PROCESS_AUTO *process = ask_aws(&doctor->aws, (const char *const[]){ "--version", NULL });
    const char *text;

    if (!process || process->exit_status != 0) {
        add_problem(doctor, "sudo apt-get install awscli", "the AWS CLI is not installed");
        return false;
    }
    text = process->output.length ? process->output.data : process->error_output.data;
    add_ok(doctor, "AWS CLI: %.*s", (int)strcspn(text, "\n"), text);
    return true;
}

// Calls that not every AWS CLI knows, and what is done without them where it does not.
static const struct {
    const char *operation; // of cloudformation
    const char *without;
} newer_calls[] = {
    { "describe-events",
        "what CloudFormation finds before a change begins is not shown where a deployment fails" },
    { "get-hook-result", "what a hook finds is not shown where a deployment fails" },
};

// A skeleton is made without asking AWS.
static void check_newer_calls(struct doctor *doctor)
{
    for (size_t i = 0; i < ARRAY_SIZE(newer_calls); i++) {
        PROCESS_AUTO *process = ask_aws(&doctor->aws,
            (const char *const[]){
                "cloudformation", newer_calls[i].operation, "--generate-cli-skeleton", NULL });

        if (process && process->exit_status != 0 && strstr(process->error_output.data, "argument operation"))
            add_note(doctor, "this AWS CLI is too old for '%s': %s", newer_calls[i].operation,
                newer_calls[i].without);
    }
}

// Which command mends it is for 'doctor' to say; what has happened, for the same text as in a deployment.
static void fail_credentials(struct doctor *doctor, const struct aws_reply *reply)
{
    const char *profile = doctor->aws.profile;
    STRBUF_AUTO mend = STRBUF_INIT;

    if (profile)
        strbuf_addf(&mend, "aws sso login --profile %s, or aws configure --profile %s", profile, profile);
    else
        strbuf_add_string(&mend, "aws configure");
    add_problem(doctor, mend.data, "there are no credentials that work: %-s", aws_explain(reply));
}

static void check_credentials(struct doctor *doctor)
{
    PROCESS_AUTO *process =
        ask_aws(&doctor->aws, (const char *const[]){ "sts", "get-caller-identity", NULL });
    struct aws_reply reply = { .outcome = AWS_NOT_STARTED, .message = "no answer" };
    const char *arn;

    if (process)
        aws_cli_read(process, &reply);
    if (reply.outcome != AWS_DONE) {
        fail_credentials(doctor, &reply);
        return;
    }
    doctor->account = object_string(reply.answer, "Account");
    arn = object_string(reply.answer, "Arn");
    if (doctor->account && arn)
        add_ok(doctor, "credentials: account %s, %s", doctor->account, arn);
    else
        fail_credentials(doctor, &(struct aws_reply){ .outcome = AWS_DONE });
}

static void check_region(struct doctor *doctor)
{
    struct arena *arena = &doctor->cli->arena;

    doctor->aws.region = aws_default_region(&doctor->aws);
    if (!doctor->aws.region) {
        add_problem(doctor, "aws configure set region us-east-1", "the AWS CLI has no default region");
        return;
    }
    add_ok(doctor, "default region: %s", doctor->aws.region);
    if (!doctor->regions.count)
        string_list_add(&doctor->regions, arena, doctor->aws.region);
}

static const char *qualifier(const struct doctor *doctor)
{
    const char *given = object_string(doctor->context.values, "@aws-cdk/core:bootstrapQualifier");

    return given ? given : BOOTSTRAP_DEFAULT_QUALIFIER;
}

static void check_bootstrap_version(struct doctor *doctor, const char *region, const struct value *answer)
{
    const char *text =
        value_string(object_get_path(answer, (const char *const[]){ "Parameter", "Value", NULL }));
    long version = text ? strtol(text, NULL, 10) : 0;
    STRBUF_AUTO mend = STRBUF_INIT;

    strbuf_addf(&mend, "%s bootstrap aws://%s/%s", cli_invocation(doctor->cli), doctor->account, region);
    if (version >= BOOTSTRAP_FOR_DEPLOYMENT)
        add_ok(doctor, "account %s is bootstrapped in %s: version %ld", doctor->account, region, version);
    else if (text)
        add_problem(doctor, mend.data,
            "the bootstrap of account %s in %s is version %ld; it must be %d or later", doctor->account,
            region, version, BOOTSTRAP_FOR_DEPLOYMENT);
    else
        add_problem(doctor, mend.data, "account %s is not bootstrapped in %s", doctor->account, region);
}

static void check_bootstrap(struct doctor *doctor, const char *region)
{
    const struct aws there = { doctor->cli, doctor->aws.profile, region };
    const char *name = arena_printf(&doctor->cli->arena, "/cdk-bootstrap/%s/version", qualifier(doctor));
    PROCESS_AUTO *process =
        ask_aws(&there, (const char *const[]){ "ssm", "get-parameter", "--name", name, NULL });
    ERROR_AUTO err = ERROR_INIT;
    const struct value *answer = NULL;

    if (process && aws_answer(process, &answer, &err) < 0 && !strstr(err.message, "ParameterNotFound"))
        add_problem(doctor, "credentials that may call ssm:GetParameter",
            "cannot see whether %s is bootstrapped: %-s", region, err.message);
    else
        check_bootstrap_version(doctor, region, answer);
}

// What the stacks need of the account and do not create.

struct region_check {
    struct environment environment;
    struct preflight *preflight;
    struct doctor *doctor;
};

static const char *region_of(const struct doctor *doctor, const struct cloud_stack *stack)
{
    return stack->region ? stack->region : doctor->aws.region;
}

static void on_ready(struct environment *environment, void *data)
{
    struct region_check *check = data;
    const struct cloud_assembly *assembly = &check->doctor->assembly;

    for (size_t i = 0; i < assembly->stack_count && !environment->problem; i++)
        if (strcmp(region_of(check->doctor, &assembly->stacks[i]), environment->region) == 0)
            preflight_add(check->preflight, environment, &assembly->stacks[i], NULL);
}

static void on_ended(void *data)
{
    (void)data; // the queue runs empty
}

static void print_findings(struct doctor *doctor, const struct preflight *preflight)
{
    for (const struct finding *one = preflight->findings; one; one = one->next)
        if (one->result == FINDING_MET)
            add_ok(doctor, "%-s", one->message);
        else if (one->result == FINDING_MISSING)
            add_problem(doctor, one->fix ? one->fix : "what the message says", "%-s", one->message);
        else
            add_note(doctor, "%-s", one->message);
}

static void check_prerequisites(struct doctor *doctor)
{
    struct arena *arena = &doctor->cli->arena;
    struct event_loop queue;
    struct preflight preflight = { .queue = &queue,
        .assembly = &doctor->assembly,
        .fixes = prerequisite_fixes(doctor->cli),
        .arena = arena,
        .ended = on_ended };
    struct region_check *checks = arena_alloc(arena, (doctor->regions.count + 1) * sizeof(*checks));

    if (!preflight.fixes)
        return;
    event_loop_init(&queue);
    for (size_t i = 0; i < doctor->regions.count; i++) {
        checks[i] = (struct region_check){
            .preflight = &preflight,
            .doctor = doctor,
            .environment = { .queue = &queue,
                .profile = doctor->aws.profile,
                .region = doctor->regions.items[i],
                .skips_stacks = true },
        };
        environment_prepare(&checks[i].environment, on_ready, &checks[i]);
    }
    while (event_loop_run_once(&queue, 1000))
        continue;
    event_loop_release(&queue);
    print_findings(doctor, &preflight);
}

static void check_aws(struct doctor *doctor)
{
    if (!check_aws_cli(doctor))
        return;
    check_newer_calls(doctor);
    check_region(doctor);
    check_credentials(doctor);
    for (size_t i = 0; doctor->account && i < doctor->regions.count; i++)
        check_bootstrap(doctor, doctor->regions.items[i]);
    if (doctor->account)
        check_prerequisites(doctor);
}

static int print_secret_skeleton(struct cli *cli)
{
    SYNTHESIS_AUTO synthesis = { 0 };
    struct cloud_assembly assembly;
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    const struct value *skeleton;

    if (synthesis_make_offline(cli, &synthesis) < 0)
        return EXIT_STATUS_FAILURE;
    if (cloud_assembly_of(file_of_assembly, &synthesis.assembly, &assembly, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    skeleton = prerequisite_secret_skeleton(&assembly);
    if (!skeleton)
        return cli_error(cli, "the stacks read no secret that somebody has to make");
    json_write(&text, skeleton, 2);
    strbuf_add_char(&text, '\n');
    print_data_json(text.data, text.length);
    return EXIT_STATUS_OK;
}

static int run_doctor(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct doctor_options *given = values;
    struct doctor doctor = { .cli = cli, .aws = { .cli = cli }, .json = given->json };

    (void)operands;
    if (given->secret_skeleton)
        return print_secret_skeleton(cli);
    doctor.findings = array();
    add_ok(&doctor, "%s %s", cli->definition->name, TANGO_VERSION);
    if (check_context(&doctor))
        check_app(&doctor);
    check_packages(&doctor);
    check_aws(&doctor);
    if (given->json)
        document_print(object((struct field[]){ { "version", number(DOCTOR_FORMAT) },
                           { "problems", number(doctor.problems) }, { "findings", doctor.findings }, END }),
            true);
    fflush(stdout);
    if (!doctor.problems)
        return EXIT_STATUS_OK;
    return cli_error(cli, "%d problem%s", doctor.problems, doctor.problems == 1 ? "" : "s");
}

const struct command_body cmd_doctor = {
    .options = options,
    .options_size = sizeof(struct doctor_options),
    .description =
        "Checks what a deployment needs: the app and its context, the AWS CLI, credentials, the region, the "
        "bootstrap of the account, and what the stacks need there that they do not create: images, secrets, "
        "certificates, quotas. Shows what is missing and the command that fixes it; the exit status is 1 "
        "then. --json prints { version: 1, problems: NUMBER, findings: [{ status: ok, missing or note, message, "
        "fix }] }.",
    .run = run_doctor,
};
