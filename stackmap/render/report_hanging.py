"""The report's section on what hangs on one person's login: the heaviest as cards, the others in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.render.document import Block, Card, Cards, Cell, Fact, Paragraph, Table
from stackmap.render.report_page import Hanging, Loss, Report, Unsure, Way
from stackmap.rules.naming import several

__all__ = ["hanging"]

_CARDS = 12
_ROWS = 60
_NAMES = 6

_RANKED = (
    "By the weight that your notes give a thing, or anything lost with it; then as check grades it, what joins systems "
    "before what works inside one, and by how much is lost with it. Things are ranked, never people."
)


def hanging(report: Report) -> Iterator[Block]:
    """The blocks of the section."""
    if not report.hanging:
        yield Paragraph("Nothing that was read is known to hang on one person's login.")
    else:
        yield Paragraph(_RANKED)
        yield Cards(tuple(_card(report, one) for one in report.hanging[:_CARDS]))
        yield from _rest(report.hanging[_CARDS:])
    if report.unsure:
        yield Paragraph("These may hang on one person's login; what decides it is not known:")
        yield Table(("Thing", "What it hangs on", "What to do"), tuple(_unsure(one) for one in report.unsure[:_ROWS]))


def _card(report: Report, one: Hanging) -> Card:
    first = one.losses[0]
    facts = [Fact("Why it matters", text) for text in (_stakes(one),) if text]
    for label, text, way in _told(one, first.outcome):
        facts.append(Fact(label, text))
        facts.extend(Fact("Seen in", seen, link) for seen, link in way.seen)
    facts.extend(Fact("Why we say so", _said(report, row)) for row in _rows(one))
    if one.takes_along:
        facts.append(Fact("Lost with it", several(one.takes_along, _NAMES)))
    facts.extend(Fact("What to do", fix) for fix in _fixes(one))
    return Card(one.name, one.system, first.outcome, tuple(facts))


def _stakes(one: Hanging) -> str:
    noticed = f"noticed after {one.noticed_after}" if one.noticed_after else ""
    cost = f"about {one.cost_per_day} a day" if one.cost_per_day else ""
    return "; ".join(part for part in (one.means or one.stakes, noticed, cost, one.weight) if part)


def _told(one: Hanging, before: str) -> Iterator[tuple[str, str, Way]]:
    """Every way with its label, once; what was lost before anybody leaves comes last, and is called so."""
    for loss in one.losses:
        happens = "" if loss.outcome == before else f"{loss.outcome}: "
        yield from (("Because", f"{happens}it {way.why}{_sure(loss)}", way) for way in loss.ways if not way.already)
    for way in dict.fromkeys(way for loss in one.losses for way in loss.ways if way.already):
        yield "Lost already", f"it {way.why}", way


def _sure(loss: Loss) -> str:
    return f" ({loss.certainty})" if loss.certainty else ""


def _rows(one: Hanging) -> list[str]:
    """The departures rows behind a thing's losses, in the order met."""
    return list(dict.fromkeys(row for loss in one.losses for way in loss.ways if not way.already for row in way.rows))


def _said(report: Report, row: str) -> str:
    says = report.platforms_say.get(row, "")
    return f"{says} Source: stackmap explain {row}" if says else f"stackmap explain {row}"


def _fixes(one: Hanging) -> list[str]:
    return list(dict.fromkeys(loss.fix for loss in one.losses))


def _rest(rest: Sequence[Hanging]) -> Iterator[Block]:
    if rest:
        yield Table(("Thing", "What happens", "What to do"), tuple(_row(one) for one in rest[:_ROWS]))
    if len(rest) > _ROWS:
        yield Paragraph(f"And {len(rest) - _ROWS} more: stackmap bus-factor --all")


def _row(one: Hanging) -> tuple[Cell, ...]:
    along = f"lost with it: {several(one.takes_along, _NAMES)}" if one.takes_along else ""
    about = "; ".join(part for part in (one.system, _stakes(one)) if part)
    return Cell(one.name, about), Cell(_happens(one), along), Cell("; ".join(_fixes(one)), _proof(one))


def _proof(one: Hanging) -> str:
    """Where it was seen, the first place of each way, and where the rules of leaving stand."""
    live = [way for loss in one.losses for way in loss.ways if not way.already]
    seen = list(dict.fromkeys(text for way in live for text, _ in way.seen[:1]))
    rows = [f"why we say so: stackmap explain {', '.join(_rows(one))}"] if _rows(one) else []
    return "; ".join([f"seen in {'; '.join(seen)}", *rows] if seen else rows)


def _happens(one: Hanging) -> str:
    """Every way in one sentence, for a row of the table."""
    outcome = one.losses[0].outcome
    told = list(_told(one, outcome))
    live = "; or ".join(text for _, text, way in told if not way.already)
    return "; ".join([f"{outcome}: {live}", *(f"lost already: {text}" for _, text, way in told if way.already)])


def _unsure(one: Unsure) -> tuple[Cell, ...]:
    ways = [f"lost already: it {way.why}" if way.already else f"it {way.why}" for way in one.ways]
    return Cell(one.name, one.system), Cell("; or ".join(ways), one.means), Cell(one.fix)
