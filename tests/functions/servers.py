#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The servers that the functions talk to, for tests written in shell: prints NAME=VALUE lines that say where they are
and then "ready", and goes on until its standard input ends."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from aws_fakes import EventBridge, SecretsManager  # noqa: E402
from database import PASSWORD, Postgres  # noqa: E402
from harness import function_environment  # noqa: E402
from workspace import Workspace  # noqa: E402
from urllib.parse import quote  # noqa: E402

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
bridge = EventBridge(workspace)
for name, value in function_environment(postgres, secrets, bridge).items():
    if name not in ("BATCH_SIZE", "MAX_ATTEMPTS", "EVENT_BUS_NAME"):  # the stack sets these
        print(f"env={name}={value}")
print(f"socket={postgres.folder}")
print(f"port={postgres.port}")
print(f"url=postgresql://app:{quote(PASSWORD, safe='')}@localhost:{postgres.port}/tango"
      f"?sslmode=verify-full&sslrootcert={quote(str(postgres.authority.ca))}")
print("ready", flush=True)
sys.stdin.read()
