"""A secret that is not there ends its own source only: the others are read, and nothing gets smaller unsaid."""

from __future__ import annotations

import json
from pathlib import Path

from stackmap.model import FixBy, Reach
from stackmap.sdk import serve
from tests.functional.cli import Done, inside
from tests.functional.quick import unhurried_vendor
from tests.functional.vendor import ENVIRONMENT, server, stored, workspace

OTHER = """\
  other:
    connector: n8n
    base_url: {url}
    tenant: second
    api_key: {key}
"""
BOTH = {**ENVIRONMENT, "OTHER_KEY": ENVIRONMENT["N8N_API_KEY"]}


def two(folder: Path, url: str, key: str = "env:OTHER_KEY") -> Path:
    """A workspace with a second source, whose secret lies elsewhere."""
    place = workspace(folder, url)
    with (place / "stackmap.yaml").open("a", encoding="utf-8") as file:
        file.write(OTHER.format(url=url, key=key))
    return place


def run(place: Path, *command: str, env: dict[str, str] | None = None) -> Done:
    with unhurried_vendor():
        return inside(*command, "--quiet", cwd=place, env=env or dict(ENVIRONMENT))


def test_the_doctor_tries_the_other_sources_and_ends_with_3(tmp_path: Path) -> None:
    with serve(server()) as url:
        done = run(two(tmp_path, url), "doctor", "--format", "json")
    assert done.code == 3
    states = {(item["source"], item["state"]) for item in json.loads(done.out)["coverage"]}
    assert states == {("n8n", "complete"), ("other", "failed")}
    (reason,) = {item["reason"] for item in json.loads(done.out)["coverage"] if item["source"] == "other"}
    assert reason == "env:OTHER_KEY is not set in the environment; set it, then try again"


def test_collect_stores_what_it_could_read_and_keeps_what_was_known(tmp_path: Path) -> None:
    with serve(server()) as url:
        place = two(tmp_path, url)
        assert run(place, "collect", env=BOTH).code == 0
        before = stored(place)
        done = run(place, "collect")
        assert run(place, "collect", "--require-complete").code == 3
    after = stored(place, 2)
    assert done.code == 0
    assert "other: env:OTHER_KEY is not set in the environment" in done.notes
    assert "could not be read at all, what was known before is kept" in done.out
    known = [fact for fact in before.facts if fact.evidence[0].source == "other"]
    assert known
    assert [fact for fact in known if fact not in after.facts] == []
    missed = [item for item in after.coverage if item.source == "other"]
    assert {(item.state, item.fix_by, item.system) for item in missed} == {
        (Reach.FAILED, FixBy.OPERATOR, "n8n/second"),
    }
    assert {item.inventory for item in missed} == {item.inventory for item in before.coverage}
    assert all(item.read_at for item in missed if item.inventory == "users")


def test_a_source_that_was_never_read_is_told_and_leaves_nothing_behind_once_it_is(tmp_path: Path) -> None:
    with serve(server()) as url:
        place = two(tmp_path, url)
        # As long as the tenant is a reference too, nobody can say which system it would be.
        text = (place / "stackmap.yaml").read_text(encoding="utf-8")
        (place / "stackmap.yaml").write_text(text.replace(f"base_url: {url}\n    tenant: second", "base_url: env:URL"))
        run(place, "collect")
        unnamed = {item.system for item in stored(place).coverage if item.source == "other"}
        (place / "stackmap.yaml").write_text(text, encoding="utf-8")
        run(place, "collect", env=BOTH)
    assert unnamed == {""}
    after = [item for item in stored(place).coverage if item.source == "other"]
    assert {(item.state, item.system) for item in after} == {(Reach.COMPLETE, "n8n/second")}


def test_where_nothing_at_all_could_be_read_nothing_is_stored(tmp_path: Path) -> None:
    done = run(workspace(tmp_path, "http://127.0.0.1:9", key="env:MISSING_KEY"), "collect")
    assert done.code == 2
    assert "nothing could be read, so nothing was stored" in done.notes
    assert "env:MISSING_KEY is not set in the environment" in done.notes
    assert not (tmp_path / "stackmap.db").exists()


def test_what_is_no_name_of_a_variable_is_not_kept(tmp_path: Path) -> None:
    """Somebody may have put the secret itself where its name belongs."""
    with serve(server()) as url:
        place = two(tmp_path, url, key="env:pat-na1-planted")
        assert run(place, "collect").code == 0
        other = two(tmp_path / "file", url, key="file:/nowhere/planted")
        assert run(other, "collect").code == 0
    for folder in (place, other):
        assert b"planted" not in (folder / "stackmap.db").read_bytes()
        reasons = {item.reason for item in stored(folder).coverage if item.source == "other"}
        assert all("stackmap doctor says more" in reason for reason in reasons)


def test_a_mistake_in_the_settings_still_ends_the_command(tmp_path: Path) -> None:
    place = two(tmp_path, "http://127.0.0.1:9", key="a-literal")
    assert run(place, "collect").code == 2
    assert run(place, "doctor").code == 2
