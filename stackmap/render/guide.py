"""The newcomer's guide as a document: what there is, whom to ask, what to leave alone, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from stackmap.render.document import Block, Bullets, Cell, Document, Heading, Paragraph, Section, Table, Terms
from stackmap.render.guide_page import Asked, Flow, Gone, Guide, LeaveAlone, Room, Tape, Taped, TapedGroup, Tied
from stackmap.render.sight_words import scope_table
from stackmap.render.words import counted
from stackmap.rules.naming import several

__all__ = ["ASKING", "guide_document"]

ASKING = "ask"
"""The key of the only section in which people's names stand."""

_NAMES = 8
_ROWS = 80
_UNSAID = "not written down yet"
_UNKNOWN = "not known"
_GONE: Mapping[Gone, str] = MappingProxyType(
    {
        Gone.LEFT: "whoever is written down has left",
        Gone.LOGIN_OFF: "the login of whoever is written down is off or frozen",
    }
)

_TIED: Mapping[Tied, tuple[str, str]] = MappingProxyType(
    {
        Tied.RUNS_AS: ("{} runs as it", "{} run as it"),
        Tied.SIGNS_IN: ("{} signs in with what it authorised", "{} sign in with what it authorised"),
        Tied.OWNED: ("{} belongs to it", "{} belong to it"),
        Tied.WORK: ("{} hands work to it", "{} hand work to it"),
        Tied.QUEUE: ("{} hands work to a queue that it is in", "{} hand work to queues that it is in"),
        Tied.OTHER: ("{} hangs on it in another way", "{} hang on it in another way"),
        Tied.ALARMS: ("the alarms of {} come to it", "the alarms of {} come to it"),
    }
)
"""Said of one thing, and of several."""

_TAPE: Mapping[Tape, tuple[str, str]] = MappingProxyType(
    {
        Tape.BROKEN: (
            "Does not work at present",
            "Something it needs is switched off or gone. Do not build on it.",
        ),
        Tape.MAYBE_BROKEN: (
            "May not work at present",
            "Something it needs could not be read. Try it before you build on it.",
        ),
        Tape.SPACE: (
            "Lies in one person's own space",
            "It belongs to one login of its system, and stops or is deleted with it.",
        ),
        Tape.RUNS_AS: (
            "Runs as one person's login",
            "It does its work as that login, with the rights that it has, and stops, or may stop, with it.",
        ),
        Tape.SIGNS_IN: (
            "Signs in with one person's token or key",
            "Somebody allowed it once, with a login of their own.",
        ),
        Tape.OTHER: ("Hangs on one person's login in another way", "The map shows how: stackmap map --open"),
        Tape.UNOWNED: ("Nobody is known to look after it", "Ask the people of the systems around it."),
    }
)


def guide_document(guide: Guide) -> Document:
    """All pages of the guide."""
    return Document(
        "The stack: a guide for newcomers",
        "What there is, whom to ask, what to leave alone, and what is still to be found out.",
        guide.read_on,
        "whoever is new to operations",
        (
            Section("stack", "The stack on one page", tuple(_stack(guide))),
            Section(ASKING, "Whom to ask", tuple(_ask(guide)), fresh_page=True),
            Section("logins", "Logins not to touch", tuple(_leave_alone(guide))),
            Section("tape", "Known tape, in plain words", tuple(_tape(guide))),
            Section("open", "What nobody has written down yet", tuple(_open(guide))),
            Section("words", "Words, and how to read everything again", _WORDS),
        ),
    )


def _stack(guide: Guide) -> Iterator[Block]:
    if guide.rooms:
        yield Table(("System", "Without it", "Holds"), tuple(map(_room, guide.rooms)))
    else:
        yield Paragraph("No system was read yet, and none is written down.")
    if guide.flows:
        yield Paragraph("How data gets from one to the other, as far as lists show it or somebody wrote it down:")
        yield Table(("From", "To", "Through"), tuple(map(_flow, guide.flows[:_ROWS])))
    if guide.inside:
        within = "works" if guide.inside == 1 else "work"
        yield Paragraph(
            f"{counted(guide.inside, 'more automation or link', 'more automations and links')} {within} within one "
            "system, or no list and no note says between which two. The map shows them all: stackmap map --open"
        )
    yield Paragraph(_read(guide))
    if guide.sources:
        yield scope_table(guide.sources, with_reader=False)


def _read(guide: Guide) -> str:
    gaps = f" {counted(guide.unread, 'list')} could not be read whole." if guide.unread else ""
    return (
        f"Made from what was read, and from notes that colleagues keep.{gaps} It shows what is known, not all there is."
    )


def _room(one: Room) -> tuple[Cell, ...]:
    noticed = f"noticed after {one.noticed_after}" if one.noticed_after else ""
    return Cell(one.name), Cell(one.means or _UNSAID, noticed), Cell(one.holds)


def _flow(one: Flow) -> tuple[Cell, ...]:
    ends = (Cell(", ".join(end) or _UNKNOWN) for end in (one.origins, one.targets))
    return *ends, Cell(several(one.through, _NAMES))


def _ask(guide: Guide) -> Iterator[Block]:
    yield Paragraph(
        "These colleagues know their way around and are glad of a question asked early. Owner: answers for it, and is "
        "asked before anything changes. Backup: stands in. Administrators: give access and can look behind the scenes."
    )
    if guide.ask_systems:
        rows = tuple((*_asked(one), Cell(_administrators(one))) for one in guide.ask_systems)
        yield Table(("System", "Owner", "Backup", "Administrators"), rows)
    if guide.ask_things:
        yield Paragraph("Some links and automations have people of their own:")
        rows = tuple((*_asked(one), Cell(one.runbook and "open", link=one.runbook)) for one in guide.ask_things[:_ROWS])
        yield Table(("Link or automation", "Owner", "Backup", "Runbook"), rows)


def _asked(one: Asked) -> tuple[Cell, ...]:
    owners = ", ".join(one.owners) or _instead(one.owners_gone, _UNSAID)
    return Cell(one.name, one.where), Cell(owners), Cell(", ".join(one.backups) or _instead(one.backups_gone, "–"))


def _instead(gone: Gone | None, unsaid: str) -> str:
    """What stands where nobody can be named: nothing was written down, or it does not hold any more."""
    return unsaid if gone is None else _GONE[gone]


def _administrators(one: Asked) -> str:
    if one.administrators is None:
        return "their list was not read"
    return ", ".join(one.administrators) or ("none is known; ask the owner" if one.owners else "none is known")


def _leave_alone(guide: Guide) -> Iterator[Block]:
    yield Paragraph(
        "These logins belong to no single colleague, or to nobody any more, and things hang on them. Do not sign in "
        "with them, reset them, re-assign them or tidy them away. When one is in your way, ask the people above."
    )
    if guide.leave_alone:
        columns = ("Login", "What it is", "What hangs on it", "Leave it alone, because")
        yield Table(columns, tuple(map(_login, guide.leave_alone)))
    else:
        yield Paragraph("No such login was read. There may be some all the same.")


def _login(one: LeaveAlone) -> tuple[Cell, ...]:
    hangs = "; ".join(_TIED[tied][len(names) > 1].format(several(names, _NAMES)) for tied, names in one.hangs)
    return (
        Cell(one.name, one.system),
        Cell(one.what),
        Cell(hangs or "nothing that was read; that is no proof"),
        Cell(one.why),
    )


def _tape(guide: Guide) -> Iterator[Block]:
    if not guide.tape:
        yield Paragraph("Nothing that was read is known to be held together with tape.")
        return
    yield Paragraph(
        "Ask its owner, or the people of its system, before you change any of these, and for the current list before "
        "you build on something. Where somebody wrote down what one sees when it fails, that stands first."
    )
    for group in guide.tape:
        yield from _group(group)


def _group(group: TapedGroup) -> Iterator[Block]:
    heading, says = _TAPE[group.what]
    yield Heading(heading)
    yield Paragraph(says)
    if any(one.told for one in group.things):
        rows = (
            (Cell(one.sees, f"noticed after {one.noticed_after}" if one.noticed_after else ""), _look(one))
            for one in group.things
        )
        yield Table(("If you see", "Look at"), tuple(rows))
    else:
        yield Bullets(tuple(f"{one.name} ({one.system})" if one.system else one.name for one in group.things))
    if group.more:
        yield Paragraph(f"And {group.more} more of the kind.")


def _look(one: Taped) -> Cell:
    return Cell(one.name, one.system)


def _open(guide: Guide) -> Iterator[Block]:
    if not guide.tasks:
        yield Paragraph("Everything that this guide asks for is written down.")
        return
    yield Paragraph(
        "Finding these out is the best way to learn the stack. Take one or two a week, write the answer into "
        "stack.yaml, and make this guide anew."
    )
    yield Bullets(tuple(guide.tasks), tasks=True)


_WORDS: tuple[Block, ...] = (
    Terms(
        (
            ("System", "One tenant of one product, with its own users and settings."),
            ("Link", "A standing connection between systems: an app, a sync, a script, a sheet somebody uploads."),
            ("Automation", "Something that runs by itself inside a system: a workflow, a flow, a nightly job."),
            ("Login", "One account inside one system. A colleague has several; a program has its own."),
            ("Runs as", "Whose login something uses when it works. When that login goes off, it stops."),
            ("Tape", "Something works only because one login, one key or one old arrangement still does."),
            ("Owner, backup", "Who answers for something, and who stands in."),
            ("Notes", "stack.yaml: what people know and no system tells."),
        )
    ),
    Paragraph("To read everything again and make this guide anew, in the folder where stackmap.yaml lies:"),
    Bullets(
        (
            "stackmap collect: reads all systems, changes nothing in them",
            "stackmap onboard: writes this guide anew",
            "stackmap map --open: the whole stack as a picture that you can search",
            "stackmap explain CODE: what a finding means and how to mend it",
        )
    ),
)
