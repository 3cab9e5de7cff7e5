# SPDX-License-Identifier: MIT
"""spdx.py FILE ROOT: checks a bill of materials against what SPDX 2.3 demands (its clauses 6 to 11), and its files against ROOT."""
import hashlib
import json
import pathlib
import re
import sys

document = json.loads(pathlib.Path(sys.argv[1]).read_text())
root = pathlib.Path(sys.argv[2])
faults = []


def demand(condition, what):
    if not condition:
        faults.append(what)


ID = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
LICENSE = re.compile(r"NOASSERTION|NONE|[A-Za-z0-9.+() -]+")
PURL = re.compile(r"pkg:(deb/debian|npm|pypi|generic)/[A-Za-z0-9%._/-]+@[A-Za-z0-9%._~+-]+(\?arch=[a-z0-9]+)?")

demand(document.get("spdxVersion") == "SPDX-2.3", "spdxVersion (6.1)")
demand(document.get("dataLicense") == "CC0-1.0", "dataLicense (6.2)")
demand(document.get("SPDXID") == "SPDXRef-DOCUMENT", "SPDXID (6.3)")
demand(document.get("name"), "name (6.4)")
demand(re.fullmatch(r"https?://[^#\s]+", document.get("documentNamespace", "")), "documentNamespace (6.5)")
creation = document.get("creationInfo", {})
demand(creation.get("creators") and all(re.match(r"(Person|Organization|Tool): ", c) for c in creation["creators"]), "creators (6.8)")
demand(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", creation.get("created", "")), "created (6.9)")

known = {"SPDXRef-DOCUMENT"}
for package in document["packages"]:
    name = package.get("name", "a package")
    demand(ID.fullmatch(package.get("SPDXID", "")), f"{name}: SPDXID (7.2)")
    demand(package.get("SPDXID") not in known, f"{name}: its SPDXID stands twice")
    known.add(package.get("SPDXID"))
    demand(package.get("name"), "a package's name (7.1)")
    demand(package.get("versionInfo"), f"{name}: versionInfo (7.3)")
    demand(re.match(r"(Person|Organization): .|NOASSERTION$", package.get("supplier", "")), f"{name}: supplier (7.5)")
    demand(package.get("downloadLocation"), f"{name}: downloadLocation (7.7)")
    demand(package.get("filesAnalyzed") is False, f"{name}: filesAnalyzed (7.8)")
    for key in ("licenseConcluded", "licenseDeclared"):
        demand(LICENSE.fullmatch(package.get(key, "")), f"{name}: {key} (7.13, 7.15)")
    demand(package.get("copyrightText"), f"{name}: copyrightText (7.17)")
    for reference in package.get("externalRefs", []):
        demand(reference.get("referenceCategory") == "PACKAGE-MANAGER" and reference.get("referenceType") == "purl", f"{name}: externalRefs (7.21)")
        demand(PURL.fullmatch(reference.get("referenceLocator", "")), f"{name}: {reference.get('referenceLocator')} is no purl")

for file in document["files"]:
    name = file.get("fileName", "a file")
    demand(ID.fullmatch(file.get("SPDXID", "")), f"{name}: SPDXID (8.2)")
    known.add(file.get("SPDXID"))
    demand(name.startswith("./"), f"{name}: fileName (8.1)")
    checksums = {c["algorithm"]: c["checksumValue"] for c in file.get("checksums", [])}
    content = (root / name).read_bytes()
    demand(checksums.get("SHA1") == hashlib.sha1(content).hexdigest(), f"{name}: SHA1 (8.4)")
    demand(checksums.get("SHA256") == hashlib.sha256(content).hexdigest(), f"{name}: SHA256")

described = set()
for relationship in document["relationships"]:
    ends = relationship["spdxElementId"], relationship["relatedSpdxElement"]
    demand(set(ends) <= known, f"a relationship of something that is not there: {ends}")
    demand(relationship["relationshipType"] in {"DESCRIBES", "STATIC_LINK", "DYNAMIC_LINK", "GENERATED_FROM", "CONTAINS"}, f"{relationship} (11.1)")
    if relationship["relationshipType"] == "DESCRIBES":
        described.add(ends[1])
demand("SPDXRef-Package-tango-infra" in described, "the document describes no tango-infra")
linked = [r for r in document["relationships"] if r["relationshipType"] in ("STATIC_LINK", "DYNAMIC_LINK")]
demand(len(linked) >= 5, f"only {len(linked)} libraries are linked in")

# A licence for each of Debian's packages, and a line in "copyright".
documents = root / "share" / "doc" / "tango-infra"
notices = (documents / "copyright").read_text()
for package in document["packages"]:
    for reference in package.get("externalRefs", []):
        match = re.match(r"pkg:deb/debian/([^@]+)@", reference["referenceLocator"])
        if match:
            demand((documents / "licenses" / match[1]).is_file(), f"the licence of {match[1]} is not there")
            demand(f"licenses/{match[1]}" in notices, f"copyright does not name {match[1]}")

for fault in faults:
    print(fault)
sys.exit(bool(faults))
