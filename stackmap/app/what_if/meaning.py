"""What every verb comes to, and which way to read a sentence is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stackmap.app.lists import Said
from stackmap.app.opening import Reading
from stackmap.app.what_if import holding, membership, repointing, switching
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.naming import Naming
from stackmap.app.what_if.sentences import Verb, readings_of
from stackmap.errors import UsageError

__all__ = ["meaning_of"]

_FULL_STOP = "."
_MEANINGS: Mapping[Verb, Callable[[Naming], Meant]] = {
    Verb.IS_OFF: switching.is_off,
    Verb.IS_BACK: switching.is_back,
    Verb.ADMINISTERS: holding.administers,
    Verb.ADMINISTERS_NO_LONGER: holding.administers_no_longer,
    Verb.OWNS: holding.owns,
    Verb.OWNS_NO_LONGER: holding.owns_no_longer,
    Verb.HOLDS: holding.holds,
    Verb.HOLDS_NO_LONGER: holding.holds_no_longer,
    Verb.IS_MEMBER: membership.is_member,
    Verb.IS_MEMBER_NO_LONGER: membership.is_member_no_longer,
    Verb.RUNS_AS: repointing.runs_as,
    Verb.ALSO_RUNS_AS: repointing.also_runs_as,
    Verb.IS_AUTHORISED_BY: repointing.is_authorised_by,
    Verb.BELONGS_TO: repointing.belongs_to,
    Verb.HANDS_WORK_TO: repointing.hands_work_to,
    Verb.ALARMS: holding.alarms,
}


def meaning_of(reading: Reading, said: Said) -> Meant:
    """What a sentence means in a reading. Raises UsageError where it cannot be read, or may be read in two ways.

    The error tells where it stands, and quotes it. A full stop at its end is none of it, unless a name has one there.
    """
    try:
        return _meant(reading, said, said.text)
    except UsageError as error:
        if not said.text.endswith(_FULL_STOP):
            raise _placed(said, error) from error
    try:
        return _meant(reading, said, said.text.removesuffix(_FULL_STOP).rstrip())
    except UsageError as error:
        raise _placed(said, error) from error


def _placed(said: Said, error: UsageError) -> UsageError:
    return type(error)(f"{said.told}: {error}")


def _meant(reading: Reading, said: Said, text: str) -> Meant:
    found: list[Meant] = []
    troubles: list[UsageError] = []
    for sentence in readings_of(text):
        try:
            found.append(_MEANINGS[sentence.verb](Naming(reading, sentence, in_a_file=bool(said.file))))
        except UsageError as error:
            troubles.append(error)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError("it may be read in two ways; put each name in double quotation marks")
    raise troubles[0]
