# SPDX-License-Identifier: MIT
"""Questions about a place of a document, "|" in it, each in a session of its own."""
from client import Client, URI, applied, cursor

HIERARCHY = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
                              "hover": {"contentFormat": ["markdown", "plaintext"]},
                              "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}}
JSON_URI = "file:///project/template.json"


def complete(text, language="yaml", capabilities=None):
    """Labels and texts that each would make of the document."""
    uri = JSON_URI if language == "json" else URI
    encoding = (capabilities or {}).get("general", {}).get("positionEncodings", ["utf-16"])[0]
    plain, line, character = cursor(text, encoding)
    with Client(capabilities=capabilities) as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/completion", line, character, uri)
        assert client.end() == 0
    items = answer["items"] if answer else []
    return {item["label"]: applied(plain, item["textEdit"], encoding) for item in items}


def hover(text, language="yaml", capabilities=HIERARCHY):
    uri = JSON_URI if language == "json" else URI
    plain, line, character = cursor(text)
    with Client(capabilities=capabilities) as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/hover", line, character, uri)
        assert client.end() == 0
    return answer["contents"]["value"] if answer else None


def definition(text, language="yaml"):
    """The text that is gone to."""
    uri = JSON_URI if language == "json" else URI
    plain, line, character = cursor(text)
    with Client() as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/definition", line, character, uri)
        assert client.end() == 0
    if not answer:
        return None
    assert answer["uri"] == uri
    start, end = answer["range"]["start"], answer["range"]["end"]
    return start["line"], plain.split("\n")[start["line"]][start["character"]:end["character"]]
