"""What could not be judged: by system, in words of what it is about. Codes stand there only where all is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from stackmap.model import NOTES_SOURCE, NotEvaluated
from stackmap.rules import NONE_LISTED, Verdicts

__all__ = ["ABOUT", "not_judged"]

ABOUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "what runs as a person": ("PA02", "PA03", "PA07", "PA08"),
        "AI connections and agents": ("AI01", "AI03"),
        "tokens": ("OO01", "PA01", "ST03", "ST08"),
        "apps that share a login": ("SH01",),
        "administrators": ("SA01", "SA02"),
        "owners": ("OO07", "OO08"),
        "logins of people who have left": ("OO11",),
        "mailboxes of integration logins": ("PA09",),
        "alarms": ("OO02",),
        "what blocks a last day": ("OO04",),
    }
)
"""What each rule is about, in the order in which it is told. Rules about our own sight are always judged."""

_EVERYTHING = "everything"
_NOTES = frozenset({NOTES_SOURCE})
_NOT_ASKED = "no list that was asked for shows it in full"
_NOT_WHOLE = "not wholly read"

_By = Mapping[str, Mapping[str, NotEvaluated]]
"""What could not be judged by system, then by code."""


def not_judged(verdicts: Verdicts, *, full: bool) -> list[str]:
    """What could not be judged and why, one entry for all systems that fare alike.

    `full`: with the codes, and with the state of each list. Else each subject is told with its main reason.
    """
    found: dict[str, dict[str, NotEvaluated]] = defaultdict(dict)
    for item in verdicts.not_evaluated:
        if item.system not in verdicts.unlisted:
            found[item.system][item.code] = item
    entries = _in_full(verdicts, found) if full else _in_short(verdicts, found)
    return [*_unlisted(verdicts, full=full), *entries]


def _unlisted(verdicts: Verdicts, *, full: bool) -> Iterator[str]:
    """Systems that no list covers: those that only your notes tell of in one entry, the others in another."""
    noted = [system for system, sources in verdicts.unlisted.items() if sources == _NOTES]
    others = [system for system in verdicts.unlisted if system not in noted]
    what = f"{_EVERYTHING} (every rule): " if full else ""
    if noted:
        yield f"{_names(verdicts, noted)}: {what}only your notes tell of {'it' if len(noted) == 1 else 'them'}"
    if others:
        whose = "its" if len(others) == 1 else "their"
        yield f"{_names(verdicts, others)}: {what}no list of {whose} own was asked for"


def _in_short(verdicts: Verdicts, found: _By) -> list[str]:
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    lists: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for system, by_code in found.items():
        for why, items in _main_reasons(by_code).items():
            key = why, _subjects(items)
            alike[key].append(system)
            lists[key].extend(name for item in items for name in item.inventories if why == _NOT_WHOLE)
    return [
        f"{_names(verdicts, systems)}: {', '.join(key[1])}: {_told(key[0], lists[key])}"
        for key, systems in sorted(alike.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    ]


def _main_reasons(by_code: Mapping[str, NotEvaluated]) -> dict[str, list[NotEvaluated]]:
    """What could not be judged in one system by its reason; a subject stands as a whole under its commonest one."""
    reasons: dict[str, list[NotEvaluated]] = defaultdict(list)
    for codes in ABOUT.values():
        items = [by_code[code] for code in codes if code in by_code]
        if items:
            ((why, _),) = Counter(map(_why, items)).most_common(1)
            reasons[why].extend(items)
    return reasons


def _why(item: NotEvaluated) -> str:
    if not item.inventories:
        return item.reason
    return _NOT_ASKED if item.inventories == (NONE_LISTED,) else _NOT_WHOLE


def _told(why: str, lists: Iterable[str]) -> str:
    names = sorted(dict.fromkeys(name for name in lists if name != NONE_LISTED))
    return f"{why} ({', '.join(names)})" if names else why


def _subjects(items: Sequence[NotEvaluated]) -> tuple[str, ...]:
    """What these rules are about; what other rules still judge a part of is marked so."""
    codes = {item.code for item in items}
    if codes == {code for every in ABOUT.values() for code in every}:
        return (_EVERYTHING,)
    touched = [(subject, codes.issuperset(every)) for subject, every in ABOUT.items() if codes & set(every)]
    return tuple(subject if whole else f"{subject} (in part)" for subject, whole in touched)


def _in_full(verdicts: Verdicts, found: _By) -> list[str]:
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for system, by_code in found.items():
        for code, item in by_code.items():
            codes[item.reason, system].add(code)
    systems: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (reason, system), some in codes.items():
        systems[reason, tuple(sorted(some))].append(system)
    ranked = sorted(systems.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [f"{_names(verdicts, names)}: {_coded(some)}: {reason}" for (reason, some), names in ranked]


def _coded(codes: Iterable[str]) -> str:
    """What rules are about, each subject with the codes of its rules among them."""
    wanted = set(codes)
    told = {subject: [code for code in every if code in wanted] for subject, every in ABOUT.items()}
    return ", ".join(f"{subject} ({', '.join(some)})" for subject, some in told.items() if some)


def _names(verdicts: Verdicts, systems: Iterable[str]) -> str:
    names = (verdicts.systems.get(system, system) for system in systems)
    return ", ".join(sorted(names, key=lambda name: (name.casefold(), name)))
