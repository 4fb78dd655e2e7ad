"""The proof as Markdown: one row per departure, and what the rows add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from tests.live.company import FLOWS, PEOPLE, needs_secret
from tests.live.departures import DEACTIVATED, REMOVED, TRANSFERRED
from tests.live.predict import BROKEN_ALREADY
from tests.live.server import VERSION
from tests.live.verdict import STOPS, Trial, names

_NOTHING = "–"
_HOW = {REMOVED: "deleted", TRANSFERRED: "deleted, work handed over", DEACTIVATED: "disabled by the directory"}
_HEAD = """\
| who leaves | how | predicted to stop | observed to stop | could be theirs | broken already | agrees |
|---|---|---|---|---|---|---|"""


def markdown(results: Sequence[Trial], day: date) -> str:
    """The counts, the table, and what its columns leave out."""
    if not results:
        return "Nobody left."
    table = "\n".join([_HEAD, *map(_row, results)])
    folded = "<details><summary>Every departure</summary>\n\n" + table + "\n\n</details>"
    return "\n\n".join([_counts(results, day), folded, *_notes(results)])


def _counts(results: Sequence[Trial], day: date) -> str:
    working = sum(results[0].before.values())
    company = f"{len(PEOPLE)} made-up people, {len(FLOWS)} workflows, {working} of them working"
    text = f"Last tried on {day.isoformat()} against n8n {VERSION}: {company}, {len(results)} departures"
    if any(trial.predicted is None for trial in results):
        return f"{text}; nothing was predicted."
    agreed = sum(1 for trial in results if not trial.differences())
    verdicts = _verdicts(results)
    return (
        f"{text}, **{agreed} of {len(results)} as predicted**.\n"
        f"Said to stop: {_came(verdicts, STOPS)}. Could be theirs: {_came(verdicts, 'open')}. "
        f"Said to go on: {_came(verdicts, 'on')}."
    )


def _verdicts(results: Iterable[Trial]) -> Counter[tuple[str, bool]]:
    """How many verdicts on working workflows of each sort (`stops`, `open`, `on`) were followed by a stop."""
    found: Counter[tuple[str, bool]] = Counter()
    for trial in results:
        if trial.predicted is None or trial.predicted.silence:
            continue
        sure, left_open = set(trial.predicted_to_stop()), set(trial.left_open())
        for key, worked in trial.before.items():
            if worked:
                sort = STOPS if key in sure else "open" if key in left_open else "on"
                found[sort, not trial.after[key]] += 1
    return found


def _came(verdicts: Counter[tuple[str, bool]], sort: str) -> str:
    stopped, went_on = verdicts[sort, True], verdicts[sort, False]
    return f"{stopped + went_on}, of which {stopped} stopped and {went_on} went on"


def _row(trial: Trial) -> str:
    departure = trial.departure
    cells = (
        f"{departure.names}: {departure.case}",
        _HOW[departure.how],
        _predicted(trial),
        _observed(trial),
        _left_open(trial),
        _broken(trial),
        _agrees(trial),
    )
    return f"| {' | '.join(cells)} |"


def _predicted(trial: Trial) -> str:
    if trial.predicted is None:
        return "not asked"
    if trial.predicted.silence:
        return "no answer"
    parts = ["refused"] if trial.predicted.refused else []
    parts += [said] if (said := names(trial.predicted_to_stop())) else []
    return "; ".join(parts) or _NOTHING


def _observed(trial: Trial) -> str:
    if trial.refused:
        return "refused"
    stopped = trial.stopped()
    if stopped and set(stopped) == set(trial.predicted_to_stop()):
        return "the same"
    return names(stopped) or _NOTHING


def _left_open(trial: Trial) -> str:
    """How many were left open, and by name those that did stop: these the API kept back."""
    left_open = [key for key in trial.left_open() if trial.before[key]]
    if not left_open:
        return _NOTHING
    stopped = set(left_open) & set(trial.stopped())
    return f"{len(left_open)}, stopped: {names(stopped)}" if stopped else f"{len(left_open)}, none stopped"


def _broken(trial: Trial) -> str:
    """Of the leavers' own workflows those that failed already, and whether that was foreseen."""
    own = {flow.key for flow in FLOWS if flow.owner in trial.departure.people}
    broken = [key for key in trial.broken_before() if key in own]
    if trial.predicted is None:
        return names(broken) or _NOTHING
    known = [key for key in broken if trial.said(key) == BROKEN_ALREADY]
    parts = [(names(known), "foreseen"), (names(set(broken) - set(known)), "not foreseen")]
    return "; ".join(f"{named} ({word})" for named, word in parts if named) or _NOTHING


def _agrees(trial: Trial) -> str:
    if trial.predicted is None:
        return "not asked"
    differences = trial.differences()
    return f"**no**: {'; '.join(differences)}" if differences else "yes"


def _notes(results: Sequence[Trial]) -> list[str]:
    """What every row has in common, named once."""
    first = next((trial for trial in results if trial.predicted and not trial.predicted.silence), results[0])
    failing = first.broken_before()
    broken = f"*Broken already*, whoever leaves: {names(failing) or _NOTHING}."
    if first.predicted is None:
        return [broken]
    blind = {flow.key for flow in FLOWS if needs_secret(flow)}
    known = [key for key in failing if first.said(key) == BROKEN_ALREADY]
    missed = set(failing) - set(known)
    could_be = (
        "*Could be theirs*: n8n 1.x tells nobody whose credential a workflow uses, so each of these may go with "
        f"anybody, as long as it is not sure to: {names(blind)}. Nothing else may be left open."
    )
    broken += f" Foreseen as such: {names(known) or _NOTHING}."
    if missed and missed <= blind:
        broken += f" Not foreseen: {names(missed)}, for its owner may not use the credential, which n8n does not tell."
    return [could_be, broken]
