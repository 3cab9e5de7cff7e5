#!/usr/bin/env bash
# Completion: what the program says may stand in a place, and what bash, zsh and fish make of it.
. "$(dirname "$0")/lib.sh"

# answer WORD...: candidates, without descriptions, in one line.
answer() { "$TANGO_INFRA" completion bash -- "$@" 2>/dev/null | cut -f1 | paste -sd ' '; }
expect_answer() {
    local wanted=$1
    shift
    expect_equal "$(answer "$@")" "$wanted" "completion of '$*'"
}

test_commands_and_options() {
    expect_answer synth sy
    expect_answer "$(sed -n 's/^COMMAND("\([^"]*\)".*/\1/p' "$SOURCE_DIRECTORY/src/cli/core/commands.def" | paste -sd ' ')" ''
    expect_answer --exclusively synth --ex
    expect_answer --verbose -c a=1 synthesize --verb
    expect_answer --no-lookups --no-l
    expect_answer list help li
    expect_answer 'bash zsh fish' completion ''
    expect_answer '' help list ''
    expect_answer '' unknown ''
    expect_answer '' synth -- --ex
    expect_equal "$("$TANGO_INFRA" completion fish -- sync)" '' 'no candidates'
    expect_equal "$("$TANGO_INFRA" completion fish -- list --lon)" $'--long\tshow names and environments as well' 'with a description'
}

test_choices_formats_and_files() {
    expect_answer 'never any-change broadening destructive' deploy --require-approval ''
    expect_answer '--method=direct' deploy --method=di
    expect_answer ':directories' synth -o ''
    expect_answer ':files' deploy -O ''
    expect_answer 'html html=' diff --format h
    expect_answer ':files' diff --format html=
}

test_stacks() {
    expect_answer TangoNetwork synth TangoN
    expect_answer 'XNetwork XMedia XApp XFrontend XEvents XObservability' -c stack_prefix=X -c resource_prefix=x status ''
    expect_answer 'TangoApp :files' validate TangoA
    expect_answer 'aws://123456789012/us-east-1' bootstrap -c account=123456789012 ''
    # The project's context counts; where it is broken there is nothing to offer, and no message.
    echo '{ "context": { "stack_prefix": "Shop", "resource_prefix": "shop" } }' >cdk.json
    expect_answer ShopNetwork synth ShopN
    echo '{' >cdk.json
    expect_answer '' synth ''
    expect_no_file cdk.out
}

test_context() {
    expect_answer 'nat_gateways=' -c nat
    expect_answer 'deletion_protection=true deletion_protection=false' synth -c deletion_protection=
    expect_answer 'nat_gateways=1' synth --context nat_gateways=
    expect_answer 'profile=production' synth -c profile=prod
    expect_answer 'standard production development' context --profile ''
    expect_answer '--profile=development' context --profile=dev
    "$TANGO_INFRA" context --describe --json >keys.json
    expect_equal "$(answer -c '' | tr ' ' '\n' | wc -l)" "$(json keys.json 'len(j)')" 'context keys'
    echo '{ "availability-zones:account=1:region=us-east-1": [], "hosted-zone:account=1": {} }' >cdk.context.json
    expect_answer 'availability-zones:account=1:region=us-east-1' context --reset ava
}

test_names_of_the_app() {
    expect_answer 'event-publisher audit-consumer image-transform' invoke ''
    expect_answer 'audit publisher' redrive ''
    expect_answer ClusterName outputs TangoApp --key Clus
    expect_answer '' outputs TangoMedia --key Clus
    expect_answer 'AWS::S3::Bucket AWS::S3::BucketPolicy' schema AWS::S3::B
    expect_answer BucketEncryption schema AWS::S3::Bucket BucketE
    expect_answer s3:ListAllMyBuckets schema s3:ListAllMyB
}

test_profiles() {
    mkdir "$HOME/.aws"
    printf '[default]\nregion = eu-west-1\n[profile work]\n[ profile odd]\n[profile with space]\n[sso-session s]\n' >"$HOME/.aws/config"
    printf '[default]\naws_access_key_id = x\n[keys]\n' >"$HOME/.aws/credentials"
    expect_answer 'work with space' --profile w
    expect_answer keys --profile k
    expect_answer '' --profile s
    printf '[profile \033[31mred]\n[profile good]\n' >other
    AWS_CONFIG_FILE=$PWD/other expect_answer 'good default keys' --profile ''
    rm -r "$HOME/.aws"
    expect_answer '' --profile ''
}

test_git_revisions() {
    command -v git >/dev/null || skip 'git is not there'
    expect_answer 'git:HEAD' diff -b git:H # not a repository
    git init -q -b trunk .
    git -c user.name=t -c user.email=t@example.com commit -q --allow-empty -m first
    git tag v1
    git branch 'evil$(touch${IFS}evaluated)'
    expect_answer 'git: :directories' diff --baseline ''
    expect_answer 'git:trunk' diff --baseline git:t
    expect_answer 'git:v1' diff --baseline git:v
}

# in_bash LINE, in_zsh LINE: the arguments of the command line that is there after LINE, in brackets.
setup_bash='PS1="READY "; bind "set bell-style none"; show() { printf "SHOW""N"; printf "<%s>" "$@"; printf "EN""D\n"; }; source <(tango-infra completion bash)'
setup_zsh='PS1="READY "; bindkey -e; unsetopt beep autoremoveslash; autoload -U compinit; compinit -u -D; show() { printf "SHOW""N"; printf "<%s>" "$@"; printf "EN""D\n"; }; source <(tango-infra completion zsh)'
in_shell() { PATH=$(dirname "$TANGO_INFRA"):$PATH python3 "$SOURCE_DIRECTORY/tests/cli/tab.py" "$@" 2>"$work/err"; }
in_bash() { in_shell "$setup_bash" "$1" bash --norc --noprofile -i; }
in_zsh() { in_shell "$setup_zsh" "$1" zsh -f -i; }

# What both shells make of a tab. The space behind a complete word ends it.
expect_in_both() {
    need_terminal
    local shell
    for shell in bash zsh; do
        command -v "$shell" >/dev/null || continue
        expect_equal "$("in_$shell" "$1")" "$2" "$shell: $1"
    done
}

test_bash_and_zsh_at_a_terminal() {
    expect_in_both 'tango-infra synthes\tx' '<tango-infra><synthesx>' # an alias is not offered
    expect_in_both 'tango-infra outp\t--js\t' '<tango-infra><outputs><--json>'
    expect_in_both 'tango-infra synth TangoN\t-q' '<tango-infra><synth><TangoNetwork><-q>'
    expect_in_both 'tango-infra synth -c enable_v\ttr\t' '<tango-infra><synth><-c><enable_versioning=true>'
    expect_in_both 'tango-infra synth --context=enable_v\ttr\t' '<tango-infra><synth><--context=enable_versioning=true>'
    expect_in_both 'tango-infra schema AWS::S3::BucketP\tPolicyD\t' '<tango-infra><schema><AWS::S3::BucketPolicy><PolicyDocument>'
    mkdir outputs
    expect_in_both 'tango-infra synth -o out\t' '<tango-infra><synth><-o><outputs/>'
    touch 'a report.html'
    expect_in_both 'tango-infra diff -f html=a\t' '<tango-infra><diff><-f><html=a report.html>'
}

# Names are text, whatever they look like.
test_nothing_of_a_name_is_evaluated() {
    mkdir "$HOME/.aws"
    printf '[profile evil$(touch evaluated)`touch evaluated`;touch evaluated]\n' >"$HOME/.aws/config"
    expect_in_both 'tango-infra --profile ev\t' '<tango-infra><--profile><evil$(touch evaluated)`touch evaluated`;touch evaluated>'
    # Nor is the line, before its end is typed.
    expect_in_both 'tango-infra --profile '\''$(touch evaluated)'\'' synth -c nat_\t2' '<tango-infra><--profile><$(touch evaluated)><synth><-c><nat_gateways=2>'
    command -v fish >/dev/null &&
        run in_fish 'tango-infra --profile ev' && expect_out_has 'touch evaluated'
    expect_no_file evaluated
}

in_fish() {
    # shellcheck disable=SC2016
    PATH=$(dirname "$TANGO_INFRA"):$PATH fish --no-config -c 'tango-infra completion fish | source; complete -C $argv[1]' "$1"
}

test_fish() {
    command -v fish >/dev/null || skip 'fish is not there'
    run in_fish 'tango-infra sy'
    expect_out_has $'synth\tsynthesize the stacks'
    run in_fish 'tango-infra synth --excl'
    expect_out_has --exclusively
    run in_fish 'tango-infra synth TangoN'
    expect_out TangoNetwork
    run in_fish 'tango-infra synth -c enable_versioning='
    expect_out_has enable_versioning=true
    run in_fish 'tango-infra schema AWS::S3::BucketP'
    expect_out AWS::S3::BucketPolicy
    mkdir outputs
    run in_fish 'tango-infra synth -o out'
    expect_out_has outputs/
    touch report.html
    run in_fish 'tango-infra deploy -O rep'
    expect_out_has report.html
    run in_fish 'tango-infra diff -f html=rep'
    expect_out_has html=report.html
}

test_scripts_are_clean() {
    for shell in bash zsh fish; do
        tango completion "$shell"
        expect_status 0
        expect_no_err
        command -v "$shell" >/dev/null || continue
        cp "$work/out" script
        "$shell" -n script || fail "$shell finds a mistake"
    done
    # shellcheck disable=SC2016
    run zsh -fc 'autoload -U compinit; compinit -u; source =("$1" completion zsh); whence -w _tango_infra' zsh "$TANGO_INFRA"
    expect_out '_tango_infra: function'
}

test_unknown_shells() {
    tango completion bahs
    expect_status 2
    expect_err "tango-infra: unknown shell 'bahs'; did you mean 'bash'?"
    tango completion powershell
    expect_status 2
    tango completion
    expect_status 2
}

run_tests "$@"
