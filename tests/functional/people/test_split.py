"""`stackmap people split`: these logins are somebody else's."""

from pathlib import Path

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.people.larkfield import NOTES, Run, ids_of, notes, refused


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
