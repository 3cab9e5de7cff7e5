#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Types at an interactive shell: tab.py SETUP LINE SHELL [ARGUMENT...]

Runs the commands of SETUP, types LINE, where \t is the tab key, then makes the command line one of `show`, runs it and
prints what that says. SETUP defines `show` and sets a prompt that begins with "READY".
"""
import os
import pty
import re
import select
import sys

DEADLINE_SECONDS = 60


def read_until(fd, wanted, seen):
    while not re.search(wanted, seen):
        if not select.select([fd], [], [], DEADLINE_SECONDS)[0]:
            sys.exit(f"waited in vain for {wanted!r}: {seen!r}")
        seen += os.read(fd, 65536)
    return seen


def main():
    setup, line, *command = sys.argv[1:]
    child, fd = pty.fork()
    if child == 0:
        os.environ.update(TERM="dumb", COLUMNS="200", LINES="50")
        os.execvp(command[0], command)
    os.write(fd, setup.encode() + b"\n")
    # The echo of the setup holds the prompt too, not at the beginning of a line.
    read_until(fd, rb"[\r\n]READY", b"")
    os.write(fd, line.encode().decode("unicode_escape").encode() + b"\x01show \r")
    seen = read_until(fd, b"SHOWN", b"")
    while b"END" not in seen.split(b"SHOWN", 1)[1]:
        seen = read_until(fd, b"END", seen)
    print(seen.split(b"SHOWN", 1)[1].split(b"END", 1)[0].decode().replace("\r", "").strip())
    os.close(fd)


main()
