#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""allocation.py [OPTION...] -- COMMAND...: runs the command again and again, with every allocation made to fail in turn, once
alone and once with all that follow. Each time it either does all that it does otherwise, or ends with status 1 and a message;
what it writes is whole, as it was or as it becomes; no temporary file is left. Prints what is wrong, or how many allocations
there are. The library to preload is named by FAIL_ALLOCATION_LIBRARY; folders are compared with all that is in them.

  --at-least N            fewer allocations than that are a failure
  --before NAME SOURCE    before each run NAME, a file or folder, is a copy of SOURCE; without the option it is not there
  --after NAME SOURCE...  after each run NAME is like one of these; without:FILE stands for a folder that lacks FILE, or nothing
"""
import argparse
import os
import pathlib
import shutil
import sys
import tempfile

MESSAGES = (b"out of memory", b"Cannot allocate memory")


def content(path):
    """A file as its bytes, a folder as a dictionary, nothing as None."""
    if os.path.isdir(path):
        return {entry.name: content(entry.path) for entry in os.scandir(path)}
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


def restore(path, wanted):
    """Makes `path` what content() said; only what differs is written."""
    found = content(path)
    if found == wanted:
        return
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in found.keys() | wanted.keys():
            restore(os.path.join(path, name), wanted.get(name))
        return
    remove(path)
    if isinstance(wanted, dict):
        os.mkdir(path)
        for name, inner in wanted.items():
            restore(os.path.join(path, name), inner)
    elif wanted is not None:
        with open(path, "wb") as file:
            file.write(wanted)


def temporary_files(found):
    names = found if isinstance(found, dict) else {}
    return [name for name in names if ".tmp" in name] + [name for inner in names.values() for name in temporary_files(inner)]


def is_like(found, wanted):
    if isinstance(wanted, str):
        return found is None or wanted.removeprefix("without:") not in found
    return found == wanted


class Runner:
    def __init__(self, options, command):
        self.command = command
        self.program = shutil.which(command[0])
        self.before = {name: content(source) for name, source in options.before}
        self.after = {name: [source if source.startswith("without:") else content(source) for source in sources]
                      for name, *sources in options.after}
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.mark = self.folder / "mark"
        self.streams = {1: self.folder / "out", 2: self.folder / "err"}

    def run(self, **failure):
        """Exit status, standard output, standard error, and what is in the current directory afterwards."""
        for name in self.before.keys() | self.after.keys():
            restore(name, self.before.get(name))
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0)]
        actions += [(os.POSIX_SPAWN_OPEN, fd, str(path), flags, 0o644) for fd, path in self.streams.items()]
        pid = os.posix_spawn(self.program, self.command, {**os.environ, **failure}, file_actions=actions)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return status, self.streams[1].read_bytes(), self.streams[2].read_bytes(), content(".")

    def problem(self, expected, outcome):
        status, output, errors, found = outcome
        if status == 0 and output != expected:
            return "another result"
        if status == 1 and not any(message in errors for message in MESSAGES):
            return "no clear message"
        if status not in (0, 1):
            return f"status {status}"
        if temporary_files(found):
            return f"left behind: {temporary_files(found)}"
        for name, wanted in self.after.items():
            if not any(is_like(found.get(name), each) for each in wanted):
                return f"{name} is neither as it was nor as it becomes"
        return None

    def each_allocation(self, library, expected, and_all_that_follow):
        number = 0
        failure = {"LD_PRELOAD": library, "FAIL_ALLOCATION_MARK": str(self.mark)}
        if and_all_that_follow:
            failure["FAIL_ALLOCATION_ON"] = "1"
        while True:
            number += 1
            self.mark.unlink(missing_ok=True)
            outcome = self.run(**failure, FAIL_ALLOCATION=str(number))
            if not self.mark.exists():
                return number - 1
            problem = self.problem(expected, outcome)
            if problem:
                raise SystemExit(f"allocation {number}{' and all that follow' if and_all_that_follow else ''}: {problem}\n"
                                 f"{outcome[2].decode(errors='replace')}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--at-least", type=int, default=10)
    parser.add_argument("--before", nargs=2, action="append", default=[])
    parser.add_argument("--after", nargs="+", action="append", default=[])
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    runner = Runner(options, options.command)
    try:
        status, expected, errors, _ = runner.run()
        if status != 0:
            raise SystemExit(f"without a failure: status {status}\n{errors.decode()}")
        for and_all_that_follow in (False, True):
            count = runner.each_allocation(os.environ["FAIL_ALLOCATION_LIBRARY"], expected, and_all_that_follow)
            if count < options.at_least:
                raise SystemExit(f"only {count} allocations: nothing was tested")
    finally:
        shutil.rmtree(runner.folder)
    print(f"{' '.join(options.command[1:])}: {count} allocations")


main()
