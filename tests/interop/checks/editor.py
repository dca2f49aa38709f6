"""Side files in an editor: language servers, spoken to as an editor does, with nothing but our schema."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from toolbox import MODELCARD, ROOT, environment, load_json, node, npm, run, scratch, snippets, write

SIDE_FILE = """\
lineage_version: "1.0"
model: {id: acme/chat-7b}
derived_from:
  - model: {id: acme/base-7b}
    relation: fine-tuned
"""


class _Editor:
    """One open workspace; language server protocol over the server's standard streams."""

    def __init__(self, server: subprocess.Popen[bytes], workspace: Path, settings: dict[str, Any]) -> None:
        self.server, self.workspace, self.settings = server, workspace, settings
        self.diagnostics: dict[str, list[Any]] = {}
        self.asked = 0
        here = {"uri": workspace.as_uri(), "name": "workspace"}
        can = {"workspace": {"configuration": True}, "textDocument": {"hover": {}, "completion": {}}}
        self.ask("initialize", processId=None, rootUri=here["uri"], workspaceFolders=[here], capabilities=can)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=settings)

    def tell(self, method: str, **params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while (answer := self.receive()).get("id") != self.asked or "method" in answer:
            pass
        return answer["result"]

    def send(self, message: dict[str, Any]) -> None:
        assert self.server.stdin
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(raw), raw))
        self.server.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message, after doing what an editor does with it."""
        assert self.server.stdout
        length = 0
        while (line := self.server.stdout.readline().strip()) or not length:
            assert self.server.poll() is None or line, "the language server stopped"
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        match message:
            case {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": found}}:
                self.diagnostics[uri] = found
            case {"method": "workspace/configuration", "id": id, "params": {"items": items}}:
                self.send({"id": id, "result": [self.settings.get(item.get("section")) for item in items]})
            case {"method": _, "id": id}:
                self.send({"id": id, "result": None})
        return message

    def open(self, name: str, text: str) -> list[Any]:
        """Open a new file and return the diagnostics shown for it."""
        write(self.workspace, {name: text})
        document = {
            "uri": self.uri(name),
            "languageId": "json" if name.endswith("json") else "yaml",
            "version": 1,
            "text": text,
        }
        self.tell("textDocument/didOpen", textDocument=document)
        while self.uri(name) not in self.diagnostics:
            self.receive()
        return self.diagnostics[self.uri(name)]

    def at(self, method: str, name: str, line: int, character: int) -> Any:
        """Ask something about a place in an open file, counted from 0."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": self.uri(name)}, position=place)

    def offered(self, name: str, line: int, character: int) -> set[str]:
        return {item["label"] for item in self.at("completion", name, line, character)["items"]}

    def uri(self, name: str) -> str:
        return (self.workspace / name).as_uri()


@contextmanager
def _editor(program: Path, settings: dict[str, Any]) -> Iterator[_Editor]:
    """An editor with a language server, in a workspace that holds the schema."""
    workspace = scratch("workspace")
    # The one path that VS Code makes whole itself; others are left to the server.
    url = '"url": "./'
    settings = json.loads(json.dumps(settings).replace(url, url.replace("./", f"{workspace.as_uri()}/")))
    write(workspace, {"lineage.schema.json": run(MODELCARD, "schema")})
    with subprocess.Popen(
        [node(), program, "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ) as server:
        limit = Timer(60, server.kill)
        limit.start()
        try:
            yield _Editor(server, workspace, settings)
        finally:
            limit.cancel()
            server.kill()


def _yaml(schemas: dict[str, Any]) -> AbstractContextManager[_Editor]:
    # Later versions want a newer Node than 20.
    program = npm("yaml-language-server@1.25.0") / "yaml-language-server" / "bin" / "yaml-language-server"
    return _editor(program, {"yaml": {"schemas": schemas, "schemaStore": {"enable": False}}})


def _documented(setting: str) -> Any:
    """What docs/editors.md tells VS Code to set."""
    text = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return json.loads(block)[setting]


def wrong_value_is_marked_where_it_stands() -> None:
    with _yaml(_documented("yaml.schemas")) as editor:
        (found,) = editor.open("chat.lineage.yaml", SIDE_FILE)
        assert found["range"] == {"start": {"line": 4, "character": 14}, "end": {"line": 4, "character": 24}}
        assert "continued-pretraining" in found["message"]
        assert not editor.open("good.lineage.yml", SIDE_FILE.replace("fine-tuned", "merge"))


def hover_describes_the_key() -> None:
    with _yaml(_documented("yaml.schemas")) as editor:
        editor.open("chat.lineage.yaml", SIDE_FILE)
        shown = editor.at("hover", "chat.lineage.yaml", 4, 6)["contents"]["value"]
        relation = load_json(editor.workspace / "lineage.schema.json")["$defs"]["Relation"]
        assert relation["description"].partition("\n")[0] in shown


def keys_and_values_are_completed() -> None:
    with _yaml(_documented("yaml.schemas")) as editor:
        editor.open("keys.lineage.yaml", f"{SIDE_FILE}    \n")
        assert {"license", "obtained"} <= editor.offered("keys.lineage.yaml", 5, 4)
        editor.open("values.lineage.yaml", SIDE_FILE.replace("fine-tuned", ""))
        assert {"finetune", "merge"} <= editor.offered("values.lineage.yaml", 4, 14)


def first_line_names_the_schema() -> None:
    (documented,) = snippets("editors.md", "yaml-language-server: $schema=")
    with _yaml({}) as editor:
        assert not editor.open("good.yaml", documented)
        assert editor.open("wrong.yaml", documented.replace("model:", "models:"))
        line = f"# yaml-language-server: $schema={editor.workspace}/lineage.schema.json\n"
        assert editor.open("absolute.yaml", line + SIDE_FILE)
        assert not editor.open("without.yaml", SIDE_FILE)


def wrong_value_in_json_is_marked_too() -> None:
    modules = npm("vscode-langservers-extracted@4.10.0")
    program = modules / "vscode-langservers-extracted" / "bin" / "vscode-json-language-server"
    settings = {"json": {"schemas": _documented("json.schemas"), "validate": {"enable": True}}}
    with _editor(program, settings) as editor:
        text = '{"lineage_version": "1.0", "model": {"id": "acme/chat-7b", "released": "yesterday"}}\n'
        (found,) = editor.open("chat.lineage.json", text)
        assert found["range"]["start"] == {"line": 0, "character": text.index('"yesterday"')}
        assert not editor.open("good.lineage.json", text.replace("yesterday", "2026-02-01"))
