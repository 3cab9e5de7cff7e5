#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The packages: what is in them, that they are the same bytes again, that they run where Lambda would run them."""
import hashlib
import os
import re
import subprocess
import zipfile

from aws_fakes import EventBridge, SecretsManager
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, eventbridge_event, function_environment
from workspace import BUILD, SOURCE, Workspace, need

workspace = Workspace()
checks = Checks()
NAMES = ("event-publisher", "audit-consumer")
GLIBC = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2",
         "ld-linux-x86-64.so.2"}
LAMBDA_GLIBC = (2, 34)  # Amazon Linux 2023


def package(name):
    return BUILD / "functions" / f"{name}.zip"


def unpack(name, folder):
    with zipfile.ZipFile(package(name)) as archive:
        for entry in archive.infolist():
            path = folder / entry.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))
            path.chmod(entry.external_attr >> 16 & 0o7777)
    return folder


def test_form():
    for name in NAMES:
        with zipfile.ZipFile(package(name)) as archive:
            entries = archive.infolist()
            checks.equal(archive.testzip(), None, f"{name} is whole")
        names = [e.filename for e in entries]
        checks.equal(names, sorted(names), "sorted names")
        checks.that({"bootstrap", "ca.pem", "rds-ca.pem"} <= set(names), f"{names}")
        checks.equal({e.date_time for e in entries}, {(1980, 1, 1, 0, 0, 0)}, "one date")
        checks.equal({e.filename: oct(e.external_attr >> 16) for e in entries if e.filename in ("bootstrap", "ca.pem")},
                     {"bootstrap": "0o100755", "ca.pem": "0o100644"}, "modes")
        checks.that(all(not e.extra for e in entries), "no extra fields")
        checks.that(package(name).stat().st_size < 50_000_000, "Lambda's limit for a direct upload")


def test_content_hash():
    for name in NAMES:
        with zipfile.ZipFile(package(name)) as archive:
            lines = [f"{e.external_attr >> 16 & 0o7777:04o} {hashlib.sha256(archive.read(e)).hexdigest()} {e.filename}\n"
                     for e in archive.infolist()]
        written = package(name).with_suffix(".zip.sha256").read_text().strip()
        checks.equal(written, hashlib.sha256("".join(lines).encode()).hexdigest(), f"{name}'s listing")


def test_reproducible():
    for name in NAMES:
        before = package(name).read_bytes()
        manifest = (BUILD / "functions" / f"{name}.manifest").read_text().splitlines(keepends=True)
        shuffled = workspace.path / "manifest"
        shuffled.write_text("".join(reversed(manifest)))
        again = workspace.path / f"{name}.zip"
        for line in manifest:
            os.utime(line.split(" ", 2)[2].strip(), (1, 1))
        subprocess.run([BUILD / "functions" / "pack", again, shuffled], check=True)
        checks.equal(hashlib.sha256(again.read_bytes()).hexdigest(), hashlib.sha256(before).hexdigest(), f"{name} again")
        checks.that(str(SOURCE).encode() not in (unpack(name, workspace.path / "u" / name) / "bootstrap").read_bytes(),
                    f"{name} does not say where it was built")


def test_runs_on_lambdas_glibc():
    objdump = need("objdump")
    for name in NAMES:
        folder = unpack(name, workspace.path / "g" / name)
        provided = {p.name for p in folder.rglob("*") if p.is_file()}
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.read_bytes()[:4] == b"\x7fELF"):
            text = subprocess.run([objdump, "-T", path], capture_output=True, text=True, check=True).stdout
            versions = {tuple(int(n) for n in v.split(".")) for v in re.findall(r"GLIBC_([0-9.]+)", text)}
            checks.that(not versions or max(versions) <= LAMBDA_GLIBC, f"{path.name} needs glibc {max(versions, default=0)}")
            dynamic = subprocess.run([objdump, "-p", path], capture_output=True, text=True, check=True).stdout
            needed = set(re.findall(r"NEEDED\s+(\S+)", dynamic))
            checks.that(needed <= provided | GLIBC, f"{path.name} needs {needed - provided - GLIBC}")
            if path.name == "bootstrap":
                checks.that(re.search(r"RPATH\s+\$ORIGIN/lib\n", dynamic) and "RUNPATH" not in dynamic,
                            "DT_RPATH, which LD_LIBRARY_PATH does not beat")


def test_libraries_come_from_the_package():
    for name in NAMES:
        folder = unpack(name, workspace.path / "l" / name)
        decoy = workspace.path / "decoy"
        decoy.mkdir(exist_ok=True)
        for library in (folder / "lib").glob("*") if (folder / "lib").exists() else ():
            (decoy / library.name).write_bytes(b"not a library")
        if not (folder / "lib").exists():
            continue
        done = subprocess.run([folder / "bootstrap"], env={"LD_LIBRARY_PATH": str(decoy)}, capture_output=True, text=True)
        checks.that("AWS_LAMBDA_RUNTIME_API is not set" in done.stderr, f"{name}: {done.stderr}")


def test_authorities():
    for name in NAMES:
        text = (unpack(name, workspace.path / "c" / name) / "ca.pem").read_text()
        checks.equal(text.count("BEGIN CERTIFICATE"), 5, "Amazon Root CA 1 to 4 and Starfield Services G2")


def test_the_packages_work():
    postgres = Postgres(workspace)
    secrets, bridge = SecretsManager(workspace, postgres), EventBridge(workspace)
    event = payload("member.invited", ("member", "m"), 1)
    insert_outbox(postgres, [event])
    for name in NAMES:
        folder = unpack(name, workspace.path / "w" / name)
        fn = Lambda(workspace, name, function_environment(postgres, secrets, bridge), command=[folder / "bootstrap"],
                    task_root=folder)
        answer = fn.invoke(eventbridge_event(event))
        checks.equal(answer["status"], "ok", f"{name}: {answer['body']}")
    checks.equal((len(bridge.received), postgres.sql("SELECT count(*) FROM events_auditlog")), (1, "1"), "both did their work")


checks.run(globals())
