#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds docs/troubleshooting.md against the sources: troubleshooting.py DIRECTORY

Every message with which a command or a stack of a deployment ends either says what to do by itself or is in the document,
and every message that the document names is one of the sources. Prints what is not so.
"""
import re
import sys
from pathlib import Path

# What ends something, and which of its arguments is the format.
ENDS = re.compile(r"\b(cli_error|cli_usage_error|job_fail|job_fail_reply|fail_environment)\(")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
DIRECTIVE = re.compile(r"%[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:z|l|ll|h)?[a-zA-Z]|%%")
# A second line, a clause behind a semicolon, or an option or command that helps.
ADVICE = re.compile(r"\\n|; |not offered here: |--[a-z]|did you mean|exclude each other|takes |needs |does not take|matches ")
SHORTEST = 8  # of a part of a message that tells anything


def arguments_of(text, start):
    """The text of the call's arguments; `start` is behind the parenthesis."""
    depth, i = 1, start
    while depth:
        string = STRING.match(text, i)
        if string:
            i = string.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        i += 1
    return text[start:i - 1]


def messages(directory):
    for path in sorted(Path(directory, "src").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        for call in ENDS.finditer(text):
            found = re.search(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*', arguments_of(text, call.end()))
            if found:
                yield path, "".join(STRING.findall(found.group(0)))


def parts(message, separator):
    """What is always the same in a message, without what only joins."""
    pieces = (piece.strip(" :'\"(),;") for piece in separator.split(message.split("\\n")[0]))
    return [piece for piece in pieces if len(piece) >= SHORTEST]


def main():
    directory = sys.argv[1]
    document = Path(directory, "docs/troubleshooting.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`]+)`", document, re.MULTILINE)
    sources = "\n".join("".join(STRING.findall(m.group(0))) for path in Path(directory, "src").rglob("*.c")
                        for m in re.finditer(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*', path.read_text(encoding="utf-8")))
    count, wrong = 0, []
    for path, message in messages(directory):
        literal = parts(message, DIRECTIVE)
        if not literal:
            continue  # it passes on what another one says
        count += 1
        if not ADVICE.search(message) and not all(any(part in name for name in named) for part in literal):
            wrong.append(f"{path.name}: '{message}' neither says what to do nor is in docs/troubleshooting.md")
    for name in named:
        for part in parts(name, re.compile("…")):
            if part not in sources:
                wrong.append(f"docs/troubleshooting.md: no source says '{part}'")
    print("\n".join(wrong))
    print(f"{count} messages, {len(named)} in the document, {len(wrong)} wrong")
    sys.exit(1 if wrong or count < 100 or len(named) < 40 else 0)


main()
