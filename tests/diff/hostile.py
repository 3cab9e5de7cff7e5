# SPDX-License-Identifier: MIT
"""Templates full of text that is more than text to a terminal, a CI runner, Markdown or HTML.

    hostile.py --count                 of the strings
    hostile.py BEFORE AFTER [FIRST]    writes two templates of all strings, or of a few from FIRST on
    hostile.py --bytes FILE...         checks that nothing in the files is more than text
    hostile.py --markdown HTML FIRST   checks what a renderer has made of Markdown with these few
"""

import html.parser
import json
import re
import sys

# Each has the mark in it, so that it is found again.
MARK = "zq7"
STRINGS = [
    MARK + "\x1b[2K\x1b[1A",
    MARK + "\x1b]0;title\x07",
    MARK + "\n::error::forged",
    "::error::" + MARK,
    MARK + "\r\n##[error]forged",
    "##vso[task.complete]" + MARK,
    MARK + "\x85\x9b2J",
    MARK + "\u202edesrever\u202c",
    MARK + "\u2066x\u2069\u200b\u200e\ufeff\u2060",
    MARK + "\u2028line\u2029paragraph",
    MARK + "\U000e0041\U000e007f",
    MARK + "\x7f\b\b\b",
    MARK + "\n\n<img src=x onerror=alert(1)>\n\n",
    MARK + "</summary></details><script>alert(1)</script>",
    MARK + "</code></pre><a href=x>y</a>",
    "@octocat " + MARK + " \\@octocat",
    MARK + " #1 \\#1 GH-1 octo/repo#1 octo/repo@0123456789012345678901234567890123456789",
    MARK + " https://example.com/ www.example.com someone@example.com http://example.com",
    MARK + "`code` ``code`` ```code```",
    "`" + MARK + "`",
    "```\n" + MARK + "\n```\n",
    "~~~\n" + MARK,
    MARK + "|cell|\\|cell\\\\|",
    "**" + MARK + "** _" + MARK + "_ ~~" + MARK + "~~ [" + MARK + "](https://example.com) ![x](y)",
    "&lt;b&gt;" + MARK + "&#64;octocat&amp;",
    "# " + MARK,
    "- " + MARK + "\n- x",
    "<!-- " + MARK + " -->",
    MARK + " :smile: $x^2$ $$" + MARK + "$$",
    " " + MARK + " ",
    MARK + "\\",
    "\t" + MARK + "\t",
    "${" + MARK + "}\n${AWS::Region}",
]

FEW = 3  # so many fit into a comment

# util/text/visible.h
SHOWN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
HIDDEN = re.compile(
    "[\0-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]|#(?=#[a-zA-Z]*\\[)"
)


def spell(match):
    character = match.group(0)
    code = ord(character)
    if character in SHOWN:
        return SHOWN[character]
    return f"\\x{code:02x}" if code <= 0x7F else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def shown(text):
    return HIDDEN.sub(spell, text)


def template(changed, strings):
    """Every string in every place that has room for one."""
    result = {
        "Description": strings[0] + str(changed),
        "Parameters": {},
        "Conditions": {},
        "Mappings": {},
        "Metadata": {},
        "Rules": {},
        "Resources": {},
        "Outputs": {},
    }
    for i, text in enumerate(strings):
        if changed and i % 3 == 0:
            continue  # is removed
        value = text + " is new" if changed else text
        result["Parameters"][text] = {"Type": "String", "Default": value, "Description": text}
        result["Conditions"][text] = {"Fn::Equals": [{"Ref": text}, value]}
        result["Mappings"][text] = {"a" + text: {text: value}}
        result["Metadata"][text] = value
        result["Rules"][text] = {"Assertions": [{"Assert": {"Fn::Equals": [text, value]}, "AssertDescription": value}]}
        result["Outputs"][text] = {"Value": value, "Description": value, "Export": {"Name": "export" + text}}
        statement = {
            "Sid": text,
            "Effect": "Allow",
            "Action": [text, value],
            "Resource": {"Fn::Sub": "${" + text + ".Arn}" + value},
            "Condition": {text: {text: value}},
        }
        result["Resources"]["Queue" + text] = {
            "Type": "AWS::SQS::Queue" if i % 2 else "Custom::" + text,
            "Metadata": {"aws:cdk:path": "Stack/" + text},
            "Condition": text,
            "DependsOn": [text],
            "Properties": {"QueueName": value, text: [text, {text: value}], "Long": [value] * 20 + [text]},
        }
        result["Resources"]["Role" + text] = {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {"Statement": [dict(statement, Principal={"AWS": value})]},
                "ManagedPolicyArns": [value],
                "Policies": [{"PolicyName": value, "PolicyDocument": {"Statement": [statement]}}],
            },
        }
        result["Resources"]["Group" + text] = {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "SecurityGroupIngress": [
                    {"IpProtocol": value, "CidrIp": text, "Description": value, "FromPort": 1, "ToPort": value}
                ]
            },
        }
    return result


# What the program itself writes on a line of its own, in each format.
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def check_bytes(name, data=None):
    data = open(name, "rb").read() if data is None else data
    problems = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"{name}: no UTF-8: {error}"]
    for number, line in enumerate(STYLE.sub("", text).split("\n"), 1):
        found = HIDDEN.search(line)
        if found:
            problems.append(f"{name}:{number}: {found.group(0)!r} in {line[:200]!r}")
        if line.lstrip(" \t").startswith("::"):
            problems.append(f"{name}:{number}: a command: {line[:200]!r}")
    return problems


# Elements that the program writes, and what GitHub leaves alone.
ELEMENTS = set("h3 table thead tbody tr th td code pre details summary b strong p br em".split())
CODE = {"code", "pre"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.problems = []
        self.code = []
        self.current = []

    def handle_starttag(self, tag, attributes):
        if tag not in ELEMENTS:
            self.problems.append(f"an element {tag} {attributes}")
        for name, value in attributes:
            if (name, value) not in (("lang", "diff"), ("lang", "mermaid")) and name != "align":
                self.problems.append(f"an attribute {name}={value!r} of {tag}")
        if tag == "td":
            self.current = []
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> while {self.open} are open")
            return
        self.open.pop()
        if tag in ("td", "summary", "pre"):
            self.code.append("".join(self.current))
            self.current = []

    def handle_data(self, data):
        if CODE & set(self.open):
            self.current.append(data)
        elif MARK in data or re.search(r"octocat|example\.com|error|smile", data):
            self.problems.append(f"text outside of code: {data[:200]!r}")


def check_markdown(name, strings):
    page = Page()
    page.feed(open(name, encoding="utf-8").read())
    page.close()
    problems = page.problems + [f"{tag} stays open" for tag in page.open]
    text = "\n".join(page.code)
    for string in strings:
        # JSON in a tree spells some of them itself.
        spelt = [shown(string), shown(json.dumps(string, ensure_ascii=False)[1:-1]).strip("\n")]
        if not any(one in text for one in spelt):
            problems.append(f"{string!r} is not shown as {spelt[0]!r}")
    return problems


def main(arguments):
    if arguments[0] == "--bytes":
        problems = [problem for name in arguments[1:] for problem in check_bytes(name)]
    elif arguments[0] == "--markdown":
        first = int(arguments[2])
        problems = check_markdown(arguments[1], STRINGS[first : first + FEW])
    elif arguments[0] == "--count":
        print(len(STRINGS))
        return 0
    else:
        strings = STRINGS[int(arguments[2]) :][:FEW] if len(arguments) > 2 else STRINGS
        for name, changed in zip(arguments, (False, True)):
            with open(name, "w", encoding="utf-8") as file:
                json.dump(template(changed, strings), file, ensure_ascii=False)
        return 0
    for problem in problems[:20]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
