# SPDX-License-Identifier: MIT
"""What every test of the Lambda functions needs: its folder, programs and ports. Everything is cleaned up at exit.

Environment: BUILD_DIRECTORY (the CMake build), SOURCE_DIRECTORY. A missing real part ends the test as skipped (77).
"""
import atexit
import contextlib
import glob
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(os.environ.get("SOURCE_DIRECTORY", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("BUILD_DIRECTORY", SOURCE / "build" / "debug"))


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def skip_without_packages():
    """For want of Python packages that Debian does not have."""
    missing = SOURCE / "build" / "python-missing"
    skip(missing.read_text().strip() if missing.exists() else "moto and cfn-lint are not installed: script/install python")


def need(program):
    found = shutil.which(program)
    if not found:
        for directory in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
            if os.access(f"{directory}/{program}", os.X_OK):
                return f"{directory}/{program}"
        skip(f"{program} is not installed")
    return found


def instrumented():
    """Whether the functions run with sanitizers or under another program: their memory says nothing then."""
    program = BUILD / "functions" / "bin" / "event-publisher" / "bootstrap"
    return b"__asan_init" in program.read_bytes() or "FUNCTION_WRAPPER" in os.environ


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(condition, seconds=30, interval=0.01):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(interval)
    return False


class Workspace:
    """A temporary folder; what is registered with it is stopped before it goes."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="tango-fn-"))
        self.path.chmod(0o755)
        self.stack = contextlib.ExitStack()
        self.stack.callback(shutil.rmtree, self.path, ignore_errors=True)
        atexit.register(self.stack.close)

    def on_exit(self, function, *arguments):
        self.stack.callback(function, *arguments)


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **options).stdout
