"""Records the public API's answers as pages for the connector's tests, from a server of invented people.

Scrubbing: the ports of the run are replaced. Keys and cookies do not appear in these answers; a page that
holds one all the same is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx

from tests.live import vendors
from tests.live.admin import Server
from tests.live.company import Company
from tests.live.server import VERSION

STAND_IN_SERVER = "http://127.0.0.1:5678"
STAND_IN_DOOR = "http://127.0.0.1:9000/"


_SOURCES = """# Where these pages come from

Recorded on {day} by `python -m tests.live --record` from n8n {version} (free edition, SQLite) that the run
itself started on 127.0.0.1 and filled with the company of `tests/live/company.py` and `tests/live/vendors.py` as
they were that day.
Only the bodies are kept, indented, with their keys in the server's order.

| page | call below `/api/v1` | key of | status |
|---|---|---|---|
{rows}

Scrubbed: the run's ports (the server's reads 5678, that of the service which the workflows ask 9000).
Nothing else had to be: people and workflows are invented (`example.test`), ids are the server's own, and
these answers hold no keys, cookies or credential values; the recorder refuses a page with a key in it.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One recorded answer: what was asked, by whom, and what came back."""

    name: str
    call: str
    asked_by: str
    answer: httpx.Response = field(repr=False)


def record(server: Server, company: Company, door_url: str, folder: Path) -> list[Page]:
    """Write every page into `folder` and return what was recorded, in the order of the calls."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = vendors.add(server, company.logins["jo"], company.flow_ids["health"])
    pages = list(_pages(server, company, digest))
    secrets = [login.key for login in company.logins.values()]
    for page in pages:
        text = json.dumps(page.answer.json(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"
        text = text.replace(server.url, STAND_IN_SERVER).replace(door_url, STAND_IN_DOOR)
        if any(secret in text for secret in secrets):
            raise ValueError(f"{page.call} answered with a key; the page was not written")
        (folder / f"{page.name}.json").write_text(text, encoding="utf-8")
    return pages


def sources(pages: list[Page], day: date) -> str:
    """The text of SOURCES.md for these pages."""
    rows = [f"| `{p.name}.json` | `{p.call}` | {p.asked_by} | {p.answer.status_code} |" for p in pages]
    return _SOURCES.format(version=VERSION, day=day.isoformat(), rows="\n".join(rows))


def _pages(server: Server, company: Company, digest: str) -> Iterator[Page]:
    owner, member = company.logins["olga"].key, company.logins["dana"].key

    def ask(name: str, call: str, by: str = "owner", key: str = owner, body: object = None) -> Page:
        method, path = call.split(" ", 1)
        return Page(name, call, by, server.public(method, path, key, body))

    yield from _paged(server, "users", "/users?includeRole=true&limit=12", owner)
    yield from _paged(server, "workflows", "/workflows?limit=20&excludePinnedData=true", owner)
    yield ask("users-no-role", "GET /users?limit=2")
    yield ask("workflows-of-member", "GET /workflows?limit=14", "member", member)
    for key in ("enrich", "health", "lead_router"):
        yield ask(f"workflow-{key.replace('_', '-')}", f"GET /workflows/{company.flow_ids[key]}")
    yield ask("workflow-crm-digest", f"GET /workflows/{digest}")
    yield ask("executions", "GET /executions?limit=3")
    yield ask("audit", "POST /audit", body={})
    yield ask("tags", "GET /tags")
    yield ask("error-401-no-key", "GET /workflows", "nobody", "")
    yield ask("error-401-wrong-key", "GET /workflows", "a made-up key", "not-a-key")
    yield ask("error-403-projects", "GET /projects")
    yield ask("error-403-variables", "GET /variables")
    yield ask("users-as-member", "GET /users?limit=3", "member", member)
    yield ask("error-403-audit-as-member", "POST /audit", "member", member, {})
    yield ask("error-405-credentials", "GET /credentials")
    yield ask("error-400-limit", "GET /workflows?limit=1000")
    yield ask("error-400-cursor", "GET /workflows?cursor=nonsense")
    yield ask("error-404-workflow", "GET /workflows/absent0000000000")


def _paged(server: Server, name: str, path: str, key: str) -> Iterator[Page]:
    """Both pages of a list; a list that does not fill exactly two is an error of the recording."""
    first = server.public("GET", path, key)
    cursor = first.json()["nextCursor"]
    second = server.public("GET", f"{path}&cursor={cursor}", key)
    if second.json()["nextCursor"] is not None:
        raise ValueError(f"{path} has more than two pages; raise its limit")
    yield Page(f"{name}-1", f"GET {path}", "owner", first)
    yield Page(f"{name}-2", f"GET {path}&cursor=...", "owner", second)
