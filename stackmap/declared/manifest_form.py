"""The shape of `stack.yaml`, section by section. What it means is worked out in `stackmap.declared.manifest`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from stackmap.declared.forms import Form, OneOrMany, Text
from stackmap.model import AccountType, Act

__all__ = [
    "AcceptedForm",
    "AccountForm",
    "CareForm",
    "LinkForm",
    "ManifestForm",
    "PersonForm",
    "RowForm",
    "SystemForm",
    "TeamForm",
    "ThingForm",
]

CertaintyWord = Literal["certain", "likely", "possible"]
DeclaredOutcome = Literal["stops", "starves", "later", "refused", "survives", "unknown"]
RowOutcome = Literal["stops", "starves", "later", "refused", "moved", "survives", "cascade", "unknown"]
Money = Annotated[float, Field(ge=0)]
Weight = Annotated[float, Field(gt=0, le=1e9)]


def _shape(value: object) -> str:
    return "by act" if isinstance(value, dict) else "always"


IfSwitchedOff = Annotated[
    Annotated[DeclaredOutcome, Tag("always")] | Annotated[dict[Act, DeclaredOutcome], Tag("by act")],
    Discriminator(_shape),
]
"""One outcome for every act, or one for each. Told apart by its shape, so that a mistake is told once."""


class PersonForm(Form):
    """One person, by a key that never changes."""

    called: ClassVar[str] = "a person"

    name: Text
    emails: OneOrMany[Text] = ()
    logins: OneOrMany[Text] = ()
    team: OneOrMany[Text] = ()
    manager: Text | None = None


class TeamForm(Form):
    """People who answer for something together."""

    called: ClassVar[str] = "a team"

    name: Text | None = None
    members: OneOrMany[Text] = ()


class AccountForm(Form):
    """One login, by its id or as `system:login`."""

    called: ClassVar[str] = "an account"

    type: AccountType | None = None
    reason: str = ""
    holders: OneOrMany[Text] = ()


class CareForm(Form):
    """Who cares for a thing, and what it means to the business."""

    owner: OneOrMany[Text] = ()
    backup: OneOrMany[Text] = ()
    means: str = ""
    noticed_after: str = ""
    cost_per_day: Money | None = None
    weight: Weight | None = None
    runbook: str = ""


class SystemForm(CareForm):
    """One tenant of one product."""

    called: ClassVar[str] = "a system"

    name: Text | None = None
    product: Text | None = None
    tenant: Text | None = None


class LinkForm(CareForm):
    """Something that moves data or work between systems and that no API shows."""

    called: ClassVar[str] = "a link"

    name: Text | None = None
    from_: OneOrMany[Text] = Field(default=(), alias="from")
    to: OneOrMany[Text] = ()
    how: Text | None = None
    lives_in: Text | None = None
    runs_as: Text | None = None
    if_switched_off: IfSwitchedOff = "unknown"
    certainty: CertaintyWord = "certain"
    notifies: OneOrMany[Text] = ()
    needs: OneOrMany[Text] = ()


class ThingForm(CareForm):
    """What people know about something that is read, by its id or its name. With `kind`: else a thing of its own."""

    called: ClassVar[str] = "a thing"

    kind: Literal["System", "Integration", "Automation", "Dataset", "Endpoint"] | None = None


class RowForm(Form):
    """What one act really does, where you know better than the connector's table."""

    called: ClassVar[str] = "a departures row"

    outcome: RowOutcome
    certainty: CertaintyWord = "certain"
    source: Text


class AcceptedForm(Form):
    """A finding you live with, until a date."""

    called: ClassVar[str] = "an accepted finding"

    code: Text
    subject: Text
    reason: Text
    owner: Text
    until: date


class ManifestForm(Form):
    """The whole of stack.yaml. Every section may be left out."""

    people: dict[Text, PersonForm] | None = None
    teams: dict[Text, TeamForm | None] | None = None
    domains: list[list[Text]] | None = None
    apart: list[list[Text]] | None = None
    accounts: dict[Text, AccountForm | None] | None = None
    systems: dict[Text, SystemForm | None] | None = None
    links: dict[Text, LinkForm | None] | None = None
    things: dict[Text, ThingForm | None] | None = None
    departures: dict[Text, dict[Act, RowForm]] | None = None
    facts: list[dict[str, Any]] | None = None
    accepted: list[AcceptedForm] | None = None
