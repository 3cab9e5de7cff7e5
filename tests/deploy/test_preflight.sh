#!/usr/bin/env bash
# What an account must have before: named all at once, before anything is changed.
. "$(dirname "$0")/lib.sh"

registry=123456789012.dkr.ecr.us-east-1.amazonaws.com

# With the table of the program itself, on any assembly.
# Without the checks of the templates: these hold no more than what is looked for.
deploy_app() { tango deploy --app app --all --require-approval never --no-validation "$@"; }

task() {
    cat <<JSON
{ "Type": "AWS::ECS::TaskDefinition", "Properties": { "ContainerDefinitions": [{ "Name": "api", "Memory": 512,
    "Image": { "Fn::Join": ["", [{ "Ref": "AWS::AccountId" }, ".dkr.ecr.", { "Ref": "AWS::Region" }, ".", { "Ref": "AWS::URLSuffix" }, "/${1:-shop:latest}"]] },
    "Secrets": [{ "Name": "KEY", "ValueFrom": { "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" }, ":secretsmanager:us-east-1:", { "Ref": "AWS::AccountId" }, ":secret:shop/keys:KEY::"]] } },
        { "Name": "OTHER", "ValueFrom": { "Fn::Sub": "arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:shop/keys:OTHER::" } },
        { "Name": "OWN", "ValueFrom": { "Fn::Join": ["", [{ "Ref": "Secret" }, ":password::"]] } }] }] } }
JSON
}

shop_with() { assembly <<<"{ \"Api\": { \"resources\": { \"Secret\": \"AWS::SecretsManager::Secret\", $1 } } }"; }

put_secret() { aws secretsmanager create-secret --name shop/keys --secret-string "$1" >/dev/null; }

expect_nothing_changed() {
    expect_equal "$(calls_of CreateChangeSet)" 0 'change sets'
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_an_account_that_has_nothing() {
    functions_of_test
    control account '{ "engine_versions": { "aurora-postgresql": ["16.9", "16.10", "17.4"] } }'
    tango deploy --all --require-approval never -c account=123456789012 -c max_azs=2
    expect_status 1
    expect_err_has "failed: the account lacks what it needs"
    expect_err_has "there is no ECR repository 'tango-backend' in us-east-1 of account 123456789012"
    expect_err_has 'aws ecr create-repository --repository-name tango-backend --region us-east-1'
    expect_err_has "there is no image 'latest' in ECR repository 'tango-backend'"
    expect_err_has "docker buildx build --platform linux/amd64 --tag $registry/tango-backend:latest --push"
    expect_err_has "there is no secret 'tango/app-secrets' in us-east-1"
    expect_err_has 'tango-infra doctor --secret-skeleton'
    expect_err_has 'is not offered in us-east-1; there are 16.9, 16.10'
    expect_nothing_changed
}

test_only_stacks_that_are_deployed_count() {
    functions_of_test
    tango deploy TangoNetwork --require-approval never -c account=123456789012
    expect_status 0
    expect_equal "$(look calls "sum(c[0] in ('ecr', 'secretsmanager', 'rds', 'acm', 'lambda') for c in j)")" 0 'questions'
}

test_everything_is_there() {
    shop_with "\"Task\": $(task)"
    aws ecr create-repository --repository-name shop >/dev/null
    put_index shop latest linux/amd64 linux/arm64 unknown/unknown
    put_secret '{ "KEY": "a", "OTHER": "b" }'
    deploy_app
    expect_status 0
    control forget
    deploy_app
    expect_status 0
    expect_equal "$(look calls "sum(c[0] in ('ecr', 'secretsmanager') for c in j)")" 0 'questions about a stack that does not change'
}

test_no_preflight() {
    shop_with "\"Task\": $(task)"
    deploy_app --no-preflight
    expect_status 0
    expect_equal "$(look calls "sum(c[0] in ('ecr', 'secretsmanager') for c in j)")" 0 'questions'
}

test_a_dry_run_names_it_too() {
    shop_with "\"Task\": $(task)"
    deploy_app --dry-run
    expect_status 1
    expect_err_has "there is no secret 'shop/keys' in us-east-1"
    expect_nothing_changed
}

test_an_image_for_another_processor() {
    shop_with "\"Task\": $(task)"
    aws ecr create-repository --repository-name shop >/dev/null
    put_index shop latest linux/arm64
    put_secret '{ "KEY": "a", "OTHER": "b" }'
    deploy_app
    expect_status 1
    expect_err_has "image $registry/shop:latest is built for linux/arm64, but its tasks run on linux/amd64"
    expect_nothing_changed
}

test_a_digest_that_is_not_there() {
    shop_with "\"Task\": $(task "shop@sha256:$(printf '%064d' 7)")"
    aws ecr create-repository --repository-name shop >/dev/null
    put_index shop latest linux/amd64
    put_secret '{ "KEY": "a", "OTHER": "b" }'
    deploy_app
    expect_status 1
    expect_err_has "there is no image 'sha256:$(printf '%064d' 7)' in ECR repository 'shop'"
}

# Neither what it holds nor any part of it is shown.
test_a_secret_that_lacks_keys() {
    shop_with "\"Task\": $(task)"
    aws ecr create-repository --repository-name shop >/dev/null
    put_index shop latest linux/amd64
    put_secret '{ "KEY": "hidden-value", "MORE": "" }'
    deploy_app
    expect_status 1
    expect_err_has "secret 'shop/keys' has no OTHER"
    expect_err_has 'aws secretsmanager put-secret-value --secret-id shop/keys'
    ! grep -q hidden-value "$work/err" || fail 'a value is shown'
    aws secretsmanager put-secret-value --secret-id shop/keys --secret-string 'hidden-value {' >/dev/null
    deploy_app
    expect_err_has "secret 'shop/keys' is not a JSON object"
    ! grep -q hidden-value "$work/err" || fail 'a value is shown'
    aws secretsmanager put-secret-value --secret-id shop/keys --secret-string '{ "KEY": "a", "OTHER": "" }' >/dev/null
    deploy_app
    expect_status 0
    expect_err_has "in secret 'shop/keys' OTHER is empty"
}

# Who may not look is told so, and deploys.
test_what_may_not_be_asked_is_a_note() {
    shop_with "\"Task\": $(task), \"Cluster\": { \"Type\": \"AWS::RDS::DBCluster\", \"Properties\": { \"Engine\": \"aurora-postgresql\", \"EngineVersion\": \"16.8\" } }"
    control faults '[{ "service": "ecr", "fault": "denied", "times": 99 }, { "service": "secretsmanager", "fault": "denied", "times": 99 }, { "service": "rds", "fault": "denied", "times": 1 }]'
    deploy_app
    expect_status 0
    expect_err_has "cannot see whether image $registry/shop:latest is there: User: "
    expect_err_has "cannot see whether secret 'shop/keys' has every key: User: "
    expect_err_has 'cannot see whether aurora-postgresql 16.8 is offered in us-east-1: User: '
}

test_reserved_concurrency() {
    local function='{ "Type": "AWS::Lambda::Function", "Properties": { "ReservedConcurrentExecutions": 5, "Handler": "i.h", "Runtime": "nodejs22.x", "Role": { "Fn::GetAtt": ["R", "Arn"] }, "Code": { "ZipFile": "x" } } }'
    function+=', "R": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {} } }'
    shop_with "\"F\": $function"
    control account '{ "concurrency": [10, 10] }'
    deploy_app
    expect_status 1
    expect_err_has '5 concurrent executions of Lambda cannot be reserved in us-east-1: 10 of the account'"'"'s 10 are not reserved, and 100 of these must stay so'
    expect_err_has 'aws service-quotas request-service-quota-increase'
    control account '{ "concurrency": [1000, 105] }'
    deploy_app
    expect_status 0
    # What the stack has reserved already is not counted twice.
    control account '{ "concurrency": [1000, 100] }'
    shop_with "\"F\": $function, \"T\": \"AWS::SNS::Topic\""
    deploy_app
    expect_status 0
}

certificate() { aws acm request-certificate --domain-name "$1" ${2:+--subject-alternative-names "$2"} --validation-method DNS --query CertificateArn --output text; }

# distribution NAME CERTIFICATE ORIGIN
distribution() {
    cat <<JSON
{ "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": { "Enabled": true, "Aliases": ["$1"],
    "Origins": [{ "Id": "api", "DomainName": "$3", "CustomOriginConfig": { "OriginProtocolPolicy": "https-only" } }],
    "DefaultCacheBehavior": { "TargetOriginId": "api", "ViewerProtocolPolicy": "https-only" },
    "ViewerCertificate": { "AcmCertificateArn": "$2" } } } }
JSON
}

listener() { echo "{ \"Type\": \"AWS::ElasticLoadBalancingV2::Listener\", \"Properties\": { \"Certificates\": [{ \"CertificateArn\": \"$1\" }] } }"; }

test_certificates() {
    local site api
    site=$(certificate example.com '*.example.com')
    api=$(certificate api.example.org)
    shop_with "\"D\": $(distribution www.example.com "$site" api.example.com), \"L\": $(listener "$api")"
    deploy_app --dry-run
    expect_status 1
    expect_err_has "certificate $site is PENDING_VALIDATION; it waits for the DNS record _"
    control issue
    deploy_app --dry-run
    expect_status 1
    expect_err_has "certificate $api is for api.example.org, not for api.example.com"
    expect_err_has 'aws acm request-certificate --domain-name api.example.com --validation-method DNS --region us-east-1'
    shop_with "\"D\": $(distribution www.shop.example.com "$site" api.example.com), \"L\": $(listener "$site")"
    deploy_app --dry-run
    grep -qE 'is for (\*\.example\.com|example\.com), (\*\.example\.com|example\.com), not for www\.shop\.example\.com' "$work/err" || fail 'another reason'
    shop_with "\"D\": $(distribution www.example.com "${site/us-east-1/eu-west-1}" api.example.com), \"L\": $(listener "${site%-*}-none")"
    deploy_app --dry-run
    expect_err_has 'is of eu-west-1, but is used in us-east-1'
    expect_err_has "there is no certificate ${site%-*}-none"
    shop_with "\"D\": $(distribution www.example.com "$site" api.example.com), \"L\": $(listener "$site")"
    deploy_app --dry-run
    expect_status 0
}

test_doctor_finds_the_same() {
    functions_of_test
    tango doctor -c account=123456789012
    expect_status 1
    expect_out_has "missing  there is no ECR repository 'tango-backend' in us-east-1 of account 123456789012"
    expect_out_has "missing  there is no secret 'tango/app-secrets' in us-east-1"
    expect_out_has 'ok       aurora-postgresql '
    aws ecr create-repository --repository-name tango-backend >/dev/null
    put_index tango-backend latest linux/amd64
    tango doctor --secret-skeleton
    expect_status 0
    cp "$work/out" skeleton.json
    aws secretsmanager create-secret --name tango/app-secrets --secret-string file://skeleton.json >/dev/null
    tango doctor -c account=123456789012
    expect_out_has "ok       image $registry/tango-backend:latest: linux/amd64"
    expect_out_has "note     in secret 'tango/app-secrets' DJANGO_SECRET_KEY, "
    expect_status 0
}

# The keys are those that the task definition reads, whoever asks; no account is needed.
test_the_skeleton_of_the_secret() {
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    tango doctor --secret-skeleton
    expect_status 0
    expect_no_err
    cp "$work/out" skeleton.json
    tango synth --quiet --no-bundling
    "$python" -I -S -c 'import json
task = [r for r in json.load(open("cdk.out/TangoApp.template.json"))["Resources"].values() if r["Type"] == "AWS::ECS::TaskDefinition"][0]
froms = [json.dumps(s["ValueFrom"]) for s in task["Properties"]["ContainerDefinitions"][0]["Secrets"]]
wanted = [f.split(":secret:tango/app-secrets:")[1].split(":")[0] for f in froms if ":secret:tango/app-secrets:" in f]
skeleton = json.load(open("skeleton.json"))
assert list(skeleton) == wanted and len(wanted) > 10 and set(skeleton.values()) == {""}, (skeleton, wanted)' || fail 'other keys'
}

# With credentials of another account, the lookup role of the stack's asks; where there is none, that is a note.
test_credentials_of_another_account() {
    local elsewhere='"account": "111122223333", "region": "us-east-1", "bootstrap": false'
    assembly <<<"{ \"Api\": { $elsewhere, \"lookup\": true, \"resources\": { \"Task\": $(task) } } }"
    deploy_app --dry-run
    expect_status 1
    expect_err_has "there is no ECR repository 'shop' in us-east-1 of account 111122223333"
    assembly <<<"{ \"Api\": { $elsewhere, \"resources\": { \"Task\": $(task) } } }"
    deploy_app --dry-run
    expect_status 0
    expect_err_has 'what the stack needs in account 111122223333 could not be looked for: the credentials are of another account'
    expect_equal "$(look calls "sum(c[0] in ('ecr', 'secretsmanager') for c in j)")" 2 'questions'
}

run_tests "$@"
