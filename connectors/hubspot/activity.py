"""The activity logs: who installed, made, saw and ended what, and who signed in.

No endpoint lists the installed apps, private apps and keys of an account; the security log is the only place that
tells of them, by number and without a name, and only as far back as it reaches. One event in, facts out: what several
events of one key come to (who still knows it, whether it is over) is concluded in `joins`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from connectors.hubspot.departures import INSTALLED_APP, PERSONAL_KEY, PRIVATE_APP, SERVICE_KEY
from stackmap.model import EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import Departures, NotUnderstoodError, Record, Scope, parse_time, used_within

__all__ = ["EVENTS", "HISTORY", "Does", "Family", "consent_of", "log_in", "security_event"]

HISTORY = "history"
"""The property of a key or app that holds its events: `{"at", "does", "by", "event"}`."""

_NOBODY_SAID = "unread"
"""Stands for the user of an event that does not name one."""

_SCREEN = re.compile(r"https://app(-[a-z0-9]+)?\.hubspot\.com/[\w/.~-]*")


class Does(StrEnum):
    """What an event does to a key or an app."""

    MADE = "made"
    SHOWN = "shown"
    ROTATED = "rotated"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Family:
    """One sort of key or app that the log tells of.

    `key` begins the id, `name` and `secret` what people read. With `app_kind` it is an integration that signs in with
    the key, without, a key alone. `row` says what switching its maker off does; None: the key hangs on nobody.
    """

    key: str
    name: str
    secret: str = ""
    app_kind: str = ""
    row: Departures | None = None

    @property
    def token_kind(self) -> NodeKind:
        """An installed app has a consent; of everything else there is a secret that somebody may know."""
        return NodeKind.CREDENTIAL if self.secret else NodeKind.GRANT


_SERVICE_KEY = Family("service-key", "Service key", "Service key", "service key", SERVICE_KEY)
_PRIVATE_APP = Family("private-app", "Private app", "Token of private app", "private app", PRIVATE_APP)
_CLIENT_SECRET = Family("private-app-secret", "", "Client secret of private app")
_PERSONAL_KEY = Family("personal-key", "", "Personal access key of user", row=PERSONAL_KEY)
_SMTP_TOKEN = Family("smtp-token", "", "SMTP token")
_APP = Family("app", "App", app_kind="connected app", row=INSTALLED_APP)

EVENTS: Mapping[str, tuple[Family, Does]] = MappingProxyType(
    {
        "INSTALL_INTEGRATION": (_APP, Does.MADE),
        "UNINSTALL_INTEGRATION": (_APP, Does.ENDED),
        "PRIVATE_APP_ACCESS_TOKEN_CREATE": (_PRIVATE_APP, Does.MADE),
        "PRIVATE_APP_ACCESS_TOKEN_ROTATE": (_PRIVATE_APP, Does.ROTATED),
        "PRIVATE_APP_ACCESS_TOKEN_VIEW": (_PRIVATE_APP, Does.SHOWN),
        "PRIVATE_APP_ACCESS_TOKEN_DEACTIVATE": (_PRIVATE_APP, Does.ENDED),
        "PRIVATE_APP_SCOPE_GROUPS_UPDATE": (_PRIVATE_APP, Does.CHANGED),
        "PRIVATE_APP_CLIENT_SECRET_VIEW": (_CLIENT_SECRET, Does.SHOWN),
        "PRIVATE_APP_CLIENT_SECRET_WRITE": (_CLIENT_SECRET, Does.ROTATED),
        "SERVICE_KEY_CREATE": (_SERVICE_KEY, Does.MADE),
        "SERVICE_KEY_ROTATE": (_SERVICE_KEY, Does.ROTATED),
        "SERVICE_KEY_REVEAL": (_SERVICE_KEY, Does.SHOWN),
        "SERVICE_KEY_DEACTIVATE": (_SERVICE_KEY, Does.ENDED),
        "SERVICE_KEY_PERMISSIONS_UPDATE": (_SERVICE_KEY, Does.CHANGED),
        "PERSONAL_ACCESS_KEY_CREATE": (_PERSONAL_KEY, Does.MADE),
        "PERSONAL_ACCESS_KEY_ROTATE": (_PERSONAL_KEY, Does.ROTATED),
        "PERSONAL_ACCESS_KEY_VIEW": (_PERSONAL_KEY, Does.SHOWN),
        "PERSONAL_ACCESS_KEY_DEACTIVATE": (_PERSONAL_KEY, Does.ENDED),
        "SMTP_TOKEN_CREATED": (_SMTP_TOKEN, Does.MADE),
        "SMTP_TOKEN_RETRIEVED": (_SMTP_TOKEN, Does.SHOWN),
        "SMTP_TOKEN_PASSWORD_RESET": (_SMTP_TOKEN, Does.ROTATED),
        "SMTP_TOKEN_DELETED": (_SMTP_TOKEN, Does.ENDED),
    }
)
"""Event types that tell of something that stands. The set of types is open: all others are passed over."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event that was understood: what it did (`does`) to which app or key (`number`), when, and by whom."""

    family: Family
    does: Does
    number: object
    when: datetime
    who: object
    record: object
    link: str = ""

    @property
    def made(self) -> bool:
        return self.does is Does.MADE

    @property
    def properties(self) -> dict[str, Any]:
        by = None if self.who is None else str(self.who)
        entry = {"at": self.when.isoformat(), "does": self.does.value, "by": by, "event": str(self.record)}
        return {HISTORY: [entry], "created_at": self.when.isoformat() if self.made else None}


def security_event(row: Record, at: Scope) -> Iterator[Fact]:
    """One event of the security log, as far as it tells of an app or a key.

    Raises NotUnderstoodError where it does not say which app or key, or when. Administrators made and unmade are
    not taken from here: the users themselves tell who is one.
    """
    known = EVENTS.get(str(row["type"]))
    if known is None:
        return
    family, does = known
    number, when = _number(row, family), parse_time(row.get("createdAt"))
    if number is None or when is None:
        raise NotUnderstoodError("it does not say which app or key it is about, or when")
    event = _Event(family, does, number, when, row.get("userId"), row["id"], _screen(row.get("infoUrl")))
    if family.token_kind is NodeKind.GRANT:
        yield from _installation(event, at)
    else:
        yield from _key(event, at)


def _installation(event: _Event, at: Scope) -> Iterator[Fact]:
    """An app from outside. Each who installed it has given a consent; an uninstallation ends the app."""
    app = _integration(event, at)
    yield app
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, event.record)
    if event.made:
        consent_id = consent_of(f"{event.family.key}:{event.number}", event.who or _NOBODY_SAID)
        consent = at.node(NodeKind.GRANT, consent_id, f"Consent to app {event.number}", link=event.link)
        yield consent
        yield at.edge(EdgeKind.PART_OF, consent.id, at.system, event.record)
        yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, consent.id, event.record)
        yield _hangs_on(consent, event, at)


def _key(event: _Event, at: Scope) -> Iterator[Fact]:
    """A secret, and the integration that signs in with it, where it is one."""
    name = f"{event.family.secret} {event.number}"
    secret = at.node(NodeKind.CREDENTIAL, f"{event.family.key}:{event.number}", name, event.properties, link=event.link)
    yield secret
    yield at.edge(EdgeKind.PART_OF, secret.id, at.system, event.record)
    if event.family.app_kind:
        app = _integration(event, at)
        yield app
        yield at.edge(EdgeKind.PART_OF, app.id, at.system, event.record)
        yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, secret.id, event.record)
    if event.who is not None and (event.made or event.family is _PERSONAL_KEY):
        yield _hangs_on(secret, event, at)


def _integration(event: _Event, at: Scope) -> Node:
    properties = {**event.properties, "app_kind": event.family.app_kind}
    vendor_id = f"{event.family.key}:{event.number}"
    name = f"{event.family.name} {event.number}"
    return at.node(NodeKind.INTEGRATION, vendor_id, name, properties, link=event.link)


def _hangs_on(token: Node, event: _Event, at: Scope) -> Fact:
    """On its maker, or, where the platform does not tie it to anybody, only who made it."""
    kind = EdgeKind.AUTHORIZED_BY if event.family.row else EdgeKind.CREATED_BY
    who = event.who if event.who is not None else f"unread:{event.family.key}:{event.number}"
    return at.edge(kind, token.id, at.id(NodeKind.ACCOUNT, who), event.record, row=event.family.row)


def consent_of(app: str, who: object) -> str:
    """The vendor's part of the id of the consent that somebody gave to an app."""
    return f"{app}:{who}"


def log_in(row: Record, at: Scope) -> Iterator[Fact]:
    """A log-in, kept as "used within so many days". A failed one says nothing about its user."""
    if row.get("loginSucceeded") is not True or row.get("userId") is None:
        return
    # Without a name, so that the one that the users have stands.
    yield at.node(NodeKind.ACCOUNT, row["userId"], "", {"used_within": used_within(row.get("loginAt"), at.taken_at)})


def _number(row: Record, family: Family) -> object:
    """Which app or key: `objectId`. A user has one personal key only, so there the user tells it too."""
    # developers.hubspot.com/docs/developer-tooling/local-development/hubspot-cli/personal-access-key
    if family is _PERSONAL_KEY:
        return row.get("userId")
    found = row.get("objectId")
    return found if isinstance(found, str | int) and not isinstance(found, bool) and found != "" else None


def _screen(address: object) -> str:
    """HubSpot's own screen for an event, "" for anything else. Its reference shows such addresses without a scheme."""
    if not isinstance(address, str) or not address:
        return ""
    whole = address if "://" in address else f"https://{address}"
    return whole if _SCREEN.fullmatch(whole) else ""
