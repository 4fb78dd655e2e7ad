"""Sentences parted at their verbs, whatever names hold."""

from __future__ import annotations

import pytest

from stackmap.app.lists import unquoted
from stackmap.app.what_if.forms import forms_told
from stackmap.app.what_if.sentences import NoSentenceError, Verb, readings_of
from stackmap.errors import UsageError


@pytest.mark.parametrize(
    ("text", "verb", "subject", "of"),
    [
        ("Nightly sync runs as svc-sync", Verb.RUNS_AS, "Nightly sync", "svc-sync"),
        ("Nightly sync  RUNS   as svc-sync", Verb.RUNS_AS, "Nightly sync", "svc-sync"),
        ("Nightly sync also runs as svc-sync", Verb.ALSO_RUNS_AS, "Nightly sync", "svc-sync"),
        ("Mail bridge signs in as d.kim", Verb.RUNS_AS, "Mail bridge", "d.kim"),
        ("without Salesforce", Verb.IS_OFF, "Salesforce", ""),
        ("d.kim in Acme CRM is off", Verb.IS_OFF, "d.kim in Acme CRM", ""),
        ("Owen Blake is back", Verb.IS_BACK, "Owen Blake", ""),
        ("Priya no longer holds crm: d.kim", Verb.HOLDS_NO_LONGER, "Priya", "crm: d.kim"),
        ("Priya is an administrator of Acme CRM", Verb.ADMINISTERS, "Priya", "Acme CRM"),
        ("Priya is no longer admin of Acme CRM", Verb.ADMINISTERS_NO_LONGER, "Priya", "Acme CRM"),
        ("Priya is an owner of leads", Verb.OWNS, "Priya", "leads"),
        ("Priya also holds crm: d.kim", Verb.HOLDS, "Priya", "crm: d.kim"),
        ("key was authorized by Priya", Verb.IS_AUTHORISED_BY, "key", "Priya"),
    ],
)
def test_a_sentence_is_parted_at_its_verb(text: str, verb: Verb, subject: str, of: str) -> None:
    (found,) = readings_of(text)
    assert (found.verb, found.subject, found.object) == (verb, subject, of)


def test_verbs_in_names_make_several_readings_and_quotation_marks_one() -> None:
    assert len(readings_of("Flow that owns leads runs as d.kim")) == 2
    (found,) = readings_of('"Flow that owns leads" runs as d.kim')
    assert found.verb is Verb.RUNS_AS
    assert unquoted(found.subject) == "Flow that owns leads"


def test_a_verb_is_whole_words_only() -> None:
    with pytest.raises(UsageError, match="no verb that is known"):
        readings_of("Priya disowns leads")


@pytest.mark.parametrize("text", ["", "runs as svc-sync", "Nightly sync runs as", "Owen is back today", "is off"])
def test_what_says_nothing_is_no_sentence(text: str) -> None:
    with pytest.raises(NoSentenceError):
        readings_of(text)


@pytest.mark.parametrize("text", ['"Lead router is off', 'Priya owns Lead "router', '\u201cLead router" is off'])
def test_an_open_quotation_mark_is_an_error_and_not_half_a_name(text: str) -> None:
    with pytest.raises(UsageError, match="quotation mark is not closed"):
        readings_of(text)


def test_a_line_far_longer_than_two_names_is_no_sentence() -> None:
    with pytest.raises(UsageError, match="it has 6000 characters, and a sentence at most 3000: write one a line"):
        readings_of("x is off, " * 600)
    assert readings_of(f"{'x' * 300} owns {'y' * 300}")


def test_every_verb_is_listed_for_people_in_lines_that_fit() -> None:
    told = forms_told()
    shown = {verb.value.removeprefix("no longer ") for verb in Verb}
    assert all(verb in told for verb in shown)
    assert max(map(len, told.splitlines())) <= 78
