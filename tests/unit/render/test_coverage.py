"""What was not read, in few words: lists that fared alike together, and what nobody can change last."""

from dataclasses import replace
from datetime import UTC, date, datetime

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.coverage import coverage_lines, not_read
from stackmap.render.doctor import doctor_text

READ = datetime(2026, 11, 20, 9, tzinfo=UTC)


def refused(inventory: str, source: str = "crm", reason: str = "the key is not accepted") -> Coverage:
    return Coverage(source, source, inventory, Reach.DENIED, fix_by=FixBy.OPERATOR, reason=reason, needs=(inventory,))


def read(inventory: str, source: str = "crm", reason: str = "") -> Coverage:
    return Coverage(source, source, inventory, Reach.COMPLETE, reason=reason, read_at=READ, records=7)


def absent(inventory: str, source: str = "crm") -> Coverage:
    return Coverage(source, source, inventory, Reach.ABSENT, fix_by=FixBy.NOBODY, reason=f"no {inventory} here")


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_a_source_that_was_shut_as_a_whole_is_told_once() -> None:
    told = words(not_read([refused("users"), refused("apps"), refused("jobs")]))
    assert told == (
        "crm (all 3 lists): denied, the key is not accepted (check your settings, and the secrets that they name)"
    )


def test_lists_that_fared_alike_share_an_entry_and_others_do_not() -> None:
    lines = not_read([refused("users"), refused("apps"), refused("jobs", reason="too many calls"), read("flows")])
    assert [line.split(":")[0] for line in lines if not line.startswith("    ")] == ["  crm apps, users", "  crm jobs"]


def test_lists_of_two_sources_are_never_told_as_one() -> None:
    assert len(not_read([refused("users"), refused("users", "map")])) == 2 * len(not_read([refused("users")]))


def test_what_an_edition_does_not_offer_comes_last_and_by_name() -> None:
    told = words(not_read([absent("audit"), refused("users"), absent("seats"), absent("teams", "map")]))
    assert told.endswith("(why: stackmap doctor): crm audit, seats; map teams")
    assert "no audit here" not in told


def test_a_list_that_could_be_read_before_and_is_gone_is_told_with_its_reason_and_date() -> None:
    told = words(not_read([replace(absent("audit"), read_at=READ), read("users")]))
    assert "crm audit: absent, no audit here" in told
    assert "last read" in told


def test_every_list_that_was_not_read_is_named() -> None:
    coverage = [absent("audit"), refused("users"), refused("apps", reason="other"), read("flows", reason="without x")]
    told = words(not_read(coverage))
    assert all(item.inventory in told for item in coverage)


def test_the_doctor_says_once_what_holds_for_a_whole_source_and_what_to_mend_first() -> None:
    text = doctor_text([refused("users"), refused("apps"), read("flows", "map")])
    assert text.count("the key is not accepted") == 1
    assert "(all 2 lists)" in text
    assert text.endswith("Nothing was stored. Next: mend crm, then stackmap doctor again\n")


def test_the_doctor_sends_on_to_collect_when_every_source_answers() -> None:
    text = doctor_text([refused("users"), read("apps"), read("flows", "map")])
    assert text.endswith("Next: stackmap collect\n")
    assert "users" in text
    assert "7 seen" in text


def test_what_is_older_than_a_week_is_told_with_its_age() -> None:
    (line,) = coverage_lines(
        [read("users"), replace(read("people", "staff"), read_at=datetime(2026, 10, 3, tzinfo=UTC))]
    )
    assert line == "Read: crm 1 list on 20 Nov; staff 1 list on 3 Oct (48 days old)."


def test_ages_are_judged_on_the_day_that_is_asked_about() -> None:
    assert coverage_lines([read("users")], date(2026, 11, 27)) == ["Read: crm 1 list on 20 Nov."]
    assert coverage_lines([read("users")], date(2026, 11, 28)) == ["Read: crm 1 list on 20 Nov (8 days old)."]
