"""What was not read, in few words: lists that fared alike together, and what nobody can change last."""

from dataclasses import replace
from datetime import UTC, date, datetime

from stackmap.model import LEFT_OUT, Coverage, FixBy, Reach
from stackmap.render.coverage import IN_PART, NOT_READ, coverage_lines, gaps
from stackmap.render.doctor import doctor_text

READ = datetime(2026, 11, 20, 9, tzinfo=UTC)


def refused(inventory: str, source: str = "crm", reason: str = "the key is not accepted") -> Coverage:
    return Coverage(source, source, inventory, Reach.DENIED, fix_by=FixBy.OPERATOR, reason=reason, needs=(inventory,))


def read(inventory: str, source: str = "crm", reason: str = "") -> Coverage:
    return Coverage(source, source, inventory, Reach.COMPLETE, reason=reason, read_at=READ, records=7)


def absent(inventory: str, source: str = "crm") -> Coverage:
    return Coverage(source, source, inventory, Reach.ABSENT, fix_by=FixBy.NOBODY, reason=f"no {inventory} here")


def partial(inventory: str, source: str, reason: str = "exports show what their makers could see") -> Coverage:
    return Coverage(source, source, inventory, Reach.PARTIAL, reason=reason, read_at=READ, records=7)


def _entries(coverage: list[Coverage], heading: str) -> list[str]:
    """The first lines of the entries below a heading."""
    lines = gaps(coverage)
    below = lines[lines.index(f"{heading}:") + 1 :]
    return [line for line in below[: [*below, ""].index("")] if not line.startswith("    ")]


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_a_source_that_was_shut_as_a_whole_is_told_once() -> None:
    told = words(gaps([refused("users"), refused("apps"), refused("jobs")]))
    assert told == (
        "Not read: crm (all 3 lists): denied, the key is not accepted "
        "(check your settings, and the secrets that they name)"
    )


def test_where_lines_of_a_file_were_left_out_the_file_is_to_be_mended_and_no_setting() -> None:
    lines = Coverage(
        "staff", "", LEFT_OUT, Reach.PARTIAL, fix_by=FixBy.OPERATOR, reason="1 line was left out", vendor_code=LEFT_OUT
    )
    assert words(gaps([lines])).endswith("1 line was left out (mend the file there, and import it again)")


def test_lists_that_fared_alike_share_an_entry_and_others_do_not() -> None:
    coverage = [refused("users"), refused("apps"), refused("jobs", reason="too many calls"), read("flows")]
    assert [line.split(":")[0] for line in _entries(coverage, NOT_READ)] == ["  crm apps, users", "  crm jobs"]


def test_lists_of_two_sources_are_never_told_as_one() -> None:
    assert len(_entries([refused("users"), refused("users", "map")], NOT_READ)) == 2


def test_what_an_edition_does_not_offer_comes_last_and_by_name() -> None:
    told = words(gaps([absent("audit"), refused("users"), absent("seats"), absent("teams", "map")]))
    assert told.endswith("(why: stackmap doctor): crm audit, seats; map teams")
    assert "no audit here" not in told


def test_a_list_that_could_be_read_before_and_is_gone_is_told_with_its_reason_and_date() -> None:
    told = words(gaps([replace(absent("audit"), read_at=READ), read("users")]))
    assert "crm audit: absent, no audit here" in told
    assert "last read" in told


def test_every_list_that_was_not_read_is_named() -> None:
    coverage = [absent("audit"), refused("users"), refused("apps", reason="other"), read("flows", reason="without x")]
    told = words(gaps(coverage))
    assert all(item.inventory in told for item in coverage)


def test_what_was_read_in_part_is_never_called_not_read() -> None:
    lines = gaps([partial("users", "file"), refused("apps"), read("flows", reason="without the column Owner")])
    assert lines == [
        "",
        "Not read:",
        "  crm apps: denied, the key is not accepted (check your settings, and the",
        "    secrets that they name)",
        "",
        "Read in part:",
        "  crm flows: without the column Owner",
        "  file users (20 Nov): exports show what their makers could see",
    ]
    assert "Not read:" not in gaps([partial("users", "file")])
    assert gaps([read("users")]) == []


def test_files_that_lack_the_same_are_told_together_each_with_its_day() -> None:
    older = replace(partial("people", "staff-list"), read_at=datetime(2025, 10, 3, tzinfo=UTC))
    zaps = partial("zaps", "zaps/h-1")
    told = words(gaps([partial("users", "users"), older, zaps, partial("notes", "notes", "lists filled in by hand")]))
    assert told == (
        "Read in part: notes (20 Nov): lists filled in by hand staff-list people (3 Oct 2025), users (20 Nov), "
        "zaps/h-1 (20 Nov): exports show what their makers could see"
    )


def test_what_somebody_can_open_is_told_by_source_even_where_it_was_read_in_part() -> None:
    asked = [replace(partial("users", source), fix_by=FixBy.VENDOR) for source in ("crm", "map")]
    assert [line.split(":")[0] for line in _entries(asked, IN_PART)] == ["  crm users", "  map users"]


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
