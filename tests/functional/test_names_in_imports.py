"""Lists that people fill in name people everywhere: nothing comes out under stand-ins, nothing stays once erased."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.functional.cli import inside

STAFF = """Employee ID,Name,Work Email,Status,Termination Date,Team,Manager's Email,Other Emails
EMP-77123,Jürgen Müller-Lüdenscheidt,j.mueller@lark.test,Active,,Team Jürgen,wlf@lark.test,jml@lark.test
EMP-77124,"Robert ""Bob"" O'Neill",bob.oneill@lark.test,Active,,Ops,,
EMP-77125,王小明,wang.xiaoming@lark.test,Active,,Ops,,
EMP-77126,Wolfgang von der Heide,wlf@lark.test,Active,,Ops,,
EMP-77127,Tara Quill,tquill@lark.test,Terminated,2026-01-02,Ops,,
EMP-77128,Íñigo Ñuñez,inigo@lark.test,Active,,Ops,,
EMP-77129,Katherine Smith,katie.smith@lark.test,Active,,Ops,,
"""
SCRIPTS = """name,runs_where,runs_as,if_switched_off,from,to,repository,owner,used_for
Müller's load,Jürgen's laptop,j.mueller@lark.test,stops,Sheets,CRM,git: jmueller/load,bob.oneill@lark.test,王小明 asks
wolfi upload,Wolfgangs Mac,wlf@lark.test,stops,Sheets,CRM,git: vdheide/load,,Bobs Traum
JML sync,server,jml@lark.test,stops,Sheets,CRM,git: x,,reports
小明的脚本,server,wang.xiaoming@lark.test,stops,Sheets,CRM,git: x,,x
Ledger export,server,tquill@lark.test,stops,Sheets,CRM,https://git.lark.test/~tq/x,,https://wiki.x.test/tquill
Nunez feed,inigo mac,inigo@lark.test,stops,Sheets,CRM,https://git.lark.test/~inunez/feed,,KS weekly (ask Kate)
"""
USERS = """User ID,Username,Email,Full Name,Active,Profile
005A00000000001AAA,jml@lark.test.prod,j.mueller@lark.test,Jürgen Müller-Lüdenscheidt,1,System Administrator
005A00000000002AAA,boneill@lark.test.prod,bob.oneill@lark.test,Bob O'Neill,1,System Administrator
005A00000000005AAA,kati@lark.test.prod,katie.smith@lark.test,Katie Smith,1,Standard
"""
NOTES = """people:
  wolfi: {name: Wolfgang von der Heide, emails: wlf@lark.test}
  mueller: {name: Jürgen Müller-Lüdenscheidt, emails: [j.mueller@lark.test]}
things:
  JML sync: {owner: mueller, means: Wolfi shouts at Müller, runbook: "https://wiki.lark.test/~jmueller/run"}
  wolfi upload: {owner: wolfi, means: "Bob calls Jürgen", runbook: "https://wiki.lark.test/uploads"}
systems:
  katiesheet: {name: Katie Smith's sheet, owner: wolfi, means: Katherine is sad}
"""
TENANT = "katiesmith-dev"
NAMES = re.compile(
    r"m(ü|ue|u)ller|l(ü|ue|u)denscheid|j(ü|ue|u)rgen|jml|o'?neill|\bbobs?\b|王|小明|wang|xiaoming|wolf|heide|wlf|tara|quill"
    r"|[ñn]u[ñn]ez|[íi][ñn]igo|\bkat(e|i|herine)\b|katie|smith|EMP-|7712\d|~tq",
    re.IGNORECASE,
)
OUTPUTS = (
    ("check", "--all", "--fail-on", "never"),
    ("check", "--format", "json", "--fail-on", "never"),
    ("leave", "tquill@lark.test", "--all", "--format", "json"),
    ("leave", "Wolfgang von der Heide", "--all"),
    ("onboard", "--format", "md"),
    ("onboard", "--format", "html"),
    ("map",),
    ("report", "--format", "md"),
    ("people", "--all"),
    ("bus-factor", "--everyone", "--format", "json"),
    ("export", "facts"),
)


@pytest.fixture(scope="module", name="filled")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    (folder / "stack.yaml").write_text(NOTES, encoding="utf-8")
    lists = {"staff-list": STAFF, "scripts": SCRIPTS, "salesforce-users": USERS}
    for kind, text in lists.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        named = ["--set", f"tenant={TENANT}"] if kind == "salesforce-users" else []
        done = inside("import", "--kind", kind, *named, f"{kind}.csv", cwd=folder)
        assert done.code == 0, done.notes
        (folder / f"{kind}.csv").unlink()
    return folder


def readings_of(text: str) -> Iterator[str]:
    yield text
    yield unquote(html.unescape(text))
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_no_list_that_was_filled_in_lets_a_name_out(filled: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    to = tmp_path / "answer"
    done = inside(*arguments, "--pseudonymise", "-o", str(to), cwd=filled)
    assert done.code == 0, done.notes
    said = to.read_text(encoding="utf-8") + done.notes
    assert len(said) > 200
    found = {
        hit[0]: seen[max(0, hit.start() - 40) : hit.end() + 40]
        for seen in readings_of(said)
        for hit in NAMES.finditer(seen)
    }
    assert not found


def test_the_search_finds_names_where_there_are_no_stand_ins(filled: Path) -> None:
    facts = inside("export", "facts", cwd=filled).out
    assert len({hit[0] for hit in NAMES.finditer(unquote(facts))}) > 20


@pytest.mark.parametrize(
    ("who", "traces"),
    [
        ("wlf@lark.test", r"EMP-77126|wolf|heide|wlf"),
        ("tquill@lark.test", r"EMP-77127|quill|~tq"),
        ("katie.smith@lark.test", r"EMP-77129|kate|katherine|\bkati\b|katie(?!smith-dev)"),
        ("wang.xiaoming@lark.test", r"EMP-77125|王|小明|xiaoming|%E5%B0%8F"),
        (
            "j.mueller@lark.test",
            r"EMP-77123|j(ü|ue|u)rgen|j%C3%BCrgen|m(ü|ue|u)ller|jml|m%C3%BCller|denscheid",
        ),
        ("inigo@lark.test", r"EMP-77128|[íi][ñn]igo|n[uú][ñn]ez|%C3%B1"),
    ],
)
def test_nothing_of_the_person_is_left_in_any_byte_of_the_workspace(
    filled: Path, tmp_path: Path, who: str, traces: str
) -> None:
    place = tmp_path / "copy"
    shutil.copytree(filled, place)
    assert trace_of(place / "stackmap.db", traces)
    done = inside("people", "erase", who, "--yes", cwd=place)
    assert done.code == 0, done.notes
    for path in sorted(place.iterdir()):
        if path.name != "stack.yaml":
            assert not trace_of(path, traces), path.name
    (place / "stack.yaml").write_text("", encoding="utf-8")
    assert inside("check", "--fail-on", "never", cwd=place).code == 0


def trace_of(path: Path, traces: str) -> list[str]:
    return sorted({hit[0] for hit in re.finditer(traces, path.read_bytes().decode(errors="replace"), re.IGNORECASE)})


def test_a_source_and_its_system_keep_their_names_and_that_is_told(filled: Path, tmp_path: Path) -> None:
    place = tmp_path / "copy"
    shutil.copytree(filled, place)
    done = inside("people", "erase", "katie.smith@lark.test", "--yes", cwd=place)
    told = " ".join(done.out.split())
    assert f"salesforce-users/{TENANT}" in told
    assert "stack.yaml still names them, in line 8:" in told
    facts = inside("export", "facts", cwd=place).out
    assert f'"name": "salesforce-users/{TENANT}"' in facts
    assert f'"id": "salesforce/{TENANT}/system/{TENANT}"' in facts
