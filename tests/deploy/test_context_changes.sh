#!/usr/bin/env bash
# Keys that change what stacks give each other, there and back.
. "$(dirname "$0")/context_changes.sh"

test_https_and_back() {
    start
    change_and_back https $https
    change_and_back 'https for both' $https $site
    expect_equal "$(look stacks '[r["Properties"]["Port"] for r in j["TangoApp"]["template"]["Resources"].values() if r["Type"] == "AWS::ElasticLoadBalancingV2::Listener"]')" '[80]' 'listeners'
    change_and_back 'without image transformation' -c enable_image_transformation=false
    change_and_back 'without the proxy' -c rds_proxy=false
}

run_tests "$@"
