#!/usr/bin/env bash
# Help, the manual page, and completion scripts as shells use them.
. "$(dirname "$0")/lib.sh"

commands=$(sed -n 's/^COMMAND("\([^"]*\)".*/\1/p' "$SOURCE_DIRECTORY/src/cli/core/commands.def" | paste -sd ' ')

test_help_of_the_program() {
    [[ $commands == *synth*version* ]] || fail 'the list of commands is empty'
    demo help
    expect_status 0
    expect_no_err
    cp "$work/out" "$work/help"
    for command in $commands; do
        grep -q "^  $command" "$work/help" || fail "help lacks $command"
    done
    demo --help
    expect_out "$(cat "$work/help")"
    demo -h
    expect_out "$(cat "$work/help")"
    run sh -c 'COLUMNS=60 "$DEMO" help'
    [ "$(wc -L <"$work/out")" -le 60 ] || fail 'lines are longer than the terminal'
}

test_help_of_every_command() {
    for command in $commands; do
        demo help "$command"
        expect_status 0
        expect_out_has "usage: demo $command"
        expect_out_has '--context KEY=VALUE'
        cp "$work/out" "$work/help"
        demo "$command" --help
        expect_status 0
        expect_out "$(cat "$work/help")"
        demo "$command" -h
        expect_out "$(cat "$work/help")"
    done
    demo help ls
    expect_out_has 'usage: demo list'
    demo help synth
    expect_out_has '-o, --output DIR'
    demo synth Some --quiet --help
    expect_out_has 'usage: demo synth'
    expect_no_file cdk.out
}

test_the_manual_page_is_clean_roff() {
    demo help --man
    expect_status 0
    command -v groff >/dev/null || skip 'groff is not there'
    groff -man -ww -Tascii -P-cbou "$work/out" >"$work/page" 2>"$work/warnings" || fail 'groff fails'
    [ ! -s "$work/warnings" ] || fail "groff warns: $(cat "$work/warnings")"
    for word in NAME SYNOPSIS COMMANDS FILES ENVIRONMENT 'EXIT STATUS' --exclusively; do
        grep -q -- "$word" "$work/page" || fail "the page lacks $word"
    done
}

test_the_manual_page_of_every_command_is_clean_roff() {
    command -v groff >/dev/null || skip 'groff is not there'
    for command in $commands; do
        demo help "$command" --man
        expect_status 0
        expect_no_err
        expect_out_has ".TH DEMO-${command^^} 1"
        groff -man -ww -Tascii -P-cbou "$work/out" >"$work/page" 2>"$work/warnings" || fail "$command: groff fails"
        [ ! -s "$work/warnings" ] || fail "$command: groff warns: $(cat "$work/warnings")"
        for word in "demo-$command - " "demo $command" DESCRIPTION --context 'EXIT STATUS' 'demo(1)'; do
            grep -q -- "$word" "$work/page" || fail "the page of $command lacks $word"
        done
    done
    demo help synth --man
    expect_out_has '\-\-exclusively'
    demo help ls --man
    expect_out_has 'demo\-list'
    demo help snyth --man
    expect_status 2
    expect_no_out
}

# complete WORD...: what bash offers for the last one.
complete_in_bash() {
    # shellcheck disable=SC2016
    PATH=$(dirname "$DEMO"):$PATH bash -c '
        source <(demo completion bash)
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _demo
        echo "${COMPREPLY[*]}"' bash "$@"
}

test_completion_in_bash() {
    run complete_in_bash demo sy
    expect_out synth
    run complete_in_bash demo ''
    expect_out "$commands"
    run complete_in_bash demo synth --ex
    expect_out --exclusively
    run complete_in_bash demo -c a=1 synthesize --verb
    expect_out --verbose
    run complete_in_bash demo synth DemoN
    expect_out DemoNetwork
    run complete_in_bash demo help li
    expect_out list
    run complete_in_bash demo completion ''
    expect_out 'bash zsh fish'
    mkdir outputs
    run complete_in_bash demo synth -o out
    expect_out outputs
    run complete_in_bash demo --no-l
    expect_out --no-lookups
}

# Neither runs anything, nor is there anything to run in what is offered.
test_names_of_others_are_not_run_by_bash() {
    local name
    mkdir bin '$(touch pwned)' 'a b'
    printf '#!/bin/sh\ncase $1 in completion) exec "%s" "$@" ;; esac\nprintf "%%s\\n" "\$(touch pwned)" "\`touch pwned\`" "*" "a;b" Good\n' "$DEMO" >bin/demo
    chmod +x bin/demo
    DEMO=$PWD/bin/demo run complete_in_bash demo deploy ''
    expect_out Good
    expect_no_err
    for name in '$(' a; do
        DEMO=$PWD/bin/demo run complete_in_bash demo synth -o "$name"
        expect_equal "$(cat "$work/out")" "$(compgen -d -- "$name")"
    done
    expect_no_file pwned
}

test_completion_in_zsh() {
    demo completion zsh
    expect_status 0
    command -v zsh >/dev/null || skip 'zsh is not there'
    cp "$work/out" "$work/demo.zsh"
    zsh -n "$work/demo.zsh" || fail 'zsh finds a mistake'
    # shellcheck disable=SC2016
    run zsh -fc 'autoload -U compinit; compinit -u; source "$1"; whence -w _demo' zsh "$work/demo.zsh"
    expect_out '_demo: function'
}

test_completion_in_fish() {
    demo completion fish
    expect_status 0
    command -v fish >/dev/null || skip 'fish is not there'
    cp "$work/out" "$work/demo.fish"
    fish -n "$work/demo.fish" || fail 'fish finds a mistake'
    # shellcheck disable=SC2016
    PATH=$(dirname "$DEMO"):$PATH run fish -c 'source $argv[1]; complete -C "demo sy"; complete -C "demo synth --excl"; complete -C "demo synth DemoN"' "$work/demo.fish"
    expect_out_has synth
    expect_out_has --exclusively
    expect_out_has DemoNetwork
}

test_completion_of_unknown_shells() {
    demo completion bahs
    expect_status 2
    expect_err "tango-infra: unknown shell 'bahs'; did you mean 'bash'?"
    demo completion powershell
    expect_status 2
    demo completion
    expect_status 2
}

run_tests "$@"
