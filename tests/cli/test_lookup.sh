#!/usr/bin/env bash
# Availability zones: from context, from AWS (a stand-in for the AWS CLI), or placeholders.
. "$(dirname "$0")/lib.sh"

key=availability-zones:account=123456789012:region=eu-west-1
where=(-c 'account="123456789012"' -c region=eu-west-1)

# stand_in_for_aws SCRIPT: what `aws` does. $call is "sts get-caller-identity" and so on.
stand_in_for_aws() {
    mkdir -p "$work/bin"
    {
        echo '#!/usr/bin/env bash'
        # shellcheck disable=SC2016
        echo 'call="$1 ${2-}"'
        echo "echo \"\$*\" >>'$work/calls'"
        cat
    } >"$work/bin/aws"
    chmod +x "$work/bin/aws"
    PATH=$work/bin:$PATH
}

aws_that_works() {
    stand_in_for_aws <<'SCRIPT'
case $call in
'sts get-caller-identity') echo '{ "Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/test" }' ;;
'ec2 describe-availability-zones')
    echo '{ "AvailabilityZones": [
        { "ZoneName": "eu-west-1b", "State": "available" }, { "ZoneName": "eu-west-1x", "State": "impaired" },
        { "ZoneName": "eu-west-1a", "State": "available" } ] }' ;;
*) exit 9 ;;
esac
SCRIPT
}

zones_in_template() {
    json cdk.out/DemoNetwork.template.json 'j["Resources"]["Topic0"]["Properties"]["DisplayName"]'
}

test_zones_are_looked_up_and_saved() {
    aws_that_works
    echo '{ "zebra": 1, "apple": {"b": 2, "a": 1} }' >cdk.context.json
    demo synth "${where[@]}" --profile tests
    expect_status 0
    expect_equal "$(zones_in_template)" '["eu-west-1b", "eu-west-1a"]'
    expect_equal "$(json cdk.context.json 'list(j.items())')" \
        "[[\"zebra\", 1], [\"apple\", {\"b\": 2, \"a\": 1}], [\"$key\", [\"eu-west-1b\", \"eu-west-1a\"]]]"
    expect_equal "$(json cdk.out/manifest.json 'j.get("missing")')" null
    expect_equal "$(sort "$work/calls")" 'ec2 describe-availability-zones --output json --profile tests --region eu-west-1
sts get-caller-identity --output json --profile tests --region eu-west-1'
    expect_no_temporary_files
}

test_who_only_looks_saves_nothing() {
    aws_that_works
    for command in list 'metadata DemoNetwork' 'diff DemoNetwork -e --template before.json'; do
        echo '{}' >before.json
        # shellcheck disable=SC2086
        demo $command "${where[@]}"
        expect_status 0
        expect_err_has "Looking up availability zones, which only 'synth' and 'deploy' save..."
        expect_equal "$(ls -A)" before.json 'files'
    done
    expect_out_has 'eu-west-1b'
}

test_verbose_shows_the_calls() {
    aws_that_works
    demo synth "${where[@]}" -v
    expect_err_has 'Running: aws ec2 describe-availability-zones --output json --region eu-west-1'
    expect_err_has '0 context values from cdk.json'
}

test_saved_zones_are_used_without_asking() {
    stand_in_for_aws <<<'exit 9'
    echo "{ \"$key\": [\"one\", \"two\"] }" >cdk.context.json
    demo synth "${where[@]}"
    expect_status 0
    expect_equal "$(zones_in_template)" '["one", "two"]'
    expect_no_file "$work/calls"
}

test_given_zones_need_no_look_up() {
    stand_in_for_aws <<<'exit 9'
    demo synth "${where[@]}" -c 'zones=["a"]'
    expect_status 0
    expect_no_file "$work/calls"
    expect_no_file cdk.context.json
}

test_no_account_no_look_up() {
    stand_in_for_aws <<<'exit 9'
    demo synth -c region=eu-west-1
    expect_status 0
    expect_no_file "$work/calls"
}

test_no_lookups_gives_placeholders_and_says_so() {
    stand_in_for_aws <<<'exit 9'
    demo synth "${where[@]}" --no-lookups
    expect_status 0
    expect_err_has "context '$key' is not known and is not looked up: placeholders are used instead"
    expect_equal "$(zones_in_template)" '["dummy1a", "dummy1b", "dummy1c"]'
    expect_equal "$(json cdk.out/manifest.json '[(m["key"], m["provider"], m["props"]["account"], m["props"]["region"]) for m in j["missing"]]')" \
        "[[\"$key\", \"availability-zones\", \"123456789012\", \"eu-west-1\"]]"
    expect_no_file "$work/calls"
    expect_no_file cdk.context.json
    echo '{ "lookups": false }' >cdk.json
    demo synth "${where[@]}"
    expect_status 0
    expect_no_file "$work/calls"
}

test_as_the_cdks_app_the_cdk_looks_up() {
    stand_in_for_aws <<<'exit 9'
    CDK_OUTDIR=$work/assembly demo synth "${where[@]}"
    expect_status 0
    expect_no_out
    expect_err_has 'placeholders are used instead'
    expect_equal "$(json "$work/assembly/manifest.json" 'len(j["missing"])')" 1
    expect_no_file "$work/calls"
    expect_no_file cdk.context.json
}

failing_lookup() {
    demo synth "${where[@]}"
    expect_failure "cannot look up missing context: $1"
    expect_err_has "'--no-lookups' continues with placeholders"
    expect_no_file cdk.out
    expect_no_file cdk.context.json
}

test_no_aws_cli() {
    mkdir "$work/bin"
    PATH=$work/bin run "$DEMO" synth "${where[@]}"
    expect_failure "there is no program 'aws' in PATH; 'sudo apt-get install awscli' installs it"
    expect_no_file cdk.out
}

test_no_credentials() {
    stand_in_for_aws <<<'printf "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\n\n" >&2; exit 253'
    failing_lookup 'Unable to locate credentials. You can configure credentials by running "aws configure".'
}

test_credentials_of_another_account() {
    stand_in_for_aws <<'SCRIPT'
case $call in
sts*) echo '{ "Account": "999999999999" }' ;;
*) echo '{ "AvailabilityZones": [ { "ZoneName": "a", "State": "available" } ] }' ;;
esac
SCRIPT
    failing_lookup 'the credentials are for account 999999999999, not for 123456789012'
}

test_an_answer_that_is_no_json() {
    stand_in_for_aws <<<'echo "<html>"'
    failing_lookup "answer of 'aws':1:"
}

test_an_answer_without_zones() {
    stand_in_for_aws <<'SCRIPT'
case $call in
sts*) echo '{ "Account": "123456789012" }' ;;
*) echo '{ "AvailabilityZones": [] }' ;;
esac
SCRIPT
    failing_lookup "region 'eu-west-1' has no availability zones"
}

test_aws_that_dies_silently() {
    stand_in_for_aws <<<'kill -9 $$'
    failing_lookup "'aws' exited with status 137"
}

test_a_folder_where_nothing_can_be_saved() {
    aws_that_works
    chmod 777 "$work" "$work/bin"
    chmod 555 .
    status=0
    unprivileged "$DEMO" synth "${where[@]}" -o "$work/assembly" >"$work/out" 2>"$work/err" || status=$?
    expect_failure "cannot write 'cdk.context.json': Permission denied"
    expect_no_file "$work/assembly"
}

test_a_saved_value_of_the_wrong_type() {
    echo "{ \"$key\": \"eu-west-1a\" }" >cdk.context.json
    demo synth "${where[@]}"
    expect_failure "the context value of '$key' must be a list of zone names"
}

# The CDK CLI runs its app again with the reason in place of the value.
test_what_the_cdk_could_not_look_up() {
    CDK_OUTDIR=$work/assembly CDK_CONTEXT_JSON="{ \"$key\": { \"\$providerError\": \"no credentials\", \"\$dontSaveContext\": true } }" \
        demo synth "${where[@]}"
    expect_failure '[Error at /DemoNetwork] no credentials'
}

test_an_interrupt_during_a_look_up_ends_the_children_too() {
    stand_in_for_aws <<SCRIPT
echo \$\$ >>'$work/pids'
sleep 1000
SCRIPT
    "$DEMO" synth "${where[@]}" >"$work/out" 2>"$work/err" &
    local pid=$!
    wait_for both_run
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    expect_status 130
    while read -r child; do
        wait_for is_dead "$child"
    done <"$work/pids"
}

both_run() { [ -e "$work/pids" ] && [ "$(wc -l <"$work/pids")" = 2 ]; }
# A zombie is dead too: who adopted it may take a moment to bury it.
is_dead() { ! grep -qs '^State:.[^Z]' "/proc/$1/status"; }

run_tests "$@"
