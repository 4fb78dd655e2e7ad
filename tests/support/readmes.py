"""The generated blocks of a connector's README, and how they are compared or written anew."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from stackmap.app.tiers import permissions
from stackmap.sdk import Access, Connector, Departures, Inventory, Tier

__all__ = ["access", "blind_spots", "check_block", "departures", "inventories", "unexplained"]


def inventories(connector: Connector, titles: tuple[str, str], call: Callable[[Inventory], str]) -> Iterator[str]:
    """What is asked for each list, under two titles of the connector's own: of the calls and of the permissions."""
    yield f"| inventory | {titles[0]} | {titles[1]} | gives |"
    yield "|---|---|---|---|"
    for item in connector.inventories:
        yield f"| {item.name} | {call(item)} | {', '.join(item.needs)} | {item.says} |"


def access(connector: Connector) -> Iterator[str]:
    """The steps by which an administrator gives access, and those that end it."""
    asked = connector.access
    assert asked is not None
    for number, tier in enumerate(asked.tiers, 1):
        yield from _step(number, tier, permissions(connector, number))
    yield from _ending(asked)


def _step(number: int, tier: Tier, needs: tuple[str, ...]) -> Iterator[str]:
    yield from (f"**Step {number}: {tier.name}.** Lists: {', '.join(tier.inventories)}.", "")
    yield from (f"Permissions: {', '.join(needs) or 'none of its own'}.", "")
    yield from (f"* {answer}" for answer in tier.answers)
    yield ""
    yield from (f"{at}. {step}" for at, step in enumerate(tier.grant, 1))
    yield from ("", f"Described at: {tier.source}", "")


def _ending(asked: Access) -> Iterator[str]:
    yield from ("**How to end it.**", "")
    yield from (f"* {step}" for step in asked.revoke)


def departures(connector: Connector) -> Iterator[str]:
    """Every departures row, and what is said of the acts without one."""
    yield "| thing | act | outcome | certainty | what is known | source | checked |"
    yield "|---|---|---|---|---|---|---|"
    for table in connector.departures:
        yield from _rows(table)
        yield f"| {table.thing} | {'any other' if table.rows else 'any'} | unknown | | {table.gap} | | |"


def _rows(table: Departures) -> Iterator[str]:
    for row in table.rows:
        verdict = f"{row.judgement.outcome} | {row.judgement.certainty.word}"
        yield f"| {table.thing} | {row.act} | {verdict} | {row.says} | {row.source} | {row.checked} |"


def blind_spots(connector: Connector) -> Iterator[str]:
    """What is not read."""
    yield from (f"* {spot}" for spot in connector.blind_spots)


def check_block(readme: Path, name: str, lines: Iterable[str], *, update: bool) -> None:
    """Compare one block of a README with what it should hold, or write it anew."""
    text = readme.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    before, rest = text.split(begin)
    found, after = rest.split(end)
    wanted = "\n".join(lines) + "\n"
    if update:
        readme.write_text(f"{before}{begin}{wanted}{end}{after}", encoding="utf-8")
    else:
        assert found == wanted, f"run make docs: {readme.parent.name}/README.md lags behind the code"


def unexplained(names: Iterable[str], readme: Path) -> list[str]:
    """Settings, or kinds of file, without a row in the README."""
    text = readme.read_text(encoding="utf-8")
    return [name for name in names if f"| `{name}` |" not in text]
