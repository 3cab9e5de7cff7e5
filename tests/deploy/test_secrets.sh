#!/usr/bin/env bash
# No credential and no secret parameter is ever in a log, in a list of arguments, or in a file.
. "$(dirname "$0")/lib.sh"

template='{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Password" } } } }, "assets": ["function"],
    "parameters": { "Password": { "Type": "String", "NoEcho": true } }, "outputs": { "Note": { "Ref": "Password" } }, "padding": 60000 } }'

# From now on every `aws` first writes down its arguments, the credentials that it is given, and copies what there is of
# temporary files.
spy() {
    spied=$server_directory/spied # what secrets are looked for in is elsewhere
    rm -rf "$spied"
    mkdir -p "$spied/files" "$work/temporary"
    export TMPDIR=$work/temporary
    mv "$work/bin/aws" "$work/bin/real-aws"
    cat >"$work/bin/aws" <<END
#!/bin/sh
tr '\\0' ' ' </proc/\$\$/cmdline >>$spied/arguments
tr '\\0' ' ' </proc/\$PPID/cmdline >>$spied/parents
printf '%s\\n' "\$AWS_SECRET_ACCESS_KEY" "\$AWS_SESSION_TOKEN" >>$spied/secrets
cp -r "$TMPDIR" "$spied/files/\$\$"
exec $work/bin/real-aws "\$@"
END
    chmod +x "$work/bin/aws"
}

# Every credential that was in use; the caller's own and those of roles.
secrets() { sort -u "$spied/secrets" | grep .; }

# expect_nowhere FILE...: no credential, and not the parameter.
expect_nowhere() {
    local secret
    while read -r secret; do
        ! grep -rqF -- "$secret" "$@" || fail "a credential is in $(grep -rlF -- "$secret" "$@" | head -n 1)"
    done < <(secrets)
    ! grep -rq correct-horse "$@" || fail "the parameter is in $(grep -rl correct-horse "$@" | head -n 1)"
}

test_nothing_is_given_away() {
    mkdir function
    echo 1 >function/index.js
    assembly <<<"$template"
    export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=caller-secret-7b1f AWS_SESSION_TOKEN=caller-token-93aa
    spy
    deploy --all -v --parameters Password=correct-horse
    expect_status 0
    expect_out_has 'A.Note = ****'
    [ "$(secrets | wc -l)" -gt 2 ] || fail 'no role was taken on'
    expect_nowhere "$work/out" "$work/err" "$spied/arguments" "$spied/files" app
    ! grep -q "$(secrets | head -n 1)" "$spied/parents" || fail 'a credential is among the arguments of the program'
    control faults '[{ "action": "DescribeStacks", "fault": "denied", "times": 99 }]'
    deploy --all -v --parameters Password=correct-horse
    expect_status 1
    expect_nowhere "$work/out" "$work/err" "$spied/arguments"
    control faults '[]'
    deploy --all -v --dry-run --parameters Password=correct-horse
    expect_nowhere "$work/out" "$work/err" "$spied/arguments"
    run "$DEMO" destroy --app app --all --force -v
    expect_status 0
    expect_nowhere "$work/out" "$work/err" "$spied/arguments" "$spied/files" app
}

# Outputs may hold secrets; the file was readable by all before.
test_outputs_are_for_their_owner_alone() {
    mkdir function
    echo 1 >function/index.js
    assembly <<<"$template"
    umask 0
    echo '{}' >outputs.json
    chmod 644 outputs.json
    deploy --all --parameters Password=correct-horse -O outputs.json
    expect_status 0
    expect_equal "$(stat -c %a outputs.json)" 600
    expect_equal "$(json outputs.json 'j["A"]["Note"]')" '"correct-horse"'
}

# Packed assets lie in a directory of the owner's.
test_packed_assets_are_for_their_owner_alone() {
    mkdir function
    echo 1 >function/index.js
    assembly <<<"$(json_edit "$template" 'j["A"].pop("parameters"); j["A"].pop("outputs"); j["A"]["resources"]["T"] = "AWS::SNS::Topic"')"
    umask 0
    spy
    sed -i "s|^cp -r.*|stat -c '%a %F' \"\$TMPDIR\"/* >>$spied/modes 2>/dev/null|" "$work/bin/aws"
    deploy --all
    expect_status 0
    expect_equal "$(sort -u "$spied/modes")" '700 directory'
}

run_tests "$@"
