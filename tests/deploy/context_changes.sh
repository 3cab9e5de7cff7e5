# Sourced by tests that change context keys: deployed with the default, with another value, and with the default again, on
# the local AWS, which refuses exports in use and replacement under a fixed name as CloudFormation does. Each step works, or is
# refused before anything is changed.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

here='-c account=123456789012'

# change_of KEY: the options that change it.
change_of() {
    case $1 in
    tags) echo '-c tags={"team":"a"}' ;;
    termination_protection | enable_versioning | access_logs | database_io_optimized | database_insights | database_iam_authentication)
        echo "-c $1=true"
        ;;
    deletion_protection | rds_proxy | enable_image_transformation | exec) echo "-c $1=false" ;;
    profile) echo '-c profile=production' ;;
    vpc_endpoints) echo '-c vpc_endpoints=["logs","secretsmanager"]' ;;
    database_readers) echo '-c database_readers=2' ;;
    database_backup_days) echo '-c database_backup_days=14' ;;
    removal_policy) echo '-c removal_policy=destroy' ;;
    max_azs) echo '-c max_azs=3' ;;
    nat_gateways) echo '-c nat_gateways=2' ;;
    availability_zones) echo '-c availability_zones=["us-east-1c","us-east-1d"]' ;;
    domain_name | certificate_arn) echo "$https" ;;
    require_https) echo "$https -c require_https=true -c cors_origins=[\"https://www.example.com\"]" ;;
    frontend_domain | frontend_certificate_arn) echo "$site" ;;
    cors_origins) echo '-c cors_origins=["https://www.example.com"]' ;;
    min_capacity) echo '-c min_capacity=3' ;;
    max_capacity) echo '-c max_capacity=20' ;;
    database_min_acu) echo '-c database_min_acu=1' ;;
    database_max_acu) echo '-c database_max_acu=8' ;;
    image_digest) echo "-c image_digest=sha256:$(printf '%064d' 1)" ;;
    secrets_path) echo '-c secrets_path=other/app-secrets' ;;
    database_name) echo '-c database_name=other' ;;
    publisher_reserved_concurrency) echo '-c publisher_reserved_concurrency=5' ;;
    event_max_bytes) echo '-c event_max_bytes=500000' ;;
    sentry_dsn) echo '-c sentry_dsn=https://key@sentry.example.com/1' ;;
    alarm_email) echo '-c alarm_email=ops@example.com' ;;
    *) echo "-c $1=other" ;;
    esac
}

# Keys that make another environment, not a change of this one.
is_another_environment() { [[ " account region stack_prefix " == *" $1 "* ]]; }

deploy_with() {
    control forget
    tango deploy --all --require-approval never --yes --no-preflight $here "$@"
}

# Before CloudFormation was asked to change any stack.
is_refused() { [ "$status" = 1 ] && [ "$(look calls 'sum(c[1] in ("ExecuteChangeSet", "UpdateStack", "CreateChangeSet", "CreateStack") for c in j)')" = 0 ]; }

start() {
    functions_of_test
    certificate=$(aws acm request-certificate --domain-name '*.example.com' --validation-method DNS --query CertificateArn --output text)
    control issue
    https="-c domain_name=api.example.com -c certificate_arn=$certificate"
    site="-c frontend_domain=www.example.com -c frontend_certificate_arn=$certificate"
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    deploy_with
    expect_status 0
}

# Nothing is half done, whatever was refused.
expect_settled() {
    expect_equal "$(look stacks '[n for n, s in j.items() if s["status"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE")]')" '[]' "stacks after $1"
    expect_clean
}

# change_and_back NAME OPTION...
change_and_back() {
    deploy_with "${@:2}"
    if [ "$status" != 0 ]; then
        is_refused || fail "$1 changed fails half way: $(grep -E 'failed: |FAILED' "$work/err")"
        expect_settled "$1 changed"
        return
    fi
    expect_settled "$1 changed"
    deploy_with
    [ "$status" = 0 ] || is_refused || fail "$1 back to its default fails half way: $(grep -E 'failed: |FAILED' "$work/err")"
    expect_settled "$1 back to its default"
    # The way back was refused: the next one needs the defaults.
    [ "$status" = 0 ] || { control reset; control bootstrap; start; }
}

