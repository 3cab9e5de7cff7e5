#!/usr/bin/env bash
# What the stacks cost.
. "$(dirname "$0")/lib.sh"

test_every_type_of_ours_has_a_price_or_is_free() {
    for profile in standard production development; do
        tango cost -c profile=$profile --no-lookups --format json
        expect_status 0
        expect_equal "$(json "$work/out" '[j["unknown"], j["open"]]')" '[[], []]' "$profile"
        expect_equal "$(json "$work/out" 'abs(j["monthly"] - sum(l["monthly"] for l in j["lines"])) < 0.005')" true
        expect_equal "$(json "$work/out" 'all(l["source"].startswith("https://aws.amazon.com/") for l in j["lines"])')" true
    done
}

# 730 hours at 0.045, and at 0.015 for each of the 8 ACUs that a proxy costs at least.
test_the_default() {
    tango cost
    expect_status 0
    expect_equal "$(sed -n 's/ \+/ /gp' "$work/out" | grep NATGateway)" ' TangoVpc/PublicSubnet1/NATGateway 32.85 730 hours'
    expect_equal "$(sed -n 's/ \+/ /gp' "$work/out" | grep Proxy)" ' TangoRdsProxy/Resource 87.60 5840 ACU hours'
    tango cost TangoNetwork -c nat_gateways=2
    expect_out_has 'TangoNetwork  73.00 USD a month'
    ! grep -q TangoApp "$work/out" || fail 'another stack'
}

test_a_usage_file() {
    echo '{ "AWS::CloudFront::Distribution": { "requests": 1000000, "gigabytes": 100 } }' >usage.json
    tango cost TangoFrontend -e --usage usage.json --format markdown
    expect_status 0
    expect_out_has '| 8.50 | 100 GB |'
    expect_out_has '**9.50**'
    echo '{ "AWS::CloudFront::Distribution": { "gigabyte": 1 } }' >usage.json
    tango cost --usage usage.json
    expect_failure "usage.json: AWS::CloudFront::Distribution has no 'gigabyte'; it has requests, gigabytes"
    tango cost --usage none.json
    expect_failure none.json
    echo '[' >usage.json
    tango cost --usage usage.json
    expect_failure usage.json
}

test_a_limit() {
    tango cost --fail-above 1000
    expect_status 0
    tango cost --fail-above 200.50
    expect_status 1
    expect_err_has 'which is more than 200.50'
    expect_out_has 'USD a month'
    for amount in '' x 12x -1 nan; do
        tango cost --fail-above "$amount"
        expect_usage_error "'--fail-above'"
    done
}

test_an_assembly() {
    tango synth --quiet --no-bundling
    tango cost --app cdk.out --format json
    cp "$work/out" assembly.json
    tango cost --format json
    cmp -s "$work/out" assembly.json || fail 'an assembly costs something else'
}

test_diff_says_what_a_change_costs() {
    tango synth --quiet --no-bundling --output before
    tango diff --baseline before -c nat_gateways=2
    expect_out_has 'USD a month'
    expect_out_has '+36.50 USD a month'
    tango diff --baseline before -c nat_gateways=2 --format markdown
    expect_out_has '| +36.50 |'
    tango diff --baseline before -c nat_gateways=2 --format json
    expect_equal "$(json "$work/out" '[round(s["summary"]["monthlyCost"][k], 2) for s in j["stacks"] if s["name"] == "TangoNetwork" for k in ("before", "after")]')" \
        '[36.5, 73]'
    tango diff --baseline before -c max_capacity=3
    ! grep -q USD "$work/out" || fail 'a cost that does not change'
}

run_tests "$@"
