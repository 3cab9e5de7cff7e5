#!/usr/bin/env bash
# src/util/text/columns.def against Python's unicodedata, for every character that Unicode 14 has.
exec python3 -I -S - "$SOURCE_DIRECTORY/src/util/text/columns.def" <<'PYTHON'
import re, sys, unicodedata

if unicodedata.unidata_version != "14.0.0":
    print(f"skipped: this Python has Unicode {unicodedata.unidata_version}, not 14")
    sys.exit(77)

table = {}
for first, last, columns in re.findall(r"{ 0x(\w+), 0x(\w+), (\d) }", open(sys.argv[1]).read()):
    for code in range(int(first, 16), int(last, 16) + 1):
        assert code not in table, hex(code)
        table[code] = int(columns)


def columns(code):
    character, category = chr(code), unicodedata.category(chr(code))
    if category in ("Mn", "Me", "Cf") and code != 0xAD:  # a soft hyphen is drawn
        return 0
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:  # vowels and finals within a Hangul syllable
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


wrong = [hex(code) for code in range(0xA0, 0x110000)
         if unicodedata.category(chr(code)) not in ("Cn", "Cs") and table.get(code, 1) != columns(code)]
print(len(table), "characters;", "wrong:", wrong[:10])
sys.exit(bool(wrong))
PYTHON
