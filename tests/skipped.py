#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""skipped.py REPORT...: what was skipped in CTest's reports (JUnit XML), each reason once with how many tests and parts of
tests it made skip. What a test prints for it: "skipped: REASON", or "skipped: PART: REASON", or Node.js's "# SKIP REASON".
The last line is the number of all.
"""
import collections
import re
import sys
import xml.etree.ElementTree

LINE = re.compile(r"^skipped: (?:\w*test_\w+: )?(.+)$|# SKIP\b ?(.*)$", re.MULTILINE)


def reasons_of(case):
    output = "".join(element.text or "" for element in case.iter("system-out"))
    return [(first or second or "no reason is given").strip() for first, second in LINE.findall(output)]


def counted(number, one):
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def main(paths):
    tests, parts = collections.Counter(), collections.Counter()
    for path in paths:
        for case in xml.etree.ElementTree.parse(path).iter("testcase"):
            reasons = reasons_of(case)
            if case.find("skipped") is not None:
                tests[reasons[0] if reasons else "no reason is given"] += 1
            elif case.get("status") == "run":
                parts.update(reasons)
    for reason in sorted({*tests, *parts}, key=lambda r: (-tests[r] - parts[r], r)):
        counts = [counted(tests[reason], "test")] if tests[reason] else []
        counts += [counted(parts[reason], "part") + " of tests"] if parts[reason] else []
        print(f"skipped: {' and '.join(counts)}: {reason}")
    print(sum(tests.values()) + sum(parts.values()))


main(sys.argv[1:])
