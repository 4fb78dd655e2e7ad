"""`stackmap people split`: these logins are somebody else's."""

from pathlib import Path

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.people.larkfield import NOTES, Run, ids_of, imported, notes, refused


def test_splitting_takes_the_login_away_and_the_id_stays_with_the_rest(run: Run, tmp_path: Path) -> None:
    mia = next(key for key, logins in ids_of(run).items() if "mail/eu/account/6" in logins)
    for parted, rest in (("crm/prod/account/3", "mail/eu/account/6"), ("mail/eu/account/6", "crm/prod/account/3")):
        (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
        done = run("split", "Mia Sorensen", parted)
        assert done.code == 0, done.notes
        assert ids_of(run)[mia] == [rest]
        assert len(ids_of(run)) == 6
        assert list(parse_yaml(notes(tmp_path), "x").data)[-1] == "systems", "apart stands before systems"


def test_splitting_undoes_a_merge(run: Run, tmp_path: Path) -> None:
    before = ids_of(run)
    assert run("merge", "Dana Okafor", "mail/eu/account/7").code == 0
    done = run("split", "Dana Okafor", "mail/eu/account/7")
    assert done.code == 0, done.notes
    assert ids_of(run) == before
    assert "logins" not in notes(tmp_path)
    said = parse_yaml(notes(tmp_path), "x").data["people"]["dana-okafor"]
    assert said["emails"] == ["d.okafor@larkfield.test"], "the next list would tie by the other"


def test_an_address_that_another_login_has_too_stays_and_it_is_said_why(run: Run, tmp_path: Path) -> None:
    mia = next(key for key, logins in ids_of(run).items() if "mail/eu/account/6" in logins)
    assert run("merge", "Mia Sorensen", "mail/eu/account/8").code == 0
    done = run("split", "Mia Sorensen", "mail/eu/account/6")
    assert done.code == 0, done.notes
    assert "mia@larkfield.test stays under their e-mails: Mia Sorensen in crm/prod, which stays theirs" in " ".join(
        done.out.split()
    )
    assert parse_yaml(notes(tmp_path), "x").data["people"][mia]["emails"] == "mia@larkfield.test"


def test_a_login_of_somebody_else_is_not_split_off(run: Run, tmp_path: Path) -> None:
    assert "is not a login of Dana Okafor; theirs:" in refused(
        run("split", "Dana Okafor", "mail/eu/account/6"), tmp_path
    )
    assert "leave one that is theirs out" in refused(run("split", "Dana Okafor", "crm:d.okafor"), tmp_path)


def test_a_shared_login_is_split_off_by_taking_the_holder_out(run: Run, tmp_path: Path, shared: str) -> None:
    done = run("split", "Dana Okafor", "mail/eu/account/9")
    assert done.code == 0, done.notes
    assert notes(tmp_path) == shared.replace("[Dana Okafor, kim]", "[kim]")


def test_whoever_holds_a_shared_login_is_split_as_anybody_else(run: Run, tmp_path: Path, shared: str) -> None:
    assert run("merge", "Dana Okafor", "Dana Kim").code == 0
    done = run("split", "Dana Okafor", "mail/eu/account/7")
    assert done.code == 0, done.notes
    assert ids_of(run)["dana-okafor"] == ["crm/prod/account/1", "mail/eu/account/9"]
    assert notes(tmp_path) == shared.replace("systems:", "apart:\n  - [dana-okafor, mail/eu/account/7]\n\nsystems:")


def test_what_only_the_login_that_goes_ties_is_named_with_the_reason_and_the_way_on(run: Run, tmp_path: Path) -> None:
    more = [
        ("crm/prod/account/20", "gil.r", {"directory_id": "hr/acme:G"}),
        ("mail/eu/account/21", "gil", {"directory_id": "hr/acme:G", "email": "gil.rowe@larkfield.test"}),
        ("chat/eu/account/22", "Gil Rowe", {"email": "gil.rowe@larkfield.test"}),
    ]
    imported(tmp_path, more)
    (gil,) = (key for key, logins in ids_of(run).items() if "mail/eu/account/21" in logins)
    why = refused(run("split", gil, "mail/eu/account/21"), tmp_path)
    assert "crm/prod/account/20 would go too: only the login that goes ties it to Gil Rowe" in why, why
    assert f"If it shall go too: stackmap people split {gil} mail/eu/account/21 crm/prod/account/20\n" in why
    assert f"If it stays theirs: write that under `people`, `{gil}`, `logins` in stack.yaml first\n" in why


def test_one_whom_a_changed_note_has_just_made_is_split_too(run: Run, tmp_path: Path) -> None:
    """No reading has stored their id yet, so either login might come out with it."""
    more = [(f"{place}/account/30", "console", {"email": "ops@larkfield.test"}) for place in ("alpha/a", "beta/b")]
    imported(tmp_path, more, account_type="integration")
    before = notes(tmp_path)
    for parted, rest in (("alpha/a/account/30", "beta/b/account/30"), ("beta/b/account/30", "alpha/a/account/30")):
        (tmp_path / "stack.yaml").write_text(before, encoding="utf-8")
        assert all(run("classify", login, "human").code == 0 for login in (parted, rest))
        (key,) = (key for key, logins in ids_of(run).items() if rest in logins)
        done = run("split", key, parted)
        assert done.code == 0, done.notes
        assert ids_of(run)[key] == [rest]


def test_a_login_that_the_notes_alone_know_is_split_off(run: Run, tmp_path: Path) -> None:
    before = notes(tmp_path)
    text = before.replace("    emails: [d.okafor", "    logins: crm:ghost\n    emails: [d.okafor")
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    assert len(ids_of(run)["dana-okafor"]) == 2
    done = run("split", "Dana Okafor", "crm:ghost")
    assert done.code == 0, done.notes
    assert ids_of(run)["dana-okafor"] == ["crm/prod/account/1"]
