"""The forms of sentences, as help and errors list them. Imports nothing, so that help is quick."""

from __future__ import annotations

__all__ = ["forms_told"]

_FORMS = (
    ("LOGIN, TOKEN or THING is off", "also: without THING"),
    ("PERSON, LOGIN, TOKEN or THING is back", "a person: with their own logins"),
    ("PERSON administers SYSTEM", "with their login there, or a new one"),
    ("PERSON or TEAM owns THING", "answers for it"),
    ("PERSON holds LOGIN", "beside whoever holds it now"),
    ("PERSON no longer administers ...", "and: no longer owns, or holds"),
    ("PERSON or LOGIN is a member of GROUP", "a queue, say; or of a TEAM"),
    ("... is no longer a member of GROUP", "never the last one"),
    ("THING runs as LOGIN", "or signs in as it, not as today"),
    ("THING also runs as LOGIN", "either will do"),
    ("TOKEN is authorised by LOGIN", "not by whom it is today"),
    ("THING belongs to LOGIN", "where it hangs on its owner's login"),
    ("THING hands work to LOGIN or GROUP", "not to whom it does today"),
    ("THING alarms PERSON or LOGIN", "them too"),
)
"""Every form there is, with what to know about it. Where a LOGIN is asked for, a PERSON is their login there."""


def forms_told() -> str:
    """Every form on a line of its own."""
    width = max(len(form) for form, _ in _FORMS) + 2
    return "\n".join(f"  {form:<{width}}{about}".rstrip() for form, about in _FORMS)
