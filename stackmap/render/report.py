"""The bus-factor report as a document: what hangs on how few, why, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.model import Acceptance, Finding
from stackmap.render.circles import circles_told
from stackmap.render.coverage import not_whole
from stackmap.render.document import (
    Bar,
    Block,
    Bullets,
    Cell,
    Document,
    Paragraph,
    Part,
    Section,
    Table,
    Terms,
    Tone,
)
from stackmap.render.finding_words import broken_things, summary, tally
from stackmap.render.report_hanging import hanging
from stackmap.render.report_page import Report, Uncared
from stackmap.render.report_paired import paired
from stackmap.render.sight_words import gaps_table, scope_table
from stackmap.render.unjudged import not_judged
from stackmap.render.words import counted, full_day
from stackmap.rules import biggest_changes, by_code
from stackmap.rules.naming import several

__all__ = ["report_document"]

_ROWS = 60
_NAMES = 6
_SYSTEMS = 30

_PARTS: Mapping[Standing, tuple[str, Tone]] = MappingProxyType(
    {
        Standing.BROKEN: ("broken already, or may be", "broken"),
        Standing.ONE_PERSON: ("one person away from failing", "tape"),
        Standing.MAYBE_ONE_PERSON: ("may be one person away, not known for sure", "open"),
        Standing.NO_CARER: ("run, and nobody looks after them", "unowned"),
        Standing.ONE_CARER: ("one person away from nobody knowing them", "unowned"),
        Standing.CARE_NOT_READ: ("who looks after them could not be read", "open"),
        Standing.TWO_PEOPLE: ("two people away from failing, and nothing weaker is known of them", "fine"),
        Standing.MAYBE_TWO_PEOPLE: ("may be two people away, not known for sure", "open"),
        Standing.TWO_CARERS: ("two people away from nobody knowing them", "fine"),
        Standing.MORE: ("three people away, or nobody's leaving breaks them", "fine"),
    }
)


_ONE_AWAY = (
    "There is one person whose logins, when they go off as that platform's administrators usually do it, take the "
    "thing with them: it stops, or it runs on old data."
)
_ONE_KNOWS = "It would run on, but of all who own it, or administer it or its system, only one is left."
_CERTAINTIES = (
    "Certain: the vendor's documentation or your notes say so. Likely: a reliable second source, or seen on a live "
    "system. Possible: a sign, no more."
)
_MAY_STOP = "What decides it is not documented or could not be read. It is counted apart, never as fine."
_TACT = (
    "This report is about links and systems. A person's name stands where the evidence needs it, so that the work can "
    "be handed over together with them. It says nothing about how anybody works and must not be used to judge it: "
    "whoever holds many links was often the one who helped."
)
_LIMITS = (
    "Limits: what no list shows and nobody wrote down is not here. Only logins and links are looked at, not what "
    "people know by heart. Who created or last saved something is a clue, no dependency, and is not counted."
)


def report_document(report: Report) -> Document:
    """All pages of the report."""
    return Document(
        "If people leave, what stops?",
        f"Bus-factor report. Ages are judged on {report.as_of}.",
        report.read_on,
        "those who plan who looks after what",
        (
            Section("verdict", "The verdict", tuple(_verdict(report))),
            Section("hanging", "What hangs on one person's login", tuple(hanging(report))),
            Section("care", "Nobody, or one person, looks after it", tuple(_care(report))),
            Section("broken", "Broken today, whoever stays", tuple(_broken(report))),
            Section("findings", "Findings, and the changes that remove most risk", tuple(_findings(report))),
            Section("gaps", "What could not be read", tuple(_gaps(report))),
            Section("method", "How to read this, and its limits", _METHOD),
        ),
    )


def _verdict(report: Report) -> Iterator[Block]:
    yield Paragraph(_sentence(report), lead=True)
    yield Bar(tuple(Part(report.standings.get(one, 0), *_PARTS[one]) for one in Standing))
    yield from paired(report)
    yield Paragraph(_seen(report))
    if report.sources:
        yield scope_table(report.sources)
    if report.only_noted:
        yield Paragraph(f"In your notes, and not read themselves: {several(report.only_noted, _SYSTEMS)}.")
    if report.only_named:
        yield Paragraph(
            f"Only named by other systems, and not read themselves: {several(report.only_named, _SYSTEMS)}."
        )


def _sentence(report: Report) -> str:
    numbers = Counter(dict(report.standings))
    whole = numbers.total()
    unknown = numbers[Standing.NO_CARER] + numbers[Standing.ONE_CARER]
    open_ = sum(number for one, number in numbers.items() if _PARTS[one][1] == "open")
    if not whole:
        return "Nothing was read that could stop."
    one = numbers[Standing.ONE_PERSON]
    split = (
        f" ({counted(report.systems, 'system')} and {counted(whole - report.systems, 'other')})"
        if report.systems
        else ""
    )
    return (
        f"Of {counted(whole, 'thing')}{split}, {one} {'is' if one == 1 else 'are'} one person away from failing; "
        f"{unknown} {'runs' if unknown == 1 else 'run'} with nobody, or one person, to look after them; "
        f"{numbers[Standing.BROKEN]} {'is' if numbers[Standing.BROKEN] == 1 else 'are'} broken already, or may be; "
        f"{open_} could not be judged for sure."
    )


def _seen(report: Report) -> str:
    gaps = len(not_whole(report.coverage))
    said = "No list says how far it was read." if not report.coverage else "Every list that was asked for was read."
    if gaps:
        said = f"{counted(gaps, 'list')} could not be read whole: see “What could not be read” for who can open them."
    tied = (
        f" {counted(report.untied, 'login')} on which something hangs could be tied to nobody." if report.untied else ""
    )
    return f"{said}{tied} A number here never means that there is no more: what could not be seen is not counted."


def _care(report: Report) -> Iterator[Block]:
    if not report.uncared:
        yield Paragraph(_none_uncared(report))
        return
    yield Paragraph(
        "Some of these fail with one person's login too, and are listed above. The others may run on for months. "
        "The day they fail, nobody is left who could mend them, or one person is, and is away."
    )
    yield Table(("Thing", "Looked after by", "What to do"), tuple(_uncared(one) for one in report.uncared[:_ROWS]))
    if len(report.uncared) > _ROWS:
        yield Paragraph(f"And {len(report.uncared) - _ROWS} more: stackmap bus-factor --all")


def _none_uncared(report: Report) -> str:
    """What is known of those who look after things where nothing is known to lack them; unread is never fine."""
    unread = report.care_not_read
    if not report.care_read:
        each = "it" if unread == 1 else "any of them"
        nobody = f"Of {counted(unread, 'thing')} it was not read who looks after {each}: nothing can be said."
        return nobody if unread else "Nothing was read that somebody could look after."
    more = f" Of {counted(unread, 'more thing')} it could not be read." if unread else ""
    return f"Of everything of which it could be read, two people or more look after it.{more}"


def _uncared(one: Uncared) -> tuple[Cell, ...]:
    along = f"and with it {several(one.also, _NAMES)}" if one.also else ""
    who = f"{one.who} alone" if one.who else "nobody, as far as was read"
    if one.who is None:
        who = "not known: who administers it was not read"
    about = "; ".join(part for part in (one.gone, one.means) if part)
    return Cell(one.name, "; ".join(part for part in (one.system, along) if part)), Cell(who, about), Cell(_help(one))


def _help(one: Uncared) -> str:
    if one.gone:
        return "name somebody who is here as owner, and a backup, where the old owner is written down"
    if one.who:
        return "give a second person access, and name them as backup in stack.yaml"
    return "name an owner in stack.yaml and give two people access"


def _broken(report: Report) -> Iterator[Block]:
    things = broken_things(report.verdicts, report.graph)
    if not things:
        yield Paragraph("Nothing that was read is broken.")
        return
    yield Paragraph("The leavers of the past: what was never moved after a login went off, or points to what is gone.")
    yield Table(("What, and why", "What to do"), tuple((Cell(why), Cell(fix)) for why, fix in things))


def _findings(report: Report) -> Iterator[Block]:
    verdicts = report.verdicts
    yield Paragraph(f"{summary(verdicts)}.")
    changes = biggest_changes(report.graph, verdicts.findings)
    if changes:
        rows = tuple((Cell(one.says), Cell(tally(one.closes))) for one in changes)
        yield Table(("The changes that remove most risk", "Findings each closes"), rows)
    codes = sorted({one.code for one in verdicts.findings}, key=lambda code: (by_code[code].about_sight, code))
    if codes:
        yield Table(
            ("Rule", "What it finds", "Findings"),
            tuple(
                (
                    Cell(code),
                    Cell(by_code[code].title),
                    Cell(tally(one for one in verdicts.findings if one.code == code)),
                )
                for code in codes
            ),
        )
        yield Paragraph(
            "Each with its evidence and its fix: stackmap check --all. What a rule means: stackmap explain CODE."
        )
    accepted = [_accepted(report, one, one.accepted) for one in verdicts.findings if one.accepted]
    if accepted:
        yield Table(("Accepted", "Reason", "By, until"), tuple(accepted))


def _accepted(report: Report, finding: Finding, one: Acceptance) -> tuple[Cell, ...]:
    return (
        Cell(f"{finding.code} {report.graph.called(finding.subject)}", finding.title),
        Cell(one.reason),
        Cell(f"{report.graph.name(one.owner)}, {full_day(one.until)}"),
    )


def _gaps(report: Report) -> Iterator[Block]:
    yield Paragraph("A link that is missing here is no proof that there is none.")
    yield gaps_table(report.coverage)
    told = [*not_judged(report.verdicts, full=False), *circles_told(report.graph, report.verdicts.circular)]
    if told:
        yield Paragraph("What could not be judged in full; what was found there counts, and there may be more:")
        yield Bullets(tuple(told))


_METHOD: tuple[Block, ...] = (
    Terms(
        (
            ("One person away from failing", _ONE_AWAY),
            ("One person away from nobody knowing it", _ONE_KNOWS),
            ("Certain, likely, possible", _CERTAINTIES),
            ("May stop, not known for sure", _MAY_STOP),
            ("Weight", "From your notes, where it stands beside a thing; 1 where they are silent."),
        )
    ),
    Paragraph(_TACT),
    Paragraph(_LIMITS),
)
