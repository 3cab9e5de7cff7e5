#!/usr/bin/env bash
# The commands of docs/first-deployment.md, all of them and in their order, on a local AWS that has nothing.
. "$(dirname "$0")/../deploy/lib.sh"
document=$SOURCE_DIRECTORY/docs/first-deployment.md

# block N: the commands of the Nth block, and block_kind N: the word behind "sh" at its beginning, "" when there is none.
block() { awk -v n="$1" '/^```sh/ { i++; inside = i == n; next } /^```/ { inside = 0 } inside' "$document"; }
block_kind() { awk -v n="$1" '/^```sh/ { i++; if (i == n) { sub(/^```sh ?/, ""); print } }' "$document"; }
block_count() { grep -c '^```sh' "$document"; }

# A docker that pushes images for the platform that it is told, and the program under its name.
stand_ins() {
    mkdir -p "$work/bin" frontend/dist backend
    cat >"$work/bin/docker" <<'DOCKER'
#!/usr/bin/env bash
case $1 in
login) cat >/dev/null ;;
buildx)
    while [ $# -gt 0 ]; do
        case $1 in --platform) platform=$2 ;; --tag) image=$2 ;; esac
        shift
    done
    repository=${image#*/}
    aws ecr put-image --repository-name "${repository%:*}" --image-tag "${repository#*:}" \
        --image-manifest-media-type application/vnd.oci.image.index.v1+json --image-manifest \
        "{ \"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.index.v1+json\", \"manifests\": [{ \"digest\": \"sha256:1\", \"size\": 1, \"platform\": { \"os\": \"${platform%/*}\", \"architecture\": \"${platform#*/}\" } }] }" >/dev/null ;;
esac
DOCKER
    printf '#!/bin/sh\nexec %q "$@"\n' "$TANGO_INFRA" >"$work/bin/tango-infra"
    chmod +x "$work/bin/docker" "$work/bin/tango-infra"
    echo '<html></html>' >frontend/dist/index.html
}

# What a person does between the blocks: each runs in one shell, as on a machine.
run_blocks() {
    local n kind
    for n in $(seq "$(block_count)"); do
        kind=$(block_kind "$n")
        printf 'set -eu -o pipefail\n%s' "$([ "$kind" = certificates ] && echo "curl -sSf -X POST '$server/_test/issue' -d null -o /dev/null")" >"block$n.sh"
        printf '\n%s\n' "$(block "$n")" >>"block$n.sh"
        # Variables live on from block to block.
        { cat variables.sh 2>/dev/null; cat "block$n.sh"; printf 'declare -p cluster task bucket api site staging 2>/dev/null >variables.new || true\n'; } >run.sh
        run bash run.sh
        [ -e variables.new ] && mv variables.new variables.sh
        if [ "$kind" = fails ]; then
            expect_status 1
            expect_everything_is_missing
        else
            [ "$status" = 0 ] || fail "block $n of $document fails: $(cat "block$n.sh")"
        fi
        after_block "$n"
    done
}

expect_everything_is_missing() {
    expect_err_has "there is no ECR repository 'tango-backend'"
    expect_err_has "there is no image 'latest' in ECR repository 'tango-backend'"
    expect_err_has "there is no secret 'tango/app-secrets'"
    expect_equal "$(look stacks '[n for n in j if n != "CDKToolkit"]')" '[]' 'stacks'
}

# after_block N: what must be so then.
after_block() {
    # An editor fills the secret in.
    [ ! -e app-secrets.json ] || sed -i 's/""/"value"/' app-secrets.json
    case $(block "$1") in
    *'deploy --all --dry-run'*) expect_states TangoNetwork TangoMedia TangoApp TangoFrontend TangoEvents TangoObservability ;;
    *describe-tasks*) ! grep -q None "$work/out" || fail 'no exit code' ;;
    *'s3 sync'*) expect_out_has 'https://' ;;
    *termination_protection=true*) expect_equal "$(look stacks 'sorted(n for n, s in j.items() if s["protected"])')" '["TangoApp", "TangoEvents", "TangoFrontend", "TangoMedia", "TangoNetwork", "TangoObservability"]' 'protected' ;;
    *'frontend_domain": "www'*) expect_equal "$(look stacks '[r["Properties"]["Protocol"] for r in j["TangoApp"]["template"]["Resources"].values() if r["Type"] == "AWS::ElasticLoadBalancingV2::Listener" and r["Properties"]["Port"] == 443]')" '["HTTPS"]' 'listeners' ;;
    *StagingFrontend*) expect_states StagingNetwork StagingMedia StagingApp StagingFrontend StagingEvents StagingObservability TangoApp ;;
    *'deploy StagingApp'*) expect_equal "$(look stacks 'sorted(n for n in j if n.startswith("Staging"))')" '[]' 'stacks of staging' ;;
    *'deploy TangoApp'*) expect_equal "$(look stacks '[n for n in j if n != "CDKToolkit"]')" '[]' 'stacks' ;;
    esac
}

expect_states() {
    local name
    for name in "$@"; do
        case $(status_of "$name") in CREATE_COMPLETE | UPDATE_COMPLETE) ;; *) fail "$name is $(status_of "$name")" ;; esac
    done
}

test_every_command() {
    control reset # nothing, not even a bootstrap
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    functions_of_test
    stand_ins
    run_blocks
    # The other environment has left nothing of this one's, nor this one of the other's.
    expect_clean
}

run_tests "$@"
