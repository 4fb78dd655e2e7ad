"""`stack.yaml`, the manifest: what people know and no API shows. Never a list of leavers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stackmap.declared.manifest_apart import gather_apart
from stackmap.declared.manifest_facts import gather
from stackmap.declared.manifest_form import ManifestForm
from stackmap.declared.manifest_gathered import Gathered
from stackmap.declared.written import Problem, complain, read_text
from stackmap.declared.yaml_source import parse_yaml
from stackmap.model import (
    Acceptance,
    AccountType,
    Certainty,
    DeclaredPerson,
    Fact,
    IdentityHints,
    Judgement,
    Outcome,
    Outcomes,
    Policy,
)

__all__ = ["Manifest", "load_manifest", "parse_manifest"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything of stack.yaml. `text` is the file as it stands, to be kept with the snapshot.

    What only adds to things that others list (`things:`) is among the notes of `hints` until identity has met it with
    them; logins that may turn out to be read accounts carry `declared_login`.
    """

    text: str = ""
    facts: tuple[Fact, ...] = ()
    hints: IdentityHints = field(default_factory=IdentityHints)
    policy: Policy = field(default_factory=Policy)


def load_manifest(path: Path) -> Manifest:
    """Read stack.yaml. Raises ConfigError listing every mistake with line and column."""
    return parse_manifest(read_text(path), path.name)


def parse_manifest(text: str, name: str = "stack.yaml") -> Manifest:
    """As `load_manifest`, from text."""
    source = parse_yaml(text, name)
    form = source.form(ManifestForm)
    found = gather(source, form)
    types = _account_types(found, form)
    domains = tuple(map(tuple, form.domains or ()))
    policy = Policy(tuple(_accepted(found, form)), _rows(form), found.weights, domains)
    found.problems.extend(_empty_domains(found, form))
    apart = gather_apart(found, form.apart or ())
    if found.problems:
        raise complain(name, found.problems)
    people = tuple(
        DeclaredPerson(key, person.name, person.emails, tuple(dict.fromkeys(found.logins.get(key, ()))))
        for key, person in (form.people or {}).items()
    )
    notes = sorted(found.notes.values(), key=lambda note: int(note.record.rpartition(":")[2]))
    hints = IdentityHints(people, types, domains, tuple(notes), apart)
    return Manifest(text, tuple(found.facts), hints, policy)


def _account_types(found: Gathered, form: ManifestForm) -> Mapping[str, tuple[AccountType, str]]:
    types: dict[str, tuple[AccountType, str]] = {}
    for key, account in (form.accounts or {}).items():
        if account is None or account.type is None:
            continue
        try:
            types[found.login(key, ("accounts", key))] = (account.type, account.reason)
        except ValueError:
            continue  # said already where the account's holders were read
    return types


def _rows(form: ManifestForm) -> Mapping[str, Outcomes]:
    """The acts of departures rows that people know better."""
    return {
        row: Outcomes(
            {act: Judgement(Outcome(said.outcome), Certainty.of(said.certainty)) for act, said in acts.items()}, row
        )
        for row, acts in (form.departures or {}).items()
        if acts
    }


def _accepted(found: Gathered, form: ManifestForm) -> Iterator[Acceptance]:
    for index, item in enumerate(form.accepted or ()):
        path = ("accepted", index, "owner")
        try:
            owner = found.heard_of(item.owner, found.names.owner(item.owner), path)
        except ValueError as error:
            found.trouble(path, error)
            continue
        subject = found.mention(item.subject, ("accepted", index, "subject"))
        yield Acceptance(item.code, subject, item.reason, owner, item.until)


def _empty_domains(found: Gathered, form: ManifestForm) -> Iterator[Problem]:
    for index, group in enumerate(form.domains or ()):
        if len(group) < 2:
            yield Problem(found.source.value("domains", index), "two domains at least: which are the same?")
