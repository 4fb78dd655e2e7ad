"""The report as a document."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.model import Acceptance, Coverage, FixBy, Reach
from stackmap.render.document import Bar, Block, Cards, Document, Paragraph, Table
from stackmap.render.document_markdown import document_markdown
from stackmap.render.report import report_document
from stackmap.render.report_hanging import hanging
from stackmap.render.report_page import Hanging, Loss, Paired, Report, Uncared, Unsure, Way
from stackmap.render.sight_words import ReadSource
from tests.support.stacks import case_of, verdicts_of

PICTURE = """
    old:Automation -RUNS_AS-> lee_sf:Account {outcome=stops certainty=certain}
    new:Automation -RUNS_AS-> dana_sf:Account {outcome=stops certainty=certain}
    dana:Person -HAS_ACCOUNT-> dana_sf
    lee_sf {active=false}
    coverage crm/prod {inventory=jobs kinds=Automation,RUNS_AS}
"""
ACCEPTED = (Acceptance("PA02", "new", "goes next year", "dana", date(2027, 1, 31)),)
GAP = Coverage(
    "crm",
    "crm/prod",
    "tokens",
    Reach.DENIED,
    fix_by=FixBy.ADMIN,
    reason="not permitted",
    needs=("View tokens",),
    read_at=datetime(2026, 11, 1, tzinfo=UTC),
)
WAY = Way("runs as Dana's login", False, (("crm, jobs 1", "https://crm.test/1"),), ("crm:job",))
GONE = Way("signs in with a token of Lee, which is off already", True, (), ("crm:token",))
LOSS = Loss("stops", "certain", (WAY,), "use a service login")
SYNC = Hanging("Sync", "CRM", "no leads", "1 day", "400", "weight 4", "", (LOSS,), ("Digest",))


def report_of(standings: Mapping[Standing, int] | None = None) -> Report:
    return Report(
        "22 Nov 2026",
        "22 Nov 2026",
        case_of(PICTURE, names={"dana": "Dana Okafor"}).graph,
        (ReadSource("crm", ("CRM",), "22 Nov 2026", "svc-read", 1, 2),),
        ("Sheets",),
        ("Chat",),
        2,
        (GAP,),
        {Standing.ONE_PERSON: 1, Standing.TWO_PEOPLE: 2} if standings is None else standings,
        (SYNC,),
        (Unsure("Forms", "CRM", "", (replace(WAY, why="signs in with a key"), WAY), "find out"),),
        (Uncared("Import", "", "", "", ()), Uncared("CRM", "", "", "Dana Okafor", ("Digest",))),
        verdicts_of(PICTURE, accepted=ACCEPTED),
        {"crm:job": "The job fails."},
    )


def blocks(document: Document, key: str) -> tuple[Block, ...]:
    (section,) = (section for section in document.sections if section.key == key)
    return section.blocks


def lead(document: Document) -> str:
    return next(block.text for block in blocks(document, "verdict") if isinstance(block, Paragraph) and block.lead)


def cells(document: Document, key: str) -> list[tuple[str, ...]]:
    tables = [block for block in blocks(document, key) if isinstance(block, Table)]
    return [tuple(cell.text for cell in row) for table in tables for row in table.rows]


def test_the_verdict_is_one_sentence_with_numbers() -> None:
    standings = dict.fromkeys(Standing, 1) | {Standing.ONE_PERSON: 3}
    assert lead(report_document(report_of(standings))) == (
        "Of 12 things, 3 are one person away from failing; 2 run with nobody, or one person, to look after them; "
        "1 is broken already, or may be; 3 could not be judged for sure."
    )


def test_the_verdict_says_how_many_of_the_things_are_systems() -> None:
    assert lead(report_document(replace(report_of(), systems=2))).startswith("Of 3 things (2 systems and 1 other), ")


def test_what_could_not_be_judged_is_as_many_as_the_groups_say_are_not_known() -> None:
    standings = {one: number for number, one in enumerate(Standing, start=1)}
    document = report_document(report_of(standings))
    (bar,) = (block for block in blocks(document, "verdict") if isinstance(block, Bar))
    unknown = sum(part.number for part in bar.parts if "not" in part.words.split() and "nobody" not in part.words)
    assert lead(document).endswith(f"{unknown} could not be judged for sure.")


def below_the_numbers(report: Report) -> str:
    verdict = blocks(report_document(report), "verdict")
    (number,) = (number for number, block in enumerate(verdict) if isinstance(block, Bar))
    below = verdict[number + 1]
    assert isinstance(below, Paragraph)
    return below.text


COUNTED = "Each thing is counted once here, under the weakest that is known of it. "
SCAN = Paired("Scanner", "CRM", (("Dana", "Iris"), ("Dana", "Ravi")), Standing.MAYBE_ONE_PERSON)


def test_the_things_that_pairs_stop_are_told_with_where_they_are_counted() -> None:
    report = replace(report_of(), paired=(SCAN, replace(SCAN, name="Rule", pairs=(("Dana", "Ravi"),))), may_be_paired=3)
    assert below_the_numbers(report) == (
        f"{COUNTED}2 things stop, or run on old data, when two people leave of whom neither alone is known to stop "
        "them. Of 3 more it is not known for sure."
    )
    assert cells(report_document(report), "verdict")[:2] == [
        ("Scanner", "Dana with Iris, or Dana with Ravi", "May be one person away from failing"),
        ("Rule", "Dana and Ravi", "May be one person away from failing"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paired": (SCAN,)}, "1 thing stops, or runs on old data, when two people leave of whom neither alone is "),
        ({}, "No two people together stop anything that neither stops alone, as far as was read."),
        ({"may_be_paired": 1}, "neither stops alone, as far as was read. Of 1 it is not known for sure."),
        (
            {"all_pairs": False},
            "that neither stops alone. Not all pairs were looked for: others may do as much (to look on: stackmap ",
        ),
    ],
)
def test_of_pairs_no_more_is_said_than_is_known(changes: dict[str, Any], words: str) -> None:
    assert below_the_numbers(replace(report_of(), **changes)).startswith(COUNTED)
    assert words in below_the_numbers(replace(report_of(), **changes))


def test_a_dozen_things_that_pairs_stop_are_told() -> None:
    text = document_markdown(report_document(replace(report_of(), paired=(SCAN,) * 14)))
    assert text.count("| Scanner (CRM) |") == 12
    assert "And 2 more: stackmap bus-factor --all" in text


def test_a_list_that_lacks_a_column_counts_as_not_whole_and_is_told_with_the_others() -> None:
    lacking = Coverage("crm", "", "users", Reach.COMPLETE, reason="read without Title", read_at=GAP.read_at)
    document = report_document(replace(report_of(), coverage=(GAP, lacking)))
    assert "2 lists could not be read whole" in document_markdown(document)
    assert cells(document, "gaps")[-1] == ("crm: users", "read in part", "read without Title", "not known")


def test_a_reading_of_nothing_claims_nothing() -> None:
    assert lead(report_document(report_of({}))) == "Nothing was read that could stop."


def test_the_scope_says_who_read_what_when_and_what_was_not_seen() -> None:
    document = report_document(report_of())
    assert cells(document, "verdict") == [("crm", "CRM", "22 Nov 2026", "svc-read", "1 of 2")]
    text = document_markdown(document)
    assert "1 list could not be read whole" in text
    assert "2 logins on which something hangs could be tied to nobody." in text
    assert "In your notes, and not read themselves: Sheets." in text
    assert "Only named by other systems, and not read themselves: Chat." in text


def test_a_card_says_everything_that_is_needed_to_act() -> None:
    (cards,) = (block for block in blocks(report_document(report_of()), "hanging") if isinstance(block, Cards))
    (card,) = cards.cards
    assert (card.title, card.where, card.tag) == ("Sync", "CRM", "stops")
    assert [(fact.label, fact.text, fact.link) for fact in card.facts] == [
        ("Why it matters", "no leads; noticed after 1 day; about 400 a day; weight 4", ""),
        ("Because", "it runs as Dana's login (certain)", ""),
        ("Seen in", "crm, jobs 1", "https://crm.test/1"),
        ("Why we say so", "The job fails. Source: stackmap explain crm:job", ""),
        ("Lost with it", "Digest", ""),
        ("What to do", "use a service login", ""),
    ]


def test_every_way_is_told_and_what_was_lost_already_comes_last_and_is_called_so() -> None:
    second = replace(LOSS, ways=(replace(WAY, why="runs as Ravi's login"),))
    sync = replace(SYNC, losses=(replace(LOSS, ways=(WAY, GONE)), second))
    (cards,) = (block for block in hanging(replace(report_of(), hanging=(sync,))) if isinstance(block, Cards))
    told = [(fact.label, fact.text) for fact in cards.cards[0].facts if fact.label in {"Because", "Lost already"}]
    assert told == [
        ("Because", "it runs as Dana's login (certain)"),
        ("Because", "it runs as Ravi's login (certain)"),
        ("Lost already", "it signs in with a token of Lee, which is off already"),
    ]


def test_a_row_of_the_table_tells_every_way_as_a_card_does() -> None:
    sync = replace(SYNC, losses=(replace(LOSS, ways=(WAY, GONE)), replace(LOSS, outcome="runs on old data")))
    report = replace(report_of(), hanging=(*[SYNC] * 12, sync), unsure=())
    ((thing, happens, do),) = (row for block in hanging(report) if isinstance(block, Table) for row in block.rows)
    assert thing.note == "CRM; no leads; noticed after 1 day; about 400 a day; weight 4"
    assert happens.text == (
        "stops: it runs as Dana's login (certain); or runs on old data: it runs as Dana's login (certain); "
        "lost already: it signs in with a token of Lee, which is off already"
    )
    assert do.note == "seen in crm, jobs 1; why we say so: stackmap explain crm:job"


def test_what_may_hang_on_one_person_tells_every_way_too() -> None:
    assert ("Forms", "it signs in with a key; or it runs as Dana's login", "find out") in cells(
        report_document(report_of()), "hanging"
    )


def test_a_row_that_your_notes_override_is_named_without_the_platforms_sentence() -> None:
    text = document_markdown(report_document(replace(report_of(), platforms_say={})))
    assert "- Why we say so: stackmap explain crm:job\n" in text


def test_a_second_way_to_be_lost_says_its_own_outcome() -> None:
    later = replace(LOSS, outcome="runs on old data", certainty="")
    report = replace(report_of(), hanging=(replace(SYNC, losses=(LOSS, later)),))
    assert "runs on old data: it runs as Dana's login" in document_markdown(report_document(report))


@pytest.mark.parametrize(("number", "more"), [(12, None), (30, None), (100, "And 28 more: stackmap bus-factor --all")])
def test_a_long_list_is_cut_and_says_so(number: int, more: str | None) -> None:
    many = tuple(replace(SYNC, name=f"Sync {at}") for at in range(number))
    text = document_markdown(report_document(replace(report_of(), hanging=many)))
    assert text.count("### Sync") == 12
    assert ("more: stackmap bus-factor" in text) is (more is not None)
    assert (more or "") in text


def test_what_nobody_looks_after_is_said_to_have_nobody_as_far_as_was_read() -> None:
    assert cells(report_document(report_of()), "care") == [
        ("Import", "nobody, as far as was read", "name an owner in stack.yaml and give two people access"),
        ("CRM", "Dana Okafor alone", "give a second person access, and name them as backup in stack.yaml"),
    ]


def test_what_is_broken_today_says_why_and_what_to_do() -> None:
    ((why, fix),) = cells(report_document(report_of()), "broken")
    assert why.startswith("old runs as the login lee_sf, which is off already")
    assert fix == "let it run as an integration login, then run it once"


def test_accepted_findings_are_shown_with_reason_and_end() -> None:
    assert ("PA02 new", "goes next year", "Dana Okafor, 31 Jan 2027") in cells(report_document(report_of()), "findings")


def test_a_gap_says_why_and_who_can_open_it() -> None:
    assert cells(report_document(report_of()), "gaps") == [
        ("crm: tokens", "not read", "not permitted; needs View tokens", "an administrator of the system")
    ]
    assert "denied; last read on 1 Nov 2026" in document_markdown(report_document(report_of()))


def test_files_that_lack_the_same_share_a_row_below_what_was_not_read() -> None:
    made = [
        Coverage(name, "", name, Reach.PARTIAL, reason="exports show what their makers could see", read_at=when)
        for name, when in (
            ("b-users", datetime(2026, 11, 18, tzinfo=UTC)),
            ("a-users", datetime(2026, 10, 3, tzinfo=UTC)),
        )
    ]
    capped = Coverage("an-app", "", "calls", Reach.PARTIAL, fix_by=FixBy.VENDOR, reason="capped")
    rows = cells(report_document(replace(report_of(), coverage=(*made, capped, *report_of().coverage))), "gaps")
    assert [row[:3] for row in rows] == [
        ("crm: tokens", "not read", "not permitted; needs View tokens"),
        ("an-app: calls", "read in part", "capped"),
        ("a-users (3 Oct 2026), b-users (18 Nov 2026)", "read in part", "exports show what their makers could see"),
    ]


def test_without_gaps_the_report_does_not_call_itself_complete() -> None:
    whole = Coverage("crm", "crm/prod", "tokens", Reach.COMPLETE)
    text = document_markdown(report_document(replace(report_of(), coverage=(whole,))))
    assert "Everything there was to ask for was read. What no list shows may still exist." in text
    assert "complete" not in text


def test_where_no_list_says_how_far_it_was_read_the_report_does_not_call_everything_read() -> None:
    text = document_markdown(report_document(replace(report_of(), coverage=())))
    assert "No list says how far it was read: what is not here may still exist." in text
    assert "Everything there was to ask for was read" not in text


@pytest.mark.parametrize(
    ("read", "unread", "said"),
    [
        (2, 0, "Of everything of which it could be read, two people or more look after it."),
        (2, 1, "two people or more look after it. Of 1 more thing it could not be read."),
        (0, 3, "Of 3 things it was not read who looks after any of them: nothing can be said."),
        (0, 1, "Of 1 thing it was not read who looks after it: nothing can be said."),
        (0, 0, "Nothing was read that somebody could look after."),
    ],
)
def test_care_that_was_not_read_is_never_called_fine(read: int, unread: int, said: str) -> None:
    report = replace(report_of(), uncared=(), care_read=read, care_not_read=unread)
    (text,) = (block.text for block in blocks(report_document(report), "care") if isinstance(block, Paragraph))
    assert text.endswith(said)
    assert ("two people" in text) is (read > 0)


def test_an_empty_report_says_so_in_each_section() -> None:
    nothing = verdicts_of("x:Person")
    empty = replace(report_of({}), hanging=(), unsure=(), uncared=(), coverage=(), verdicts=nothing)
    text = document_markdown(report_document(empty))
    for said in (
        "is known to hang on one person",
        "Nothing was read that somebody could look after",
        "Nothing that was read is broken",
    ):
        assert said in text
