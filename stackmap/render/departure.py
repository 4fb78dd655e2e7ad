"""The verdict on a departure: as JSON (`stackmap.departure/1`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis import AdminChange, Cause, Departure, DoubtfulCircle, LoginFate, Loss, Rotation, Row, Why
from stackmap.analysis.departures.heirs import Heir
from stackmap.analysis.departures.named_owners import Forsaken
from stackmap.analysis.departures.together import Together
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, StackGraph, product_of
from stackmap.render.circles import circles_json
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.evidence import evidence_dict
from stackmap.render.sources import link_row
from stackmap.render.supposing import supposed_json
from stackmap.rules.left_behind import LeftBehind

__all__ = ["CHANGES_ROLE", "DepartureReport", "LoginMail", "departure_json", "never_done", "write_json"]

CHANGES_ROLE = "changes-role"
"""How somebody leaves a role and stays: logins are not touched."""


@dataclass(frozen=True, slots=True)
class LoginMail:
    """A login that stays on, whose mail goes to a leaver, with what hangs on it."""

    login: str
    person: str
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartureReport:
    """Everything an answer shows, already decided.

    `how` is an act, `usual` or `changes-role`; `fixes` are by thing and outcome; `means` is what the business notices
    of a thing, `weights` how much it counts (1 where nobody says), both by its id; `left` are leavers who have left
    already or have no login in use, with how that is known, `left_behind` what is open because of those who have left,
    `without_login` those of whom no login was found, `heirs` to whom a platform hands a thing (by thing and outcome;
    empty where nobody says to whom), `admins_not_known` systems in which a login goes off and of which nobody can say
    who is left to administer them, `admins_in_part` those of these of which some administrators were read, `not_listed`
    the lists of everybody that do not have a leaver, in words, `forsaken` what goes on while nobody who is named to
    answer for it stays, `noted_rows` departures rows that your notes override, `platforms_say` a sentence for each row
    that is known, `never_done` a sentence for each product on which nobody can do `how`, `supposed` what is taken for
    true beside what was read, `together` what takes several of the leavers, `circular` circles of supply in which
    something may be lost that is not known to be.
    """

    snapshot: int
    taken_at: datetime
    how: str
    graph: StackGraph
    coverage: Sequence[Coverage]
    departure: Departure
    fixes: Mapping[tuple[str, str], str]
    logins: Sequence[LoginFate]
    rotate: Sequence[Rotation]
    means: Mapping[str, str]
    administrators: Sequence[AdminChange] = ()
    admins_not_known: Sequence[str] = ()
    admins_in_part: Sequence[AdminChange] = ()
    not_listed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    forsaken: Sequence[Forsaken] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    left_behind: Mapping[str, LeftBehind] = field(default_factory=dict)
    without_login: Sequence[str] = ()
    mail: Sequence[LoginMail] = ()
    heirs: Mapping[tuple[str, str], Sequence[Heir]] = field(default_factory=dict)
    noted_rows: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)
    platforms_say: Mapping[str, str] = field(default_factory=dict)
    never_done: Mapping[str, str] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=Supposed)
    together: Sequence[Together] = ()
    circular: Sequence[DoubtfulCircle] = ()


def write_json(document: Mapping[str, Any]) -> str:
    """JSON as every output writes it: two spaces, UTF-8, one newline at the end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def departure_json(report: DepartureReport) -> str:
    """The whole verdict."""
    departure, graph = report.departure, report.graph
    document = {
        "schema": "stackmap.departure/1",
        **supposed_json(graph, report.supposed),
        "snapshot": {"id": report.snapshot, "taken_at": moment(report.taken_at)},
        "leavers": [{"id": person, "name": graph.name(person)} for person in departure.leavers],
        "how": report.how,
        **_never_done(report),
        "outcomes": [_row(report, row) for row in departure.rows],
        "tokens": [_row(report, row) for row in departure.tokens],
        "handed_tokens": [_row(report, row) for row in departure.handed_tokens],
        "via": {node: _why(why) for node, why in departure.via.items()},
        **_logins_and_leavers(report),
        **_together(report),
        "partial": [{"thing": one.thing, "lost": list(one.lost)} for one in departure.partial],
        "already_broken": [_loss(loss) for loss in departure.already_broken],
        **circles_json(report.circular),
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _logins_and_leavers(report: DepartureReport) -> dict[str, Any]:
    """What becomes of logins, secrets, mail and duties, and what is known of the leavers themselves."""
    graph = report.graph
    return {
        "rotate": [{"id": one.id, "why": one.why, "things": list(one.things)} for one in report.rotate],
        "accounts": [_login(graph, fate) for fate in report.logins],
        "mail": [_mail(graph, mail) for mail in report.mail],
        "administrators": _administrators(report),
        "forsaken": [
            {**thing_dict(graph, one.thing), "owners": list(one.owners), "backups": list(one.backups)}
            for one in report.forsaken
        ],
        "not_listed": [{"id": person, "says": list(lists)} for person, lists in report.not_listed.items()],
        "left_already": [_left(report, one) for one in report.departure.leavers if one in report.left_behind],
    }


def never_done(report: DepartureReport, fate: LoginFate) -> str:
    """Why nobody can do to a login what was asked for; "" where that can be done, or nobody says."""
    return report.never_done.get(product_of(fate.id) or "", "") if fate.by == report.how else ""


def _never_done(report: DepartureReport) -> dict[str, Any]:
    """The key `never_done`, only where some login that is to go off cannot be treated so."""
    found = [{"account": one.id, "says": says} for one in report.logins if (says := never_done(report, one))]
    return {"never_done": found} if found else {}


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "thing": loss.thing,
        "outcome": loss.outcome.value,
        "certainty": loss.certainty.word if loss.certainty is not None else None,
        "at_worst": loss.at_worst.outcome.value if loss.at_worst else None,
        "because": _causes(loss.because),
    }


def _row(report: DepartureReport, row: Row) -> dict[str, Any]:
    worst = row.because_at_worst
    heirs = report.heirs.get((row.thing, row.outcome.value))
    return {
        "thing": thing_dict(report.graph, row.thing),
        "outcome": row.outcome.value,
        "certainty": row.certainty.word if row.certainty is not None else None,
        "at_worst": row.at_worst.outcome.value if row.at_worst else None,
        "alone": row.alone,
        "because": _causes(row.because),
        "because_at_worst": _causes(worst) if worst is not None else None,
        "fix": report.fixes.get((row.thing, row.outcome.value)),
        **({"also": [_causes(reason) for reason in row.also]} if row.also else {}),
        **({} if row.all_told else {"also_complete": False}),
        **({} if heirs is None else {"moved_to": [heir.login for heir in heirs]}),
    }


def _together(report: DepartureReport) -> dict[str, Any]:
    """What takes several leavers, and whom; nothing is said of that where only one leaves."""
    if len(report.departure.leavers) < 2:
        return {}
    return {"together": [_of_several(one) for one in report.together]}


def _of_several(one: Together) -> dict[str, Any]:
    return {
        "thing": one.thing,
        "outcome": one.outcome.value,
        "culprits": [list(people) for people in one.culprits],
        "more": one.more,
        **({} if one.at_least is None else {"at_least": one.at_least}),
    }


def thing_dict(graph: StackGraph, thing: str) -> dict[str, Any]:
    """A thing as every JSON output names it."""
    vertex = graph.get(thing)
    return {
        "id": thing,
        "kind": vertex.kind.value if vertex else None,
        "name": graph.name(thing),
        "system": graph.system_name(thing) or None,
    }


def _why(why: Why) -> dict[str, Any]:
    worst = why.because_at_worst
    return {"because": _causes(why.because), "because_at_worst": _causes(worst) if worst is not None else None}


def _causes(causes: Iterable[Cause]) -> list[dict[str, Any]]:
    return [{"edge": _edge(cause), "cause": cause.node} for cause in causes]


def _edge(cause: Cause) -> dict[str, Any] | None:
    link = cause.link
    if link is None:
        return None
    return {
        "from": link.source,
        "kind": link.kind.value,
        "to": link.target,
        "evidence": [evidence_dict(item) for item in link.evidence],
        "row": link_row(link) or None,
    }


def _login(graph: StackGraph, fate: LoginFate) -> dict[str, Any]:
    vertex = graph.get(fate.id)
    return {
        "id": fate.id,
        "name": graph.name(fate.id),
        "system": graph.system_name(fate.id) or None,
        "holders": list(fate.holders),
        "what": fate.what.value,
        "off_already": vertex is not None and vertex.switched_off,
        "by": fate.by or None,
        "things": list(fate.things),
    }


def _mail(graph: StackGraph, mail: LoginMail) -> dict[str, Any]:
    return {
        "id": mail.login,
        "name": graph.name(mail.login),
        "system": graph.system_name(mail.login) or None,
        "to": mail.person,
        "things": list(mail.things),
    }


def _administrators(report: DepartureReport) -> dict[str, Any]:
    return {
        "changes": [_admin_change(one) for one in report.administrators],
        "not_known": list(report.admins_not_known),
        "known_in_part": [_admin_change(one) for one in report.admins_in_part],
    }


def _admin_change(change: AdminChange) -> dict[str, Any]:
    return {
        "system": change.system,
        "before": list(change.before),
        "after": list(change.after),
        "idle": list(change.idle),
        "list": change.listed.value,
    }


def _left(report: DepartureReport, person: str) -> dict[str, Any]:
    """Somebody who has left already: how that is known, what is open because of it, and where more may be."""
    behind = report.left_behind[person]
    return {
        "id": person,
        "known_by": report.left.get(person),
        "open": [
            {
                "code": one.code,
                "severity": one.severity.word,
                "subject": one.subject,
                "because": one.because,
                "fingerprint": one.fingerprint,
            }
            for one in behind.findings
        ],
        "not_evaluated": [{"code": item.code, "system": item.system} for item in behind.not_evaluated],
    }
