"""`stackmap people merge`: these are one person."""

from pathlib import Path

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import inside
from tests.functional.people.larkfield import NOTES, Run, ids_of, imported, notes, refused


def test_merging_two_people_writes_one_entry_and_says_what_it_changes(run: Run, tmp_path: Path) -> None:
    done = run("merge", "Dana Okafor", "Dana Kim")
    assert done.code == 0, done.notes
    assert notes(tmp_path) == NOTES.replace(
        "    emails: [d.okafor@larkfield.test]\n",
        "    emails: [d.okafor@larkfield.test, dana.kim@larkfield.test]\n    logins: mail/eu/account/7\n",
    )
    assert "people 5 before, 4 now" in done.out
    assert ids_of(run)["dana-okafor"] == ["crm/prod/account/1", "mail/eu/account/7"]


def test_merging_people_whom_no_note_names_keeps_the_id_of_the_first(run: Run, tmp_path: Path) -> None:
    mia = next(key for key, logins in ids_of(run).items() if "mail/eu/account/6" in logins)
    assert run("merge", "Mia Sorensen", "mail/eu/account/8").code == 0
    assert ids_of(run)[mia] == ["crm/prod/account/3", "mail/eu/account/6", "mail/eu/account/8"]
    written = parse_yaml(notes(tmp_path), "x").data["people"][mia]
    assert written == {"name": "Mia Sorensen", "emails": "mia@larkfield.test", "logins": "mail/eu/account/8"}


def test_two_ids_of_one_directory_are_not_merged(run: Run, tmp_path: Path) -> None:
    why = refused(run("merge", "Ann Lee", "Ann Leigh"), tmp_path)
    assert "two ids of one directory" in why


def test_two_of_one_staff_list_are_told_by_name_and_place_and_why_in_words(run: Run, tmp_path: Path) -> None:
    staff = "Employee ID,Name,Work Email,Status\n1,Mia Sorensen,mia@larkfield.test,Active\n"
    (tmp_path / "staff.csv").write_text(f"{staff}2,Dana Kim,dana.kim@larkfield.test,Active\n", encoding="utf-8")
    assert inside("import", "--kind", "staff-list", "staff.csv", cwd=tmp_path).code == 0
    why = refused(run("merge", "Mia Sorensen", "Dana Kim"), tmp_path)
    assert (
        "Mia Sorensen (crm/prod, mail/eu) and Dana Kim (mail/eu) cannot be one person: staff-list has them as two"
        in why
    )
    assert "the same e-mail" not in why
    assert "account/" not in why


def test_a_robots_login_is_not_merged_and_the_way_out_is_told(run: Run, tmp_path: Path) -> None:
    why = refused(run("merge", "Mia Sorensen", "crm:svc-sync"), tmp_path)
    assert "integration" in why
    assert "human" in why


def test_one_person_cannot_be_merged_with_themselves(run: Run, tmp_path: Path) -> None:
    assert "one person already" in refused(run("merge", "Dana Okafor", "crm/prod/account/1"), tmp_path)


def test_two_people_of_the_notes_are_made_one_by_hand(run: Run, tmp_path: Path) -> None:
    more = NOTES.replace("\nsystems", "  kim: {name: Dana Kim, emails: dana.kim@larkfield.test}\n\nsystems")
    (tmp_path / "stack.yaml").write_text(more, encoding="utf-8")
    done = run("merge", "Dana Okafor", "kim")
    assert done.code == 2
    assert "stand in your notes as two people" in done.notes
    assert notes(tmp_path) == more


def test_the_address_of_a_shared_login_is_nobodys_sign(run: Run, tmp_path: Path, shared: str) -> None:
    assert run("merge", "Mia Sorensen", "Dana Okafor").code == 0
    said = parse_yaml(notes(tmp_path), "x").data["people"]["dana-okafor"]
    assert said["emails"] == ["d.okafor@larkfield.test", "mia@larkfield.test"]
    assert said["logins"] == ["crm/prod/account/3", "mail/eu/account/6"]


def test_what_the_notes_keep_apart_is_not_merged(run: Run, tmp_path: Path) -> None:
    text = f"{NOTES}\napart:\n  - [mail/eu/account/7, crm/prod/account/3]\n"
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    done = run("merge", "Mia Sorensen", "Dana Kim")
    assert done.code == 2
    assert "take that entry out of `apart`" in done.notes
    assert notes(tmp_path) == text


def test_the_way_out_that_is_told_leads_out(run: Run, tmp_path: Path) -> None:
    """Called human, a program's login with an address is somebody of its own until it is merged."""
    imported(tmp_path, [("crm/prod/account/20", "svc-tools", {"email": "svc-tools@larkfield.test"})], "integration")
    command = "stackmap people classify crm/prod/account/20 human"
    why = refused(run("merge", "Dana Okafor", "svc-tools"), tmp_path)
    assert f"Try: {command}\n" in why, why
    assert run(*command.split()[2:]).code == 0
    assert "crm/prod/account/20" not in ids_of(run)["dana-okafor"]
    done = run("merge", "Dana Okafor", "svc-tools")
    assert done.code == 0, done.notes
    assert ids_of(run)["dana-okafor"] == ["crm/prod/account/1", "crm/prod/account/20"]


def test_two_whom_changed_notes_have_just_made_are_merged(run: Run, tmp_path: Path) -> None:
    """Their ids are stored nowhere yet: the second's may be a third one's afterwards."""
    more = [(f"crm/prod/account/{key}", key, {"email": f"svc-{key}@larkfield.test"}) for key in ("ga", "gb", "gc")]
    imported(tmp_path, more, "integration")
    assert all(run("classify", login, "human").code == 0 for login, _, _ in more)
    done = run("merge", "crm/prod/account/ga", "crm/prod/account/gb")
    assert done.code == 0, done.notes
    held = sorted(logins for logins in ids_of(run).values() if logins[0].startswith("crm/prod/account/g"))
    assert held == [["crm/prod/account/ga", "crm/prod/account/gb"], ["crm/prod/account/gc"]]
