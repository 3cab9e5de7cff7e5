#!/usr/bin/env bash
# The program is killed at random moments and run again: it goes on from where the account stands. KILLS says how
# often (10), SEED which moments.
. "$(dirname "$0")/lib.sh"
: "${KILLS:=10}" "${SEED:=$RANDOM}"

names='Base Media Api Web'

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }

# kill_after MS: starts a deployment and kills it; what its children have asked for goes on.
kill_after() {
    "$DEMO" deploy --app app --require-approval never --all >"$work/killed" 2>&1 </dev/null &
    sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
}

# again STATE...: after that, one more run brings every stack to one of these states, and nothing is left over.
again() {
    local name
    deploy --all
    expect_status 0
    for name in $names; do
        [[ " $* " == *" $(status_of "$name") "* ]] || fail "state of $name: $(status_of "$name")"
    done
    expect_clean
    deploy --all
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
}

test_killed_at_any_moment() {
    local duration moment started topics
    RANDOM=$SEED
    echo "SEED=$SEED KILLS=$KILLS"
    for ((i = 0; i < KILLS; i++)); do
        if ((i % 2 == 0)); then
            control reset
            control bootstrap
            assembly <<<"$shop"
            topics=2
            if ((i == 0)); then
                started=$(now_ms)
                deploy --all
                expect_status 0
                duration=$(($(now_ms) - started))
                control reset
                control bootstrap
            fi
        else
            changed_shop 'j["Base"]["resources"]["Third"] = "AWS::SNS::Topic"; j["Web"]["resources"]["Fourth"] = "AWS::SNS::Topic"'
            topics=4
        fi
        moment=$((RANDOM * duration / 32768))
        kill_after "$moment"
        again CREATE_COMPLETE UPDATE_COMPLETE
        expect_equal "$(aws sns list-topics --query 'length(Topics)')" "$topics" "topics after kill $i, at $moment of $duration ms"
    done
}

# A stack that failed to be created is deleted and made again, whenever the program dies.
test_killed_while_clearing_the_way() {
    RANDOM=$SEED
    assembly <<<"$shop"
    for state in ROLLBACK_COMPLETE DELETE_FAILED UPDATE_ROLLBACK_FAILED; do
        control reset
        control bootstrap
        control stack "{ \"name\": \"Base\", \"status\": \"$state\", \"template\": { \"Resources\": { \"Queue\": { \"Type\": \"AWS::SQS::Queue\" } } } }"
        kill_after $((RANDOM * 600 / 32768))
        again CREATE_COMPLETE UPDATE_COMPLETE
    done
}

run_tests "$@"
