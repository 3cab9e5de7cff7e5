#!/usr/bin/env bash
# A printed template, read back by other YAML readers, is the template that was written, whatever its texts are.
. "$(dirname "$0")/lib.sh"

synth_with_odd_texts() {
    python3 - <<'PYTHON'
import json, random
random.seed(7)
pieces = ["a", "B", " ", "  ", "\n", "\t", ":", ": ", "#", " #", "'", '"', "\\", "-", "- ", "?", "!", "&", "*", "%", "@",
          "`", "{", "}", "[", "]", ",", "|", ">", "0", "7", ".", "e", "ü", "\u2028", "\U0001f600", "\u0001", "\r", "\x85", "..."]
plain = ["", "~", "null", "yes", "No", "on", "y", "0123", "1_000", "190:20:30", "1e3", "e0", "1.0e+3", ".inf", "2012-10-17", "<<",
         "=", "0x1F", "0o17", "0b1", "-", "+1", "true", "10.0.0.0/16", "---", "- a", "key: value", "trailing ", " leading"]
texts = plain + ["".join(random.choice(pieces) for _ in range(random.randint(1, 8))) for _ in range(3000)]
json.dump({"labels": {text: text[::-1] for text in texts}, "count": 1}, open("cdk.context.json", "w"))
PYTHON
    demo synth DemoWeb
    expect_status 0
}

test_pyyaml_reads_what_was_meant() {
    python3 -c 'import yaml' 2>/dev/null || skip 'PyYAML is not there'
    synth_with_odd_texts
    python3 - "$work/out" cdk.out/DemoWeb.template.json <<'PYTHON' || fail 'PyYAML reads something else'
import json, sys, yaml
read, written = yaml.safe_load(open(sys.argv[1], newline="")), json.load(open(sys.argv[2]))
labels = lambda template: template["Resources"]["Topic0"]["Properties"]["Labels"]
for key, value in labels(written).items():
    if labels(read).get(key) != value:
        print(repr(key), repr(value), repr(labels(read).get(key)))
sys.exit(read != written)
PYTHON
}

test_the_npm_package_yaml_reads_what_was_meant() {
    . "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
    synth_with_odd_texts
    node - "$cdk_packages/yaml" "$work/out" cdk.out/DemoWeb.template.json <<'JAVASCRIPT' || fail 'the npm package reads something else'
const [package_, printed, template] = process.argv.slice(2);
const fs = require('fs'), assert = require('assert'), yaml = require(package_);
const text = fs.readFileSync(printed, 'utf8'), written = JSON.parse(fs.readFileSync(template, 'utf8'));
for (const version of ['1.1', '1.2'])
  assert.deepStrictEqual(yaml.parse(text, { version }), written, version);
JAVASCRIPT
}

run_tests "$@"
