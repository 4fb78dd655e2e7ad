"""The logins that are no person: programs, robots, mailboxes of teams, logins of a role, and what vendors make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from stackmap.model import AccountType
from tests.truth.logins import DIRECTORY, HUBSPOT, MARKETO, N8N, SALESFORCE, ZAPIER, Login, Place
from tests.truth.people import HOME, Person
from tests.truth.staff import Desk

__all__ = ["install"]

_APPS = (
    "HubSpot", "Marketo", "Salesforce", "Zapier", "Outreach", "Gong", "Segment", "LeanData", "ZoomInfo", "Workato",
    "Snowflake", "Tableau", "Drift", "Eloqua", "Pardot", "n8n", "Census", "Fivetran",
)  # fmt: skip
_TOOLS = (
    "Data Loader",
    "ETL User",
    "Nightly Export",
    "Web Service User",
    "Lead Sync",
    "Reporting API",
    "Webhook Listener",
)
_ROBOTS = ("Alfred Bot", "Jarvis Robot", "Rita Robot", "Max Bot", "Wally Bot", "Hal Bot")
_TEAMS = (
    ("Marketing", "marketing"), ("Webinars", "webinars"), ("MOPs Team", "mops"), ("Events", "events"),
    ("Sales Ops Shared", "salesops"), ("Front Desk", "reception"), ("Partner Team", "partners"), ("Support", "support"),
    ("Newsletter", "newsletter"), ("Accounts Payable", "ap"), ("Info", "info"), ("Press Office", "press"),
)  # fmt: skip
_REGIONS = ("", "EMEA", "DACH", "Americas", "APAC", "Nordics", "Iberia", "UKI", "France", "Benelux", "Japan", "India")
_ROLES = (
    ("RevOps Admin", "revops-admin"), ("Salesforce Admin", "sfadmin"), ("System Administrator", "admin"),
    ("Marketing Admin", "marketing.admin"), ("HubSpot Owner", "hubspot-owner"), ("IT Admin", "it-admin"),
)  # fmt: skip
_PLACES = (SALESFORCE, HUBSPOT, MARKETO, N8N, ZAPIER)
_ORG = "00d5e000000larkeaa"
_VENDOR = (
    ("Automated Process", f"autoproc@{_ORG}", "AutomatedProcess"),
    ("Platform Integration User", f"cloud@{_ORG}", "CloudIntegrationUser"),
    ("B2BMA Integration", f"b2bmaintegration@{_ORG}.ext", ""),
    *(
        (f"{site} Site Guest User", f"{site.lower()}@{_ORG}.force.example", "Guest")
        for site in ("Help", "Partner", "Jobs")
    ),
)

_Seen: TypeAlias = tuple[str, str, dict[str, Any]]
"""Name, address, and what else is shown."""


def install(desk: Desk) -> None:
    """Everything that is no person, in proportion to the staff."""
    staff = tuple(desk.people.values())
    count, mix = len(staff), desk.mix
    for _ in range(round(count * mix.programs)):
        _program(desk, desk.random.choice(_PROGRAMS), desk.random.choice(staff))
    for _ in range(round(count * mix.undecidable)):
        _disguised(desk, desk.random.choice(staff))
    for number in range(round(count * mix.mailboxes)):
        _mailbox(desk, *_numbered(_TEAMS, number))
    for number in range(round(count * mix.roles)):
        _role(desk, *_numbered(_ROLES, number))
    for name, login, kind in _VENDOR:
        reason = f"Salesforce keeps it itself (user type {kind})" if kind else "Account Engagement made it and keeps it"
        said = {"account_type": "vendor_managed", "type_reasons": [reason], "login": login, "email": login}
        _keep(desk, SALESFORCE, AccountType.VENDOR_MANAGED, (name, "", said), "vendor's own")
    # Which product's program it is, its user type does not say: to the reader it is a program like any other.
    analytics = {"login": f"integration@{_ORG}.com", "email": "noreply@analytics.example"}
    _keep(desk, SALESFORCE, AccountType.INTEGRATION, ("Integration User", "", analytics), "vendor's own")


def _numbered(pairs: tuple[tuple[str, str], ...], number: int) -> tuple[str, str]:
    name, local = pairs[number % len(pairs)]
    region = _REGIONS[number // len(pairs) % len(_REGIONS)]
    lap = number // (len(pairs) * len(_REGIONS)) + 1
    words = [name, region, *([str(lap)] if lap > 1 else [])]
    return " ".join(word for word in words if word), "-".join([local, *(word.lower() for word in words[1:] if word)])


def _program(desk: Desk, kind: Callable[[Desk, Place, Person], _Seen], person: Person) -> None:
    place = desk.random.choice(_PLACES)
    if kind in {_service, _tool} and desk.random.random() < 0.3:
        place = DIRECTORY
    seen = kind(desk, place, person)
    if place is DIRECTORY and desk.random.random() < 0.5:
        seen = (*seen[:2], {"account_type": "integration", "type_reasons": ["its user type is Service"]})
    looks = seen[0] in _ROBOTS and seen[1].startswith(seen[0].lower().replace(" ", "."))
    reason = "a person could be called so, and have that address" if looks else ""
    _keep(desk, place, AccountType.INTEGRATION, seen, f"program: {kind.__name__.strip('_')}", undecidable=reason)


def _disguised(desk: Desk, person: Person) -> None:
    """An integration user that shows nothing but a colleague's, or a former colleague's, name and address."""
    place = desk.random.choice((SALESFORCE, SALESFORCE, HUBSPOT, N8N))
    seen: _Seen = (person.name.latin(), person.address, {})
    reason = "a program that shows a person's name and address, and nothing else"
    if desk.free(place, person.address):
        _keep(desk, place, AccountType.INTEGRATION, seen, "program: disguised", undecidable=reason)


def _mailbox(desk: Desk, name: str, local: str) -> None:
    for place in desk.random.sample(_PLACES, desk.random.choice((1, 1, 2, 3))):
        _keep(desk, place, AccountType.SHARED, (name, f"{local}@{HOME}", {}), "mailbox of a team")
    if desk.random.random() < 0.3:
        _keep(desk, DIRECTORY, AccountType.SHARED, (name, f"{local}@{HOME}", {}), "mailbox of a team")


def _role(desk: Desk, name: str, local: str) -> None:
    place = desk.random.choice((SALESFORCE, HUBSPOT, N8N, MARKETO))
    _keep(desk, place, AccountType.SHARED, (name, f"{local}@{HOME}", {}), "login of a role")


def _keep(desk: Desk, place: Place, type_: AccountType, seen: _Seen, mark: str, *, undecidable: str = "") -> None:
    name, address, said = seen
    if address and not desk.free(place, address):
        local, _, domain = address.partition("@")
        address = f"{local}+{place.product}{len(desk.made)}@{domain}"
    account = desk.next_id(place)
    shown: dict[str, Any] = {"email": address} if address else {}
    if place.dated:
        shown |= {"active": True, "created_at": f"20{desk.random.randrange(15, 26)}-04-12T06:00:00.000Z"}
    if place is SALESFORCE:
        shown |= {"licence": "Salesforce", "login": desk.once("login", address)}
    elif place is DIRECTORY:
        shown |= {"login": address, "directory_id": f"okta/larkspur:{account.rpartition('/')[2]}"}
    elif place is not ZAPIER and place is not N8N:
        shown["login"] = address
    marks = frozenset({mark})
    desk.keep(Login(account, place, name, type_, shown | said, marks=marks, undecidable=undecidable))


def _box(desk: Desk, person: Person, local: str) -> str:
    """Whose mailbox a program was given: a person's, one of its own, or one for all of them."""
    roll = desk.random.random()
    if roll < 0.35:
        return person.address
    return f"{local}@{HOME}" if roll < 0.85 else f"integrations@{HOME}"


def _service(desk: Desk, place: Place, person: Person) -> _Seen:
    app = desk.random.choice(_APPS).lower()
    name = desk.random.choice((f"svc-{app}", f"svc_{app}_{place.product}", f"{app}-sync", f"srv.{app}"))
    return name, _box(desk, person, name), {}


def _integration(desk: Desk, place: Place, person: Person) -> _Seen:
    app = desk.random.choice(_APPS)
    name = desk.random.choice(
        (f"{app} Integration", f"{app} Integration User", f"{app} Connector", f"Integration {app}")
    )
    return name, _box(desk, person, f"{app.lower()}.integration"), {}


def _interface(desk: Desk, place: Place, person: Person) -> _Seen:
    """Named after somebody, often one who has left; a sign in the name or the user name, or the vendor's own word."""
    name, local = person.name.latin(), person.address.partition("@")[0]
    if place is SALESFORCE and desk.random.random() < 0.4:
        reason = "its licence is Salesforce Integration"
        said = {"account_type": "integration", "type_reasons": [reason], "api_only": True}
        return name, person.address, said | {"licence": "Salesforce Integration"}
    if place is MARKETO and desk.random.random() < 0.6:
        return (
            f"Marketo API {name}",
            person.address,
            {"account_type": "integration", "type_reasons": ["it is API only"]},
        )
    if desk.random.random() < 0.5:
        return f"{name} {desk.random.choice(('API', '(API)', 'API User'))}", person.address, {}
    return (
        name,
        f"{desk.random.choice((f'api.{local}', f'{local}.api', f'svc-{local}', f'{local}-integration'))}@{HOME}",
        {},
    )


def _somebodys(desk: Desk, place: Place, person: Person) -> _Seen:
    given = person.short or person.name.latin_given()
    app = desk.random.choice(_APPS)
    name = desk.random.choice(
        (f"{given}'s sync", f"{given}'s {app} sync", f"{app} sync ({given})", f"{app} - {given} token")
    )
    return name, person.address, {}


def _robot(desk: Desk, place: Place, person: Person) -> _Seen:
    name = desk.random.choice(_ROBOTS)
    local = name.lower().replace(" ", desk.random.choice((".", "-", "_", "")))
    return name, _box(desk, person, local), {}


def _tool(desk: Desk, place: Place, person: Person) -> _Seen:
    name = desk.random.choice(_TOOLS)
    return name, _box(desk, person, name.lower().replace(" ", desk.random.choice(("", ".", "-")))), {}


def _listed(desk: Desk, place: Place, person: Person) -> _Seen:
    """A program whose app's name stands for its own."""
    app = desk.random.choice(_APPS)
    return (
        desk.random.choice((f"{app} Larkspur", f"{app} Production", f"{app} API")),
        _box(desk, person, app.lower()),
        {},
    )


_PROGRAMS = (_service, _integration, _integration, _interface, _interface, _somebodys, _robot, _tool, _listed)
