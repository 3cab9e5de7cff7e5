#!/usr/bin/env bash
# The command invoke: the functions that would be deployed, and ones that misbehave.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/functions.sh"

# A configuration that satisfies the functions and reaches nobody.
dead_letters=(--env PUBLISHER_DLQ_URL=https://sqs.us-east-1.amazonaws.com/123456789012/none)
nowhere=(--env DATABASE_SECRET_ARN=arn:aws:secretsmanager:us-east-1:123456789012:secret:none
    --env RDS_PROXY_HOST=localhost --env AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:1
    "${dead_letters[@]}")

# audit_event TYPE NUMBER: as EventBridge delivers it.
audit_event() {
    local id
    id=$(printf '00000000-0000-4000-8000-%012d' "$2")
    cat <<JSON
{"version": "0", "id": "$id", "detail-type": "$1", "source": "app.outbox", "account": "123456789012",
 "time": "2026-01-02T03:04:05Z", "region": "us-east-1", "resources": [], "detail": {"event_id": "$id",
 "event_type": "$1", "aggregate_type": "member", "aggregate_id": "m1", "organization_id": "o1", "schema_version": 1,
 "occurred_at": "2026-01-02T03:04:05+00:00", "actor": {"id": "u1", "email": "u1@example.com"},
 "data": {"role": "owner", "ip_address": "203.0.113.9", "user_agent": "curl"}}}
JSON
}

test_the_functions_with_their_servers() {
    command -v psql >/dev/null || skip 'psql is not there'
    use_packages audit-consumer event-publisher
    start_servers
    audit_event member.joined 1 >event.json

    tango invoke audit-consumer --event event.json "${server_env[@]}"
    expect_status 0
    expect_out '{"result":"inserted"}'
    expect_err_has '"level":"INFO","message":"inserted"'
    grep -Eqx 'audit-consumer: [0-9.]+ ms, [0-9.]+ ms to start, [0-9]+ of 128 MB' "$work/err" || fail 'no timing'
    ! grep -q FATAL "$work/err" || fail 'the end of the process is logged'
    expect_equal "$(sql "SELECT action, actor_id, diff FROM events_auditlog")" 'member.joined|u1|{"role": "owner"}'
    run bash -c '"$0" invoke audit-consumer "$@" <event.json' "$TANGO_INFRA" "${server_env[@]}"
    expect_out '{"result":"duplicate"}'
    audit_event member.viewed 2 >other.json
    tango invoke audit-consumer -e other.json "${server_env[@]}"
    expect_out '{"result":"skipped"}'
    sed -i 's/"owner"/"admin"/; s/2026-01-02T03:04:05+/yesterday/' event.json
    tango invoke audit-consumer -e event.json "${server_env[@]}"
    expect_failure "'audit-consumer' failed: Event.Malformed: the event's \"occurred_at\" must be"
    expect_equal "$(sql 'SELECT count(*) FROM events_auditlog')" 1

    sql "INSERT INTO events_outboxevent (event_id, event_type, aggregate_type, aggregate_id, organization_id,
        schema_version, payload, status, created_at, attempts, last_error)
        SELECT id, 'member.joined', 'member', n, 'o1', 1, jsonb_build_object('event_id', id, 'event_type', 'member.joined',
            'aggregate_type', 'member', 'aggregate_id', n::text, 'organization_id', 'o1', 'schema_version', 1,
            'occurred_at', now(), 'data', '{}'::jsonb), 'pending', now(), 0, ''
        FROM (SELECT n, gen_random_uuid() id FROM generate_series(1, 12) n) s"
    echo '{}' >empty.json
    tango invoke event-publisher -e empty.json "${server_env[@]}" "${dead_letters[@]}"
    expect_status 0
    expect_equal "$(json "$work/out" 'j["published"]')" 12
    expect_equal "$(sql 'SELECT status, count(*) FROM events_outboxevent GROUP BY 1')" 'published|12'
    stop_servers
}

test_variables_that_only_a_deployment_knows() {
    use_packages event-publisher
    echo '{}' >event.json
    tango invoke event-publisher -e event.json --env RDS_PROXY_HOST=x
    expect_failure "these are known only when deployed; give them with '--env KEY=VALUE': DATABASE_SECRET_ARN, PUBLISHER_DLQ_URL"
    tango invoke event-publisher -e event.json "${nowhere[@]}" --env DATABASE_SECRET_ARN=
    expect_status 1
    tango invoke event-publisher -e event.json --env RDS_PROXY_HOST=x --env DATABASE_SECRET_ARN=wrong "${dead_letters[@]}"
    expect_failure "'event-publisher' could not start: Configuration.Invalid: DATABASE_SECRET_ARN must be"
    tango invoke event-publisher -e event.json --env MISSING
    expect_usage_error "'MISSING' is not in the environment: give it as 'MISSING=VALUE'"
    tango invoke event-publisher -e event.json --env =x
    expect_usage_error "'=x' is no environment variable"
}

# What a function gets, printed by one that answers with its environment.
environment_of() {
    cat >bootstrap <<'PYTHON'
#!/usr/bin/env python3
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
def call(method, path, body=None):
    api.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    answer = api.getresponse()
    return answer.read(), answer.getheader("Lambda-Runtime-Aws-Request-Id")
event, request = call("GET", "next")
print("got", len(event), flush=True)
call("POST", request + "/response", json.dumps({"event": json.loads(event), "env": dict(os.environ)}))
call("GET", "next")
PYTHON
    make_package event-publisher bootstrap
}

test_the_environment_is_that_of_the_stack() {
    environment_of
    echo '{"a": 1}' >event.json
    FROM_HERE=there tango invoke event-publisher -e event.json "${nowhere[@]}" --env MAX_ATTEMPTS=3 --env FROM_HERE \
        -c event_bus_name=my-bus -c region=eu-west-1 -c enable_image_transformation=false
    expect_status 0
    expect_err_has 'got 9'
    expect_equal "$(json "$work/out" 'j["event"]')" '{"a": 1}'
    expect_equal "$(json "$work/out" '[j["env"].get(k) for k in ("EVENT_BUS_NAME", "BATCH_SIZE", "MAX_ATTEMPTS", "AWS_REGION", "FROM_HERE", "HOME")]')" \
        '["my-bus", "100", "3", "eu-west-1", "there", null]'
}

# Characters that JSON can spell and PostgreSQL cannot store.
test_events_with_any_character() {
    command -v psql >/dev/null || skip 'psql is not there'
    use_packages audit-consumer
    start_servers
    audit_event member.joined 1 | sed 's/"user_agent": "curl"/"user_agent": "a\\u0000b\\ud800", "x": "\\ud83d\\ude00\\\\u0000"/' >event.json
    tango invoke audit-consumer --event event.json "${server_env[@]}"
    expect_status 0
    expect_out '{"result":"inserted"}'
    expect_equal "$(sql 'SELECT user_agent, metadata, diff FROM events_auditlog')" \
        'a\u0000b\ud800|{"unfit": {"data.user_agent": "a\\u0000b\\ud800"}, "escaped": ["data"]}|{"x": "😀\\u0000", "role": "owner"}'
    stop_servers
}

test_events_that_cannot_be_read() {
    environment_of
    tango invoke event-publisher -e missing.json "${nowhere[@]}"
    expect_failure "cannot read 'missing.json': there is no such file"
    printf '{\n  "a": }\n' >broken.json
    tango invoke event-publisher -e broken.json "${nowhere[@]}"
    expect_failure 'broken.json:2:'
    tango invoke event-publisher "${nowhere[@]}"
    expect_failure 'event:1:'
}

test_wrong_names_and_packages() {
    echo '{}' >event.json
    tango invoke event-publishr -e event.json
    expect_usage_error "there is no function 'event-publishr'; did you mean 'event-publisher'?"
    tango invoke nothing -e event.json
    expect_usage_error "there is no function 'nothing'; there are event-publisher, audit-consumer, image-transform"
    demo invoke nothing
    expect_failure 'the app has no functions'
    TANGO_FUNCTIONS=$work/none tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "there is no '$work/none/event-publisher.zip': 'cmake --build build/release --target packages' builds it"
    mkdir "$work/functions"
    head -c 1000 /dev/urandom >"$work/functions/event-publisher.zip"
    TANGO_FUNCTIONS=$work/functions tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "event-publisher.zip' is no zip archive"
    tango invoke image-transform -e event.json -c enable_image_transformation=false
    expect_failure "with this context no stack has the function 'image-transform'"
    tango invoke event-publisher -e event.json -c max_azs=x
    expect_failure "context key 'max_azs'"
    tango invoke event-publisher -e event.json --handler originRequest "${nowhere[@]}"
    expect_failure "'event-publisher' has no handlers to choose from"
}

test_wrong_usage() {
    tango invoke
    expect_status 2
    tango invoke event-publisher more
    expect_status 2
    for timeout in 0 901 x -1; do
        tango invoke event-publisher --timeout "$timeout"
        expect_status 2
        expect_err_has "option '--timeout' takes a whole number from 1 to 900"
    done
    tango invoke image-transform --handler index
    expect_status 2
}

# Archives with names that lead elsewhere, and damaged ones.
test_archives_that_cannot_be_trusted() {
    local name
    echo '{}' >event.json
    mkdir "$work/functions"
    export TANGO_FUNCTIONS=$work/functions TMPDIR=$work/functions
    for name in ../escaped /escaped a/../../escaped ..; do
        python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z: z.writestr(zipfile.ZipInfo(sys.argv[2]), "x")' "$work/functions/event-publisher.zip" "$name"
        tango invoke event-publisher -e event.json "${nowhere[@]}"
        expect_failure "'$name' is no name for a file in an archive"
    done
    python3 -c 'import sys, zipfile
info = zipfile.ZipInfo("bootstrap")
info.external_attr = 0o120777 << 16
with zipfile.ZipFile(sys.argv[1], "w") as z: z.writestr(info, "/bin/sh")' "$work/functions/event-publisher.zip"
    tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "'bootstrap' in the archive is no regular file"
    printf 'x%.0s' {1..500} >bootstrap
    make_package event-publisher bootstrap
    printf y | dd of="$work/functions/event-publisher.zip" bs=1 seek=100 conv=notrunc 2>/dev/null
    tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "'bootstrap' in the archive is damaged"
    expect_equal "$(ls "$work/functions")" event-publisher.zip 'left behind'
    expect_no_file "$work/escaped"
}

# 255 KB that become 251 MiB, in one file and in many.
test_archives_that_grow() {
    local sizes
    echo '{}' >event.json
    mkdir "$work/functions"
    export TANGO_FUNCTIONS=$work/functions TMPDIR=$work/functions
    for sizes in '[251]' '[50] * 5 + [1]'; do
        python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    for i, size in enumerate(eval(sys.argv[2])): z.writestr(f"file{i}", bytes(size << 20))' "$work/functions/event-publisher.zip" "$sizes"
        tango invoke event-publisher -e event.json "${nowhere[@]}"
        expect_failure 'what is in the archive is larger than 250 MiB'
        expect_equal "$(ls "$work/functions")" event-publisher.zip 'left behind'
    done
}

# Nobody writes to it.
test_a_package_that_is_a_fifo() {
    echo '{}' >event.json
    mkdir "$work/functions"
    mkfifo "$work/functions/event-publisher.zip"
    TANGO_FUNCTIONS=$work/functions tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "event-publisher.zip': it is no regular file"
}

# takes an invocation and never answers; says its process id in $work/pid
hanging() {
    cat >bootstrap <<PYTHON
#!/usr/bin/env python3
import os, time, urllib.request
urllib.request.urlopen("http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/next").read()
print("it begins", flush=True)
with open("$work/pid.new", "w") as f: f.write(str(os.getpid()))
os.rename("$work/pid.new", "$work/pid")
time.sleep(1000)
PYTHON
    make_package event-publisher bootstrap
    echo '{}' >event.json
    mkdir "$work/tmp"
    export TMPDIR=$work/tmp
}

gone() { ! kill -0 "$(cat "$work/pid")" 2>/dev/null; }

test_a_function_that_takes_too_long() {
    hanging
    tango invoke event-publisher -e event.json --timeout 1 "${nowhere[@]}"
    expect_failure "'event-publisher' timed out after 1 s"
    expect_err_has 'it begins'
    wait_for gone
    expect_equal "$(ls "$work/tmp")" '' 'left behind'
}

test_signals_end_everything() {
    local signal program
    hanging
    for signal in INT TERM HUP QUIT; do
        rm -f "$work/pid"
        "$TANGO_INFRA" invoke event-publisher -e event.json "${nowhere[@]}" >"$work/out" 2>"$work/err" &
        program=$!
        wait_for test -e "$work/pid"
        kill -"$signal" "$program"
        status=0
        wait "$program" || status=$?
        expect_status $((128 + $(kill -l "$signal")))
        expect_no_out
        wait_for gone
        expect_equal "$(ls "$work/tmp")" '' 'left behind'
    done
}

test_a_killed_program_takes_the_function_with_it() {
    local program
    hanging
    "$TANGO_INFRA" invoke event-publisher -e event.json "${nowhere[@]}" >"$work/out" 2>"$work/err" &
    program=$!
    wait_for test -e "$work/pid"
    kill -KILL "$program"
    wait "$program" 2>/dev/null
    wait_for gone
}

test_functions_that_end_by_themselves() {
    echo '{}' >event.json
    printf '#!/bin/sh\necho last words\nexit 3\n' >bootstrap
    make_package event-publisher bootstrap
    tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "'event-publisher' ended with exit status 3 and without an answer"
    expect_err_has 'last words'
    printf '#!/bin/sh\nkill -SEGV $$\n' >bootstrap
    make_package event-publisher bootstrap
    tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "'event-publisher' was ended by signal 11 (Segmentation fault)"
    printf 'no program' >bootstrap
    make_package event-publisher bootstrap
    tango invoke event-publisher -e event.json "${nowhere[@]}"
    expect_failure "'event-publisher' ended with exit status 127 and without an answer"
    expect_err_has 'cannot execute the bootstrap'
}

# cloudfront_event KEY [RESPONSE]
cloudfront_event() {
    cat <<JSON
{"Records": [{"cf": {"request": {"uri": "$1", "method": "GET", "querystring": "", "headers": {}, "origin": {"s3": {
 "domainName": "media.s3.us-east-1.amazonaws.com", "path": "", "region": "us-east-1", "customHeaders": {}}}}${2+, "response": $2}}}]}
JSON
}

# The package of the edge function, made here when it is not among the built ones.
use_edge_package() {
    . "$SOURCE_DIRECTORY/tests/npm_packages.sh"
    use_npm_packages functions/image-transform
    if [ -e "$SOURCE_DIRECTORY/build/release/functions/image-transform.zip" ]; then
        use_packages image-transform
        return
    fi
    mkdir "$work/functions"
    "$SOURCE_DIRECTORY/script/package-image-transform" "$work/functions/image-transform" >"$work/out" 2>"$work/err" || fail 'no package'
    export TANGO_FUNCTIONS=$work/functions
}

test_image_transform() {
    use_edge_package
    cloudfront_event /24x24/photo.png >request.json
    tango invoke image-transform -e request.json
    expect_status 0
    expect_equal "$(json "$work/out" 'j["uri"]')" '"/photo.png"'
    grep -Eqx 'originRequest: [0-9.]+ ms with the start of Node.js' "$work/err" || fail 'no timing'
    tango invoke image-transform --handler originResponse -e request.json
    expect_failure "'image-transform' failed"
    echo '{}' >empty.json
    tango invoke image-transform -e empty.json
    expect_failure "'image-transform' failed"
    expect_err_has 'originRequest: '
    PATH=$work/none run "$TANGO_INFRA" invoke image-transform -e request.json
    expect_failure "there is no program 'node' in PATH"
}

test_image_transform_chooses_the_handler_by_the_event() {
    use_edge_package
    cloudfront_event /24x24/photo.png >request.json
    tango invoke image-transform -e request.json
    python3 - "$work/out" >response.json <<'PYTHON'
import json, sys
request = json.load(open(sys.argv[1]))
response = {"status": "200", "statusDescription": "OK", "headers": {}}
print(json.dumps({"Records": [{"cf": {"request": request, "response": response}}]}))
PYTHON
    tango invoke image-transform -e response.json --env IMAGE_TRANSFORM_S3_ENDPOINT=http://127.0.0.1:1
    expect_status 0
    expect_equal "$(json "$work/out" 'j["headers"]["x-image-transform"][0]["value"]')" '"original; storage failed"'
    expect_err_has 'originResponse: '
}

run_tests "$@"
