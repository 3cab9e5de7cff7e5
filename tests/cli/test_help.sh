#!/usr/bin/env bash
# Help and the manual pages.
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
        expect_out_has "'demo help options'"
        expect_out_has Examples:
        ! grep -q -- '--context KEY=VALUE' "$work/out" || fail 'the options of every command are printed again'
        cp "$work/out" "$work/help"
        demo "$command" --help
        expect_status 0
        expect_out "$(cat "$work/help")"
        demo "$command" -h
        expect_out "$(cat "$work/help")"
    done
    demo help options
    expect_status 0
    expect_out_has '-c, --context KEY=VALUE'
    expect_out_has '--profile NAME'
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
        for word in "demo-$command - " "demo $command" DESCRIPTION EXAMPLES 'EXIT STATUS' 'demo(1)'; do
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

run_tests "$@"
