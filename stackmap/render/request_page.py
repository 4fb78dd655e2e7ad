"""The page for security: every call, what is taken of people, and what keeps the access to reading."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.render.requests import AskedCall, AskedOfPeople, Block, Bullets, Heading, Part, RequestPage, Text

__all__ = ["request_security"]

_SECRETS = (
    (
        "stackmap.yaml holds a reference to the secret, never the secret itself: an environment variable, the keyring, "
        "a file that only its owner can read, or a command."
    ),
    "The secret goes to the hosts named above and nowhere else. It is in no log, no message, no report, no database.",
)
_LIES = (
    "In one folder on [the machine on which you run it]. stackmap has no server and sends no telemetry.",
    "The database, stackmap.db, and the files that stackmap writes there are made for their owner alone.",
    "A person is taken out of all readings by `stackmap people erase NAME`; everything by deleting the folder.",
)


def request_security(page: RequestPage) -> Part:
    """Everything that somebody has to know who must agree to the access."""
    return Part(f"Page for security on reading {page.title}", tuple(_page(page)))


def _page(page: RequestPage) -> Iterator[Block]:
    yield Text(
        f"stackmap reads who has which rights in {page.title} and as whose login things run, and says what stops when "
        "a login is switched off. It looks at what hangs on a login, not at how anybody works."
    )
    yield from _calls(page)
    yield Heading("What it takes of people")
    yield Bullets(tuple(map(_people, page.people)))
    yield Heading("What it never reads")
    yield Bullets(page.never_read)
    yield Heading("What keeps it to reading")
    yield Bullets(tuple(_read_only(page)))
    yield Heading("Where it calls")
    yield Bullets(tuple(_network(page)))
    yield Heading("How much it calls")
    yield Bullets(tuple(_load(page)))
    yield Heading("How the secret is kept")
    yield Bullets(_SECRETS)
    yield Heading("Where the results lie")
    yield Bullets(_LIES)
    yield Heading("How to end it")
    yield Bullets(page.revoke)
    yield Heading("How to check it")
    yield Bullets(
        (*page.verify, f"stackmap gives its name with each call: the User-Agent is {page.user_agent}.", *_CHECKED)
    )


_CHECKED = ("`stackmap doctor` tries every list, stores nothing, and says which of these steps is reached.",)


def _calls(page: RequestPage) -> Iterator[Block]:
    yield Heading("What it asks")
    for tier in page.tiers:
        yield Text(f"Step {tier.number} of {page.of}, {tier.name}:")
        yield Bullets(tuple(map(_call, tier.calls)))
        none = "none yet" if tier.number == 1 else "no others than before"
        yield Text(f"Checks that can be judged from this step on: {'; '.join(tier.checks) or none}.")
    yield Text("Long lists come page by page: the same call, with the place to go on from.")
    if any(call.first for tier in page.tiers for call in tier.calls):
        yield Text(
            'Where "first" stands, the columns of a list are looked up before it. The same look-up may be made of '
            "objects that its columns refer to, and rows may be counted or grouped."
        )


def _call(one: AskedCall) -> str:
    first = f" (first: {one.first})" if one.first else ""
    asked = f" with {one.query}" if one.query else ""
    return f"{one.inventory}: {one.call}{asked}{first}. Needs: {', '.join(one.needs)}. For: {one.says}"


def _people(one: AskedOfPeople) -> str:
    return f"{', '.join(one.lists)}: {one.fields}. Of: {one.of}. Why: {one.why}."


def _read_only(page: RequestPage) -> Iterator[str]:
    yield (
        "Every call goes through one client, which sends GET, and POST only where the connector declares it as a "
        "read or to sign in; it has no way to send PUT, PATCH or DELETE."
    )
    if page.posts:
        yield f"Read by POST here: {', '.join(page.posts)}."
    yield (
        "Some permissions may allow more than reading, where no smaller one is known that opens the list. stackmap "
        "sends reads all the same."
    )
    yield "Redirects are not followed; the address of a next page is followed on the same host only."


def _network(page: RequestPage) -> Iterator[str]:
    yield from page.hosts
    yield "Over https; a certificate that cannot be verified ends the call. Plain http is refused but to this machine."
    yield "No proxy of the environment is used, and no cookie is kept."


def _load(page: RequestPage) -> Iterator[str]:
    yield f"At most {page.per_second:g} calls a second, retries included, and {page.least_calls} or more per reading."
    yield (
        f"A refusal for being too many is waited out as long as {page.title} asks, up to {page.most_wait:g} seconds, "
        f"and tried again {page.retries} times at most."
    )
    if page.quota_floor is None:
        yield "The answers do not tell how many of the day's calls are left, so no share of them is kept free."
    else:
        yield (
            f"A list is stopped before less than {page.quota_floor:.0%} of the day's calls are left, as far as the "
            "answers tell (quota_floor in stackmap.yaml)."
        )
