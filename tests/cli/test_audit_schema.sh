#!/usr/bin/env bash
# The command audit-schema: what is generated, and every comparison.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/functions.sh"

schema=functions/audit-consumer/audit-schema.yaml

# The schema where the command looks for it.
checkout() {
    mkdir -p functions/audit-consumer
    cp "$SOURCE_DIRECTORY/$schema" "$schema"
}

# As `manage.py generate_audit_schema` writes it; arguments are the event types.
django() {
    python3 - "$@" >generated_schema.py <<'PYTHON'
import sys
fields = """event_id action aggregate_type aggregate_id organization_id actor_id actor_email correlation_id ip_address
    user_agent diff metadata created_at""".split()
def assign(name, texts):
    print(name + " = [\n" + ",\n".join(f'    "{text}"' for text in texts) + "\n]\n")
print('"""\nAuto-generated audit schema from Django model.\n"""\n\nTABLE_NAME = "events_auditlog"\n')
assign("FIELDS", fields)
print('INSERT_SQL = """INSERT INTO events_auditlog (id, event_id)\nVALUES (gen_random_uuid(), %s)"""\n')
print("# Audit-worthy event types (single source of truth)")
assign("AUDIT_EVENT_TYPES", sys.argv[1:])
PYTHON
}

types=(member.invited member.bulk_invited member.joined member.removed member.role_changed organization.created
    organization.updated organization.billing_updated user.profile_updated user.phone_changed)

test_everything_made_from_the_schema_agrees() {
    use_packages audit-consumer
    checkout
    tango audit-schema --check
    expect_status 0
    expect_no_out
    expect_err "'$schema': no differences"
    sed -i 's/^columns:/# a comment\n&/; s/  - member.invited/&  # somebody/' "$schema"
    tango audit-schema --check
    expect_status 0
}

test_check_lists_every_difference() {
    use_packages audit-consumer
    checkout
    sed -i 's/  - member.joined/  - member.vanished/' "$schema"
    tango audit-schema --check
    expect_status 1
    expect_out_has "event type 'member.vanished' is in the schema and not in the rule's pattern"
    expect_out_has "event type 'member.joined' is in the rule's pattern and not in the schema"
    expect_out_has "generated/audit_schema.c' is not what the schema gives"
    expect_out_has "generated/audit_event_types.h' is not what the schema gives"
    expect_out_has "the consumer in '$TANGO_FUNCTIONS/audit-consumer.zip' was built from another schema"
    expect_err "tango-infra: 5 differences of '$schema'"
}

test_check_sees_a_changed_column() {
    use_packages audit-consumer
    checkout
    sed -i 's/actor_email, type: varchar(254)/actor_email, type: varchar(100)/' "$schema"
    tango audit-schema --check
    expect_status 1
    expect_out_has "the consumer in '$TANGO_FUNCTIONS/audit-consumer.zip' was built from another schema"
    ! grep -q 'event type' "$work/out" || fail 'the event types are the same'
}

test_check_without_a_package() {
    checkout
    TANGO_FUNCTIONS=$work/none tango audit-schema --check
    expect_failure "cannot read '$work/none/audit-consumer.zip': No such file or directory"
    mkdir -p "$work/none/audit-consumer"
    echo nothing >"$work/none/audit-consumer/bootstrap"
    TANGO_FUNCTIONS=$work/none tango audit-schema --check
    expect_failure "'$work/none/audit-consumer' does not record which schema it was built from"
}

test_generate_does_as_the_build_does() {
    checkout
    tango audit-schema generate --output made/here
    expect_status 0
    expect_err 'Generated audit_schema.c and audit_event_types.h in made/here'
    for name in audit_schema.c audit_event_types.h; do
        cmp -s "made/here/$name" "$(dirname "$TANGO_INFRA")/functions/generated/$name" || fail "$name differs from the build's"
    done
    TANGO_FUNCTIONS=$work/none tango audit-schema generate
    expect_failure "there is no '$work/none/generated': name a directory with '--output'"
    echo x >file
    tango audit-schema generate --output file
    expect_failure "'file' is not a directory"
}

test_generated_sources_are_mended() {
    use_packages audit-consumer
    checkout
    mkdir -p "$work/build/generated"
    cp "$TANGO_FUNCTIONS/audit-consumer.zip" "$work/build"
    TANGO_FUNCTIONS=$work/build tango audit-schema --check
    expect_status 1
    TANGO_FUNCTIONS=$work/build tango audit-schema generate
    expect_status 0
    TANGO_FUNCTIONS=$work/build tango audit-schema --check
    expect_status 0
}

test_django_that_agrees() {
    checkout
    django "${types[@]}"
    stat -c '%y %i' "$schema" >"$work/before"
    tango audit-schema --from-django generated_schema.py
    expect_status 0
    expect_no_out
    expect_equal "$(stat -c '%y %i' "$schema")" "$(cat "$work/before")" 'an unchanged file was written'
}

test_django_updates_the_event_types() {
    checkout
    chmod 640 "$schema"
    sed -i 's/  - member.invited/  # who comes\n&  # by mail/; s/  - user.profile_updated/\n&/' "$schema"
    django member.promoted "${types[@]:0:2}" "${types[@]:3}" invoice.paid
    tango audit-schema --from-django generated_schema.py
    expect_status 0
    expect_no_out
    expect_err_has "Updated $schema; the build makes the rest of it"
    sed -n '/^event_types:/,$p' "$schema" >"$work/list"
    expect_equal "$(cat "$work/list")" "event_types:
  # who comes
  - member.invited  # by mail
  - member.bulk_invited
  - member.removed
  - member.role_changed
  - organization.created
  - organization.updated
  - organization.billing_updated

  - user.profile_updated
  - user.phone_changed
  - member.promoted
  - invoice.paid"
    diff <(sed '/^event_types:/,$d' "$schema") <(sed '/^event_types:/,$d' "$SOURCE_DIRECTORY/$schema") || fail 'the rest changed'
    expect_equal "$(stat -c %a "$schema")" 640
    expect_no_temporary_files
    tango audit-schema --from-django generated_schema.py
    expect_status 0
    ! grep -q Updated "$work/err" || fail 'a second update found something'
}

test_django_replaces_every_type_of_a_file_without_a_last_line_break() {
    checkout
    head -c -1 "$SOURCE_DIRECTORY/$schema" >"$schema"
    django only.one
    tango audit-schema --from-django generated_schema.py
    expect_status 0
    expect_equal "$(sed -n '/^event_types:/,$p' "$schema")" 'event_types:
  - only.one'
}

test_django_writes_through_a_symbolic_link() {
    checkout
    mv "$schema" real.yaml
    ln -s ../../real.yaml "$schema"
    django only.one
    tango audit-schema --from-django generated_schema.py
    expect_status 0
    [ -L "$schema" ] || fail 'the link is gone'
    grep -q only.one real.yaml || fail 'the file behind it is as it was'
}

test_django_with_check_changes_nothing() {
    export TANGO_FUNCTIONS=$work/none
    checkout
    django "${types[@]:1}" invoice.paid
    tango audit-schema --from-django generated_schema.py --check
    expect_status 1
    expect_out "event type 'invoice.paid' is in the backend's list and not in the schema
event type 'member.invited' is in the schema and not in the backend's list"
    expect_err "tango-infra: 2 differences of '$schema'"
    cmp -s "$schema" "$SOURCE_DIRECTORY/$schema" || fail 'the schema changed'
}

test_django_columns_are_for_a_person_to_add() {
    checkout
    django "${types[@]}"
    sed -i 's/"user_agent",/"user_agent", "severity",/; s/"actor_email",//; s/events_auditlog/other_table/' generated_schema.py
    tango audit-schema --from-django generated_schema.py
    expect_status 1
    expect_out "the table is 'other_table' in the backend and 'events_auditlog' in the schema
column 'severity' is in the backend's model and not in the schema
column 'actor_email' is in the schema and not in the backend's model"
    cmp -s "$schema" "$SOURCE_DIRECTORY/$schema" || fail 'the schema changed'
}

test_broken_python() {
    checkout
    tango audit-schema --from-django missing.py
    expect_failure "cannot read 'missing.py': there is no such file"
    echo 'print("hello")' >broken.py
    tango audit-schema --from-django broken.py
    expect_failure "'broken.py' assigns no TABLE_NAME: is it generated_schema.py?"
    django "${types[@]}"
    sed -i 's/"member.joined"/member.joined/' generated_schema.py
    tango audit-schema --from-django generated_schema.py
    expect_failure 'generated_schema.py:30: AUDIT_EVENT_TYPES must be a list of strings'
    django 'member.x: [1'
    tango audit-schema --from-django generated_schema.py
    expect_failure "'member.x: [1' is no event type ('generated_schema.py')"
    head -c 300 generated_schema.py >half.py
    tango audit-schema --from-django half.py
    expect_status 1
    head -c 3000 /dev/urandom >noise.py
    tango audit-schema --from-django noise.py
    expect_status 1
    cmp -s "$schema" "$SOURCE_DIRECTORY/$schema" || fail 'the schema changed'
}

test_no_event_type_is_left() {
    checkout
    django
    tango audit-schema --from-django generated_schema.py
    expect_failure "$schema"
    cmp -s "$schema" "$SOURCE_DIRECTORY/$schema" || fail 'the schema changed'
}

test_a_list_in_one_line_is_not_updated() {
    checkout
    sed -i '/^event_types:/,$d' "$schema"
    echo 'event_types: [a.b, c.d]' >>"$schema"
    django a.b
    tango audit-schema --from-django generated_schema.py
    expect_failure "$schema:$(wc -l <"$schema"): only a list with one '- TYPE' a line can be updated"
}

# broken MESSAGE TEXT: the schema's text, and what is wrong about it.
broken() {
    printf '%b' "$2" >broken.yaml
    tango audit-schema --check --schema broken.yaml
    expect_failure "$1"
}

test_broken_yaml() {
    tango audit-schema --check
    expect_failure "cannot read '$schema': there is no such file"
    tango audit-schema --check --schema .
    expect_failure "cannot read '.': it is a directory"
    broken 'broken.yaml is empty' ''
    broken 'broken.yaml:2:7: did not find expected node content' 'table: a\ncol: [}\n'
    broken 'broken.yaml:1:1: a mapping is expected' '[]\n'
    broken 'broken.yaml:2:1: this key is not known' 'table: a\ncolums: []\n'
    broken 'broken.yaml:2:10: a list of columns is expected' 'table: a\ncolumns: 5\n'
    broken "broken.yaml:3:5: the column's type is none of" 'table: a\ncolumns:\n  - { name: b, type: blob }\n'
    broken 'broken.yaml:3:38: true or false is expected' \
        'table: a\ncolumns:\n  - { name: b, type: text, required: 7 }\n'
    broken 'broken.yaml:4:5: this appears twice' 'table: a\nevent_types:\n  - a.b\n  - a.b\n'
    broken 'broken.yaml:3:5: a letter is expected' 'table: a\nevent_types:\n  - "a\\"b"\n'
    broken "broken.yaml: 'conflict' is not one of the columns" 'table: a\nconflict: b\nevent_types:\n  - a.b\n'
}

# What the command gives psql: arguments, environment and statement.
fake_psql() {
    mkdir "$work/bin"
    cat >"$work/bin/psql" <<SCRIPT
#!/usr/bin/env bash
printf '%s\n' "\$@" >'$work/arguments'
env | grep ^PG | sort >'$work/variables'
cat >'$work/statement'
$1
SCRIPT
    chmod +x "$work/bin/psql"
    export PATH=$work/bin:$PATH
}

test_the_password_is_in_no_argument_list() {
    checkout
    fake_psql 'echo "psql: error: connection to server at \"db\" failed: no" >&2; exit 2'
    tango audit-schema --database 'postgres://me%40work:s%2Fe%20cret@db.example:6543,[::1]:6544/the%20db?sslmode=verify-full&connect_timeout=3'
    expect_failure 'cannot ask the database: connection to server at "db" failed: no'
    ! grep -q 's/e cret\|s%2Fe\|db.example' "$work/arguments" || fail 'it is'
    expect_equal "$(cat "$work/variables")" 'PGCONNECT_TIMEOUT=3
PGDATABASE=the db
PGHOST=db.example,::1
PGPASSWORD=s/e cret
PGPORT=6543,6544
PGSSLMODE=verify-full
PGUSER=me@work'
    grep -q "to_regclass('events_auditlog')" "$work/statement" || fail 'that is another question'
    tango audit-schema --database 'postgresql:///tango?host=/run/pg'
    expect_equal "$(cat "$work/variables")" 'PGCONNECT_TIMEOUT=10
PGDATABASE=tango
PGHOST=/run/pg'
    run bash -c 'echo "postgresql://u:from-stdin@h/d" | "$TANGO_INFRA" audit-schema --database -'
    grep -qx PGPASSWORD=from-stdin "$work/variables" || fail 'the URL was not read'
}

test_wrong_urls() {
    checkout
    fake_psql 'touch "'"$work"'/asked"'
    for url in '' localhost mysql://h/d postgresql//h; do
        tango audit-schema --database "$url"
        expect_failure "the database's URL must begin with 'postgresql://'"
    done
    for url in postgresql://u:secret%@h/d postgresql://u:secret%zz@h/d postgresql://u:secret%0@h/d postgresql://u:secret%00@h/d; do
        tango audit-schema --database "$url"
        expect_failure "the database's URL has a '%' that two hexadecimal digits must follow"
        ! grep -q secret "$work/err" || fail 'the message tells the password'
    done
    for url in postgresql://u:secret@x@h/d postgresql://u:secret/x@h/d postgresql://u:secret?x=y@h/d postgresql://u:1secret/d \
        'postgresql://h/d?password=x&secret' 'postgresql://h/d?password=x&secret=y' postgresql://u@h:1secret/d; do
        tango audit-schema --database "$url"
        expect_failure "the database's URL has a"
        ! grep -q secret "$work/err" || fail "the message tells the password of $url"
    done
    tango audit-schema --database 'postgresql://h/d?color=red'
    expect_failure "the database's URL has a parameter that is not known here"
    expect_no_file "$work/asked"
}

test_psql_that_is_missing_or_fails() {
    checkout
    mkdir "$work/bin"
    PATH=$work/bin run "$TANGO_INFRA" audit-schema --database postgresql://h/d
    expect_failure "there is no program 'psql' in PATH; 'sudo apt-get install postgresql-client' installs it"
    rmdir "$work/bin"
    fake_psql 'exit 7'
    tango audit-schema --database postgresql://h/d
    expect_failure 'psql failed with exit status 7'
}

test_a_signal_ends_psql_too() {
    checkout
    fake_psql "echo \$\$ >'$work/pid'; exec sleep 1000"
    "$TANGO_INFRA" audit-schema --database postgresql://h/d >"$work/out" 2>"$work/err" &
    local program=$!
    wait_for test -s "$work/pid"
    kill -INT "$program"
    status=0
    wait "$program" || status=$?
    expect_status 130
    gone() { ! kill -0 "$(cat "$work/pid")" 2>/dev/null; }
    wait_for gone
}

test_a_live_database() {
    command -v psql >/dev/null || skip 'psql is not there'
    checkout
    start_servers
    tango audit-schema --database "$url"
    expect_status 0
    expect_no_out
    expect_err "'$schema': no differences"

    sql 'ALTER TABLE events_auditlog DROP COLUMN actor_email, ADD severity int NOT NULL, ADD note text,
        ALTER action TYPE varchar(50), ALTER ip_address SET NOT NULL, ALTER diff TYPE json;
        ALTER TABLE events_auditlog DROP CONSTRAINT events_auditlog_event_id_key'
    tango audit-schema --database "$url"
    expect_status 1
    expect_equal "$(sort "$work/out")" "column 'action' is varchar(50) in the database and varchar(100) in the schema
column 'actor_email' is in the schema and not in the database
column 'diff' is json in the database and jsonb in the schema
column 'event_id' is not unique in the database: duplicates would go unnoticed
column 'ip_address' may not be null in the database, but may in the schema
column 'severity' is in the database and not in the schema, and an insert must give it"
    expect_err "tango-infra: 6 differences of '$schema'"

    sql 'DROP TABLE events_auditlog'
    tango audit-schema --database "$url"
    expect_status 1
    expect_out "the database has no table 'events_auditlog'"

    tango audit-schema --database "${url/app:/app:wrong}"
    expect_failure 'password authentication failed'
    tango audit-schema --database "postgresql://localhost:1/tango"
    expect_failure 'cannot ask the database: connection to server at'
    stop_servers
}

test_wrong_usage() {
    tango audit-schema
    expect_status 2
    expect_err "tango-infra: say what to do: 'generate', '--check', '--from-django' or '--database'"
    tango audit-schema genrate
    expect_status 2
    expect_err "tango-infra: the only thing to do that has a name is 'generate'"
    tango audit-schema generate --check
    expect_status 2
    tango audit-schema --check --output x
    expect_status 2
    expect_err "tango-infra: '--output' goes with 'generate'"
    tango audit-schema --from-django
    expect_status 2
    tango audit-schema generate more
    expect_status 2
    demo audit-schema --check
    expect_failure 'the app has no audit log'
}

run_tests "$@"
