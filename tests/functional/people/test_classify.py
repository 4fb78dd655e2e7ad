"""`stackmap people classify`: this login is of that type."""

import json
from pathlib import Path

import pytest

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import inside
from tests.functional.people.larkfield import Run, notes, refused
from tests.support.workspaces import reading_of


def test_a_login_of_two_names_is_asked_back(run: Run, tmp_path: Path) -> None:
    why = refused(run("classify", "mia@larkfield.test", "shared"), tmp_path)
    assert "Say which: stackmap people classify crm/prod/account/3 shared" in why
    assert run("classify", "mail/eu:mia@larkfield.test", "shared").code == 0


def test_a_login_is_classified_where_it_stands_or_anew(run: Run, tmp_path: Path) -> None:
    assert run("classify", "crm:svc-sync", "shared", "--reason", "yes").code == 0
    assert notes(tmp_path).endswith(
        "    type: shared\n    reason: 'yes'\n\nsystems:\n  crm: {product: crm, tenant: prod}\n"
    )
    done = run("classify", "crm/prod/account/2", "vendor_managed")
    assert "type shared before, vendor_managed now" in done.out
    said = parse_yaml(notes(tmp_path), "x").data["accounts"]
    assert said == {"crm/prod/account/2": {"type": "vendor_managed"}}, "the reason was for another type"
    assert "nothing was changed" in run("classify", "crm/prod/account/2", "vendor_managed").out


@pytest.mark.parametrize("login", ["robot", "crm:robot"])
@pytest.mark.parametrize("marked", ["", "id:"])
def test_a_login_whose_id_has_no_slash_can_be_named_too(tmp_path: Path, login: str, marked: str) -> None:
    """Fact files may give such ids; in notes a word without a slash is a person or a system's key."""
    lines = [{"type": "source", "name": "acme"}, {"type": "node", "kind": "Account", "id": login, "name": "Nightly"}]
    (tmp_path / "acme.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "acme.jsonl", cwd=tmp_path).code == 0
    done = inside("people", "classify", f"{marked}{login}", "integration", "--reason", "the sync", cwd=tmp_path)
    assert done.code == 0, done.notes
    said = parse_yaml(notes(tmp_path), "x").data["accounts"]
    assert said == {f"id:{login}": {"type": "integration", "reason": "the sync"}}
    assert "\n, " not in done.out, "no system is known, and none is named"
    again = inside("people", "classify", login, "shared", cwd=tmp_path)
    assert "type integration before, shared now" in again.out
    assert parse_yaml(notes(tmp_path), "x").data["accounts"] == {f"id:{login}": {"type": "shared"}}


def test_two_logins_whose_ids_have_no_slash_are_made_one_person_and_parted_again(tmp_path: Path) -> None:
    reading_of(tmp_path, "one:Account\ntwo:Account", names={"one": "Ann Lee", "two": "Ann L."})
    done = inside("people", "merge", "one", "two", cwd=tmp_path)
    assert done.code == 0, done.notes
    assert parse_yaml(notes(tmp_path), "x").data["people"]["ann-lee"]["logins"] == ["id:one", "id:two"]
    done = inside("people", "split", "Ann Lee", "two", cwd=tmp_path)
    assert done.code == 0, done.notes
    assert parse_yaml(notes(tmp_path), "x").data["apart"] == [["ann-lee", "id:two"]]


@pytest.mark.parametrize(
    "words",
    [
        ("classify", "", "human"),
        ("show", " "),
        ("merge", "", "Dana Okafor"),
        ("split", "Dana Okafor", ""),
        ("split", "", "x"),
        ("erase", "", "--yes"),
    ],
)
def test_an_empty_word_is_told_for_what_it_is(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    why = refused(run(*words), tmp_path)
    assert 'an empty word ("") fits nobody and nothing: give a name, an e-mail or an id' in why
