#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program at a terminal, and does what a person would.

Usage: terminal.py COLUMNSxROWS RESULT STEP... -- COMMAND...

Steps, one after the other:  wait:TEXT         until that is on the screen
                             send:TEXT         is typed (\\x03 is Ctrl-C)
                             size:COLUMNSxROWS the window gets another size
                             signal:NAME       goes to the program alone (TERM, INT, ...)
                             run:SHELL         something else happens meanwhile
RESULT gets what the terminal has shown, as JSON: "status" of the program, "lines" (all of them, also those that have
left the screen), "wrapped" (lines that went on in the next row), "raw" (everything that was printed). Exit status: the
program's, or 99 when a step waits in vain.
"""
import codecs
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

PATIENCE_SECONDS = 120
SEQUENCE = re.compile(r"\033\[(\??[0-9;]*)([A-Za-z])")


class Screen:
    """Lines that end in a newline or go on; a row of the terminal is a piece of one."""

    def __init__(self, columns, rows):
        self.columns = columns
        self.rows = rows
        self.lines = [""]  # rows, also those that have left the screen
        self.continued = [False]  # whether a row goes on from the one before
        self.row = self.column = 0  # the cursor's
        self.wrapped = 0
        self.pending = ""

    def resize(self, columns, rows):
        """Long lines are broken anew, as most terminals do."""
        whole = []
        cursor = 0  # its line
        for row, (text, goes_on) in enumerate(zip(self.lines, self.continued)):
            if goes_on:
                whole[-1] += text
            else:
                whole.append(text)
            if row == self.row:
                cursor = len(whole) - 1
        self.columns, self.rows, self.lines, self.continued = columns, rows, [], []
        for number, text in enumerate(whole):
            if number == cursor:
                self.row = len(self.lines)
            pieces = [text[i:i + columns] for i in range(0, len(text), columns)] or [""]
            self.lines += pieces
            self.continued += [False] + [True] * (len(pieces) - 1)

    def next_row(self, goes_on):
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append("")
            self.continued.append(goes_on)

    def write(self, text):
        text = self.pending + text
        at = 0
        while at < len(text):
            match = SEQUENCE.match(text, at)
            if match:
                self.control(match.group(1), match.group(2))
                at = match.end()
                continue
            if text[at] == "\033" and len(text) - at < 8:
                break  # the rest of it comes later
            self.put(text[at])
            at += 1
        self.pending = text[at:]

    def control(self, arguments, letter):
        top = max(0, len(self.lines) - self.rows)
        if letter == "A":
            self.row = max(top, self.row - int(arguments or 1))
        elif letter == "J":
            self.lines[self.row:] = [self.lines[self.row][:self.column]]
            self.continued[self.row:] = [False]
        elif letter == "K":
            self.lines[self.row] = "" if arguments == "2" else self.lines[self.row][:self.column]
            self.continued[self.row] = False

    def put(self, character):
        if character == "\n":
            self.next_row(False)
        elif character == "\r":
            self.column = 0
        else:
            if self.column == self.columns:
                self.next_row(True)
                self.wrapped += 1
                self.column = 0
            text = self.lines[self.row].ljust(self.column)
            self.lines[self.row] = text[:self.column] + character + text[self.column + 1:]
            self.column += 1


def set_size(fd, size):
    columns, rows = map(int, size.split("x"))
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return columns, rows


class Session:
    def __init__(self, size, command):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores it
            signal.signal(signal.SIGQUIT, signal.SIG_DFL)
            time.sleep(0.05)
            os.execvp(command[0], command)
        self.screen = Screen(*set_size(self.fd, size))
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.raw = ""
        self.is_open = True

    def read(self, seconds):
        if not self.is_open or not select.select([self.fd], [], [], seconds)[0]:
            return
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # EIO: the program has ended
            data = b""
        self.is_open = bool(data)
        text = self.decode(data)
        self.raw += text
        self.screen.write(text)

    def wait(self, text):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.is_open and time.monotonic() < deadline:
            if text in "\n".join(self.screen.lines):
                return
            self.read(0.1)
        if text not in "\n".join(self.screen.lines):
            sys.stderr.write(f"waited in vain for {text!r}; the terminal shows\n" + "\n".join(self.screen.lines) + "\n")
            os.kill(self.pid, signal.SIGKILL)
            sys.exit(99)

    def step(self, step):
        verb, _, argument = step.partition(":")
        if verb == "wait":
            self.wait(argument)
        elif verb == "send":
            os.write(self.fd, codecs.decode(argument, "unicode_escape").encode())
        elif verb == "size":
            self.screen.resize(*set_size(self.fd, argument))
        elif verb == "signal":
            os.kill(self.pid, getattr(signal, "SIG" + argument))
        elif verb == "run":
            subprocess.run(argument, shell=True, check=True)
        else:
            sys.exit(f"no such step: {step}")


def main():
    size, result, *rest = sys.argv[1:]
    steps, command = rest[:rest.index("--")], rest[rest.index("--") + 1:]
    session = Session(size, command)
    for step in steps:
        session.step(step)
    while session.is_open:
        session.read(PATIENCE_SECONDS)
    status = os.waitstatus_to_exitcode(os.waitpid(session.pid, 0)[1])
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"status": status, "lines": session.screen.lines, "wrapped": session.screen.wrapped, "raw": session.raw}, file)
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
