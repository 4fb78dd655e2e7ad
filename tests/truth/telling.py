"""The verdict as a table for people, and examples of what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from stackmap.model import AccountType, Properties
from tests.truth.company import Company
from tests.truth.counting import counts
from tests.truth.judging import Hunch, Outlook, Ties, Types
from tests.truth.marriages import Marriages
from tests.truth.verdict import Verdict

__all__ = ["failures", "table"]

_WORDS = (*(kind.value for kind in AccountType), "nothing")


def table(company: Company, verdict: Verdict) -> Iterator[str]:
    """All figures, line by line."""
    yield f"{len(company.people)} people, {len(company.logins)} logins"
    yield from (f"  {count:6}  {what}" for what, count in counts(company).items())
    yield from _ties(company, verdict.ties)
    yield from _types(verdict.types)
    yield from _outlook(verdict.outlook)
    yield from _marriages(verdict.marriages)
    yield ""
    yield f"resolved in {verdict.seconds:.2f} s, suggestions in {verdict.seconds_suggesting:.2f} s"


def _ties(company: Company, ties: Ties) -> Iterator[str]:
    yield from (
        "",
        "TIES",
        f"  precision {ties.precision:.5f} ({ties.tied - ties.right} of {ties.tied} pairs are wrong)",
    )
    yield f"  recall    {ties.recall:.5f} ({ties.right} of {ties.true} pairs)"
    yield f"  clusters in which different people or programs met: {len(ties.merged)}"
    yield f"  logins of nobody that are taken for somebody's: {len(ties.taken_for_people)}"
    yield f"  logins left out, nobody could tell whose they are: {sum(bool(one.aside) for one in company.logins)}"


def _types(types: Types) -> Iterator[str]:
    yield from ("", "TYPES")
    yield f"  right {types.share_right:.5f} of the decidable ones"
    yield f"  programs called human and the reverse: {len(types.confused)}"
    yield f"  {'true, got:':<16}" + "".join(f"{word:>16}" for word in _WORDS)
    for true in AccountType:
        row = [types.confusion.get((true.value, got), 0) for got in _WORDS]
        yield f"  {true.value:<16}" + "".join(f"{count:>16}" for count in row)
    yield f"  undecidable: {types.share_undecidable:.4f} of all"
    yield from (f"  {count:6}  {reason}: {got}" for (reason, got), count in sorted(types.undecidable.items()))


def _outlook(outlook: Outlook) -> Iterator[str]:
    yield ""
    yield f"SUGGESTIONS ({outlook.suggestions})"
    yield f"  missing ties: {outlook.missing} (and {outlook.unlinked} between which nothing is alike: not counted)"
    yield f"  in the better half: {outlook.found_in_top} = {outlook.share_in_top:.4f}; in all: {outlook.found}"
    for band in outlook.bands:
        yield f"  score from {band.floor:.1f}: {band.right} of {band.judged} right ({band.right / band.judged:.3f})"


def _marriages(marriages: Marriages) -> Iterator[str]:
    yield f"  people who married and whose logins fell apart: {marriages.apart}; suggested: {marriages.suggested}"
    yield f"    with no sign but the given name: {marriages.apart_bare}; suggested: {marriages.suggested_bare}"


def failures(company: Company, verdict: Verdict, limit: int) -> Iterator[str]:
    """Up to `limit` examples of each class of failure: what was shown, what was expected, what came."""
    told = _teller(company)
    ties, outlook = verdict.ties, verdict.outlook
    merged = "DIFFERENT PEOPLE OR PROGRAMS IN ONE CLUSTER (expected: apart)"
    yield from _block(merged, ties.merged, limit, lambda one: map(told, one))
    nobodys = "LOGINS OF NOBODY TIED TO SOMEBODY (expected: to nobody)"
    yield from _block(nobodys, ties.taken_for_people, limit, lambda one: [told(one)])
    yield from _wrong_types(verdict.types, limit, told)
    apart = "LEFT APART BY THE BETTER HALF (expected: all of these one person)"
    yield from _block(apart, outlook.left, limit, lambda one: _clusters(one, told))
    false = "SUGGESTIONS OF DIFFERENT PEOPLE (expected: none, or further down)"
    yield from _block(false, outlook.wrong, limit, lambda one: _suggested(one, told))


def _wrong_types(types: Types, limit: int, told: Callable[[str], str]) -> Iterator[str]:
    confused = {login.id for login, _ in types.confused}
    other = [one for one in types.wrong if one[0].id not in confused]
    for title, wrong in (("PROGRAMS CALLED HUMAN, AND THE REVERSE", types.confused), ("OTHER WRONG TYPES", other)):
        yield from _block(
            title,
            wrong,
            limit,
            lambda one: [f"{told(one[0].id)} -> expected {one[0].type.value} -> got {one[1]}"],
        )


_Item = TypeVar("_Item")


def _block(title: str, items: Sequence[_Item], limit: int, lines: Callable[[_Item], Iterable[str]]) -> Iterator[str]:
    """A class of failure with examples from all over it."""
    chosen = items if len(items) <= limit else [items[number * len(items) // limit] for number in range(limit)]
    yield from ("", f"{title}: {len(items)}")
    for item in chosen:
        yield "  *"
        yield from (f"    {line}" for line in lines(item))


def _clusters(clusters: Sequence[Sequence[str]], told: Callable[[str], str]) -> Iterator[str]:
    for number, members in enumerate(clusters, 1):
        yield from (f"cluster {number}: {told(member)}" for member in members)


def _suggested(hunch: Hunch, told: Callable[[str], str]) -> Iterator[str]:
    yield f"{hunch.score:.3f} {hunch.reason}"
    yield from map(told, hunch.subjects)


def _teller(company: Company) -> Callable[[str], str]:
    logins = {login.id: login for login in company.logins}
    lines = {line.node.id: (key, line.node) for key, line in company.listed.items()}

    def told(member: str) -> str:
        if member in logins:
            login = logins[member]
            marks = ", ".join(sorted(login.marks))
            return f"{member} {_shown(login.name, login.properties)} (truth: {login.holder or 'nobody'}; {marks})"
        if member in lines:
            key, node = lines[member]
            return f"{member} {_shown(node.name, node.properties)} (truth: {key})"
        return member

    return told


def _shown(name: str, properties: Properties) -> str:
    hidden = {"used_within", "licence", "type_reasons"}
    return f"{name!r} " + " ".join(f"{key}={value}" for key, value in properties.items() if key not in hidden)
