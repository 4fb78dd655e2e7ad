"""The mail by which an administrator is asked for access. It can be sent as it is, once the brackets are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.render.requests import AskedTier, Block, Bullets, Heading, Part, RequestPage, Steps, Text
from stackmap.render.words import counted

__all__ = ["request_mail"]


def request_mail(page: RequestPage) -> Part:
    """What is asked, for what, what to click, and how to end it. Brackets mark what only the sender knows."""
    return Part(f"Mail to the administrator of {page.title}", tuple(_mail(page)))


def _mail(page: RequestPage) -> Iterator[Block]:
    yield Text(f"To: [the administrator of {page.title}]")
    yield Text(f"Subject: Read access to {page.title}, to see what stops when a login is switched off")
    yield Text("Hello [name],")
    yield Text(
        f"could you give me read access to {page.title}? I want to know which integrations, automations and syncs hang "
        "on one person's login before that person changes jobs or leaves, so that we can hand them over in time."
    )
    yield Text(
        "I use stackmap, a program that runs on my machine. It only reads, and sends nothing anywhere else. The page "
        "for security, which I attach, names every list that it asks for."
    )
    yield Text(_steps(page))
    for tier in page.tiers:
        yield from _tier(tier, page.of)
    yield Heading("How long it takes")
    yield Text(
        f"For you, the steps above. A reading then makes {counted(page.least_calls, 'call')} or more, and at most "
        f"{page.per_second:g} a second. I would read [how often, such as once a week]."
    )
    yield Heading("How to end it")
    yield Bullets(page.revoke)
    yield Heading("Whom to ask")
    yield Text(
        "Me about everything: [your name], [your phone or e-mail]. About people's data: [your data protection "
        "officer]; the page that `stackmap privacy` writes is for them."
    )
    yield Text("Thank you, [your name]")


def _steps(page: RequestPage) -> str:
    asked = len(page.tiers)
    if asked == 1:
        rest = f", the first of {page.of}; it is of use without the others" if page.of > 1 else ""
        return f"I ask for one step{rest}."
    rest = f" of {page.of}" if page.of > asked else ""
    return f"I ask for {asked} steps{rest}. Each builds on those before it, and you may stop after any of them."


def _tier(tier: AskedTier, of: int) -> Iterator[Block]:
    yield Heading(f"Step {tier.number} of {of}: {tier.name}")
    more = "These permissions, beside those before: " if tier.number > 1 else "These permissions: "
    yield Text(f"{more}{', '.join(tier.permissions)}" if tier.permissions else "No permission of its own.")
    yield Text("What it answers:")
    yield Bullets(tier.answers)
    yield Text("What to do:")
    yield Steps(tier.grant)
    yield Text(f"Described at: {tier.source}")
