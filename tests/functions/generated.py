#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the build makes of an audit schema: C that holds every text as it was, for any text, and SQL for any name."""
import subprocess

from database import Postgres
from harness import Checks
from workspace import BUILD, SOURCE, Workspace, need, run

workspace = Workspace()
checks = Checks()
compiler = need("cc")
TEXTS = ["??/", "a??/\"b", "??=??(??)??'??<??!??>??-", "\\", "\"", "'", "\\n\\0", "a\nb\tc\r", "é\u2028\U0001f600", "?", "%s%n", "\x7f",
         "*/ // /*", "\"; int x; //"]

SCHEMA = """table: order
conflict: user
columns:
  - {{ name: user, type: uuid, from: event_id, required: true }}
  - {{ name: select, type: text, from: {path}, default: {default} }}
  - {{ name: group, type: text, sql: {sql} }}
event_types: [a.b]
"""

PRINTER = r"""
#include "audit_schema.h"
#include <stdio.h>
int main(void)
{
    const char *const texts[] = { audit_parameters[1].path, audit_parameters[1].fallback, audit_insert_sql };
    for (int i = 0; i < 3; i++)
        fwrite(texts[i], 1, __builtin_strlen(texts[i]) + 1, stdout);
}
"""


def in_yaml(text):
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def texts_in_c(text, sql):
    """The three texts as a program sees them that is compiled with the generated file."""
    folder = workspace.path / "generated"
    folder.mkdir(exist_ok=True)
    schema = folder / "schema.yaml"
    schema.write_text(SCHEMA.format(path=in_yaml(text), default=in_yaml(text), sql=in_yaml(sql)))
    run(BUILD / "functions" / "generate-audit-schema", schema, folder)
    (folder / "main.c").write_text(PRINTER)
    run(compiler, "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", SOURCE / "functions" / "audit-consumer", "-o",
        folder / "program", folder / "main.c", folder / "audit_schema.c")
    output = subprocess.run([str(folder / "program")], check=True, capture_output=True).stdout
    return [part.decode() for part in output.split(b"\0")[:3]]


def test_any_text_survives_in_c():
    for text in TEXTS:
        sql = "'" + text.replace("'", "''") + "'"
        path, default, statement = texts_in_c(text, sql)
        checks.equal((path, default), (text, text), f"{text!r}")
        checks.that(f", {sql})" in statement, f"{text!r} in {statement!r}")


def test_any_name_is_one_in_sql():
    postgres = Postgres(workspace)
    statement = texts_in_c("x", "'it''s'")[2]
    postgres.sql('CREATE TABLE "order" ("user" uuid UNIQUE, "select" text, "group" text)')
    postgres.sql(f"PREPARE s AS {statement}; EXECUTE s('550e8400-e29b-41d4-a716-446655440000', 'y')")
    checks.equal(postgres.sql('SELECT "select", "group" FROM "order"'), "y|it's", "reserved words are names too")


checks.run(globals())
