#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The functions' own tests once more, with the functions under valgrind."""
import os
import pathlib
import subprocess
import sys

from workspace import need

valgrind = need("valgrind")
folder = pathlib.Path(__file__).parent
environment = {**os.environ, "FUNCTION_WRAPPER": f"{valgrind} --quiet --leak-check=full --show-leak-kinds=definite"}
# Those that wait for nothing: under valgrind everything takes twenty times as long.
TESTS = {
    "publisher.py": ["test_publishes_everything_in_order", "test_partial_failure"],
    "publisher_dead_letters.py": ["test_permanent_errors_fail_at_once", "test_malformed_and_oversized_payloads",
                                  "test_content_that_breaks_the_call", "test_every_way_to_be_given_up",
                                  "test_content_that_the_queue_refuses"],
    "publisher_survives.py": ["test_garbage", "test_refused_as_such", "test_configuration"],
    "consumer.py": [],
}
failed = [name for name, tests in TESTS.items()
          if subprocess.run([sys.executable, folder / name, *tests], env=environment).returncode]
print("failed:", failed) if failed else print(f"{len(TESTS)} passed, 0 failed")
sys.exit(1 if failed else 0)
