#!/usr/bin/env bash
# Dead letters that go back to where they came from.
. "$(dirname "$0")/lib.sh"

# The queues, the function and the bus of the Events stack, under the names of their constructs.
start() {
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    assembly <<<'{ "TangoEvents": { "resources": {
        "AuditDLQ": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "audit-dlq" } },
        "EventPublisherDLQ": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "publisher-dlq" } },
        "TangoEventBus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "tango-events" } },
        "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": { "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }] } } },
        "AuditConsumer": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "audit-consumer", "Handler": "i.h", "Runtime": "nodejs22.x",
            "Role": { "Fn::GetAtt": ["Role", "Arn"] }, "Code": { "ZipFile": "x" } } } } } }'
    tango deploy --app app --all --require-approval never
    expect_status 0
    audit=$(aws sqs get-queue-url --queue-name audit-dlq --query QueueUrl --output text)
    publisher=$(aws sqs get-queue-url --queue-name publisher-dlq --query QueueUrl --output text)
}

redrive() { tango redrive --app app "$@"; }
send() { aws sqs send-message --queue-url "$1" --message-body "$2" --message-attributes '{ "ErrorMessage": { "DataType": "String", "StringValue": "no route to host" } }' >/dev/null; }
left_in() { aws sqs get-queue-attributes --queue-url "$1" --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible --query 'sum(values(Attributes)[].to_number(@))' --output text; }

test_events_go_back_to_the_consumer() {
    start
    for i in 1 2 3; do send "$audit" "{ \"id\": \"$i\", \"detail-type\": \"member.viewed\", \"detail\": { \"text\": \"größer\" } }"; done
    redrive audit --dry-run
    expect_status 0
    expect_err_has 'about 3 messages in '
    expect_equal "$(grep -c 'member.viewed  *no route to host' "$work/out")" 3 'messages shown'
    expect_equal "$(look invocations 'len(j)')" 0 'invocations'
    redrive audit
    expect_status 1
    expect_err_has 'there is no terminal to ask whether to send them back; --yes does not ask'
    expect_equal "$(look invocations 'len(j)')" 0 'invocations'
    redrive audit --yes
    expect_status 0
    expect_err_has "3 sent back to function 'audit-consumer'"
    expect_equal "$(look invocations '[j[0][0], sorted(c[1]["id"] for c in j), j[0][1]["detail"]["text"]]')" '["audit-consumer", ["1", "2", "3"], "gr\u00f6\u00dfer"]'
    expect_equal "$(left_in "$audit")" 0 'messages left'
    redrive audit --yes
    expect_status 0
    expect_err_has 'about 0 messages in '
}

test_a_limit() {
    start
    for i in 1 2 3; do send "$audit" "{ \"id\": \"$i\", \"detail-type\": \"a\" }"; done
    redrive audit --yes --max 2
    expect_status 0
    expect_equal "$(look invocations 'len(j)')" 2
    expect_equal "$(left_in "$audit")" 1 'messages left'
}

test_a_sample_that_fails() {
    start
    for i in 1 2 3; do send "$audit" "{ \"id\": \"$i\", \"detail-type\": \"a\" }"; done
    control account '{ "function_errors": ["no such table"] }'
    redrive audit --yes
    expect_status 1
    expect_err_has 'stays in the queue: the function fails again: {"errorMessage": "no such table"'
    expect_err_has 'the first message fails, so no other one was sent'
    expect_equal "$(look invocations 'len(j)')" 1
    expect_equal "$(aws sqs get-queue-attributes --queue-url "$audit" --attribute-names ApproximateNumberOfMessages --query Attributes.ApproximateNumberOfMessages --output text)" 3 'messages that can be received at once'
    control account '{ "function_errors": [null, "no such row"] }'
    redrive audit --yes
    expect_status 1
    expect_err_has '2 sent back'
    expect_err_has '1 stay in the queue'
    expect_equal "$(left_in "$audit")" 1 'messages left'
}

# A rule on the bus shows what arrives.
test_events_go_back_to_the_bus() {
    start
    local probe arn
    probe=$(aws sqs create-queue --queue-name probe --query QueueUrl --output text)
    arn=$(aws sqs get-queue-attributes --queue-url "$probe" --attribute-names QueueArn --query Attributes.QueueArn --output text)
    aws events put-rule --name probe --event-bus-name tango-events --event-pattern '{ "source": ["app.outbox"] }' >/dev/null
    aws events put-targets --rule probe --event-bus-name tango-events --targets "Id=1,Arn=$arn" >/dev/null
    send "$publisher" '{"event_id":"1","event_type":"member.viewed","attempts":10,"error":"ThrottlingException: slow down","source":"app.outbox","payload_bytes":9,"payload": {"id":12345678901234567890,"name":"a \"quoted\" }"} }'
    send "$publisher" '{"event_id":"2","event_type":"big.one","source":"app.outbox","payload_bytes":2000000,"payload":null,"error":"too large"}'
    send "$publisher" '{"source":"aws.events","detail-type":"Scheduled Event","detail":{}}'
    redrive publisher --yes
    expect_status 1
    expect_err_has "1 sent back to event bus 'tango-events'"
    expect_err_has 'stays in the queue: it is without its payload, which was too large for the queue: only the table has it'
    expect_err_has 'stays in the queue: it is not an event that the publisher has given up'
    expect_err_has '2 stay in the queue'
    aws sqs receive-message --queue-url "$probe" --query 'Messages[0].Body' --output text >arrived.json
    expect_equal "$(json arrived.json '[j["source"], j["detail-type"], j["detail"]]')" \
        '["app.outbox", "member.viewed", {"id": 12345678901234567890, "name": "a \"quoted\" }"}]'
    expect_equal "$(left_in "$publisher")" 2 'messages left'
}

test_a_bus_that_refuses() {
    start
    send "$publisher" '{"event_type":"a","source":"app.outbox","payload":{}}'
    control faults '[{ "service": "events", "action": "PutEvents", "fault": "denied", "times": 9 }]'
    redrive publisher --yes
    expect_status 1
    expect_err_has 'is not authorized to perform this'
    expect_equal "$(left_in "$publisher")" 1 'messages left'
}

test_what_is_not_there() {
    redrive nothing
    expect_status 2
    expect_err_has "there are no dead letters of 'nothing'"
    expect_err_has 'audit, publisher'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    redrive audit
    expect_status 1
    expect_err_has 'AuditDLQ is not deployed in us-east-1 of account 123456789012'
}

run_tests "$@"
