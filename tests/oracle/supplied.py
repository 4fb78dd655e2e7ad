"""Random stacks with circles of supply: things that feed one another, some of them from outside as well."""

from random import Random

from tests.oracle.stacks import Line

_THINGS = ("Integration", "Automation", "Dataset", "Endpoint", "System", "Group")
_HOW = ("observed", "observed", "inferred_key", "inferred_name", "declared")


def with_circles(lines: list[Line], rng: Random) -> list[Line]:
    """The same stack, with one or two circles more, and many of its own edges called supply."""
    things = [line["id"] for line in lines if line["type"] == "node" and line["kind"] in _THINGS]
    sources = [line["from"] for line in lines if line.get("kind") == "RUNS_AS"] or things
    called = [_called(line, rng) for line in lines]
    more = [line for _ in range(rng.choice((1, 1, 2))) if len(things) > 1 for line in _circle(things, sources, rng)]
    return [*called, {"type": "source", "name": "third", "taken_at": "2026-11-22T11:00:00Z"}, *more]


def _called(line: Line, rng: Random) -> Line:
    if line["type"] != "edge" or rng.random() > 0.6:
        return line
    return line | {"properties": {**line.get("properties", {}), "supply": True}}


def _circle(things: list[str], sources: list[str], rng: Random) -> list[Line]:
    """Each hangs on the next, many on something that runs as somebody instead; rarely one edge is no supply."""
    ring = rng.sample(things, min(len(things), rng.choice((2, 2, 2, 3, 4))))
    edges: list[Line] = []
    for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
        edges.append(_feeds(start, end, rng, supply=rng.random() < 0.93))
        other = rng.choice(sources)
        if rng.random() < 0.7 and other != start:
            edges.append(_feeds(start, other, rng, supply=rng.random() < 0.8))
    return edges


def _feeds(start: str, end: str, rng: Random, *, supply: bool) -> Line:
    outcome = rng.choice(("stops", "stops", "stops", "starves", "later", "unknown", "survives"))
    edge: Line = {"type": "edge", "kind": "DEPENDS_ON", "from": start, "to": end, "outcome": outcome}
    edge |= {
        "certainty": rng.choice(("certain", "certain", "likely", "possible")),
        "evidence": {"how": rng.choice(_HOW)},
    }
    if rng.random() < 0.85:
        edge |= {"group": "feeds", "need": rng.choice((1, 1, 1, 1, 2))} | rng.choice(({}, {}, {"proven": False}))
    return edge | ({"properties": {"supply": True}} if supply else {})


def tangle(rng: Random) -> list[Line]:
    """A stack that is little else than circles: flows and lists that feed one another and need one another, any way."""
    people = [f"person-{number}" for number in range(rng.choice((1, 2, 3)))]
    flows = [f"flow-{number:02}" for number in range(rng.choice((2, 3, 4, 5, 8, 14)))]
    lists = [f"list-{number}" for number in range(rng.choice((0, 0, 1, 2)))]
    lines: list[Line] = [{"type": "source", "name": "first", "taken_at": "2026-11-22T09:00:00Z"}]
    lines += [line for person in people for line in _source(person)]
    for kind, ids in (("Automation", flows), ("Dataset", lists)):
        lines += [{"type": "node", "kind": kind, "id": one, "name": one, "properties": {}} for one in ids]
    mostly = rng.choice((1.0, 1.0, 0.9, 0.5))
    sources = [f"source-{person}" for person in people]
    for start in flows:
        for _ in range(rng.choice((1, 1, 2, 3))):
            end = rng.choice([*flows, *flows, *lists, *sources])
            if end != start or rng.random() < 0.2:
                lines.append(_feeds(start, end, rng, supply=rng.random() < mostly))
    for one in lists:
        for writer in rng.sample(flows, rng.choice((1, 2))):
            supply = {"properties": {"supply": True}} if rng.random() < mostly else {}
            lines.append({"type": "edge", "kind": "WRITES_TO", "from": writer, "to": one, **supply})
    return lines


def _source(person: str) -> list[Line]:
    """A flow that hangs on nothing but a person's login."""
    login = f"login-{person}"
    return [
        {"type": "node", "kind": "Person", "id": person, "name": person, "properties": {}},
        {"type": "node", "kind": "Account", "id": login, "name": login, "properties": {"account_type": "human"}},
        {"type": "edge", "kind": "HAS_ACCOUNT", "from": person, "to": login},
        {"type": "node", "kind": "Automation", "id": f"source-{person}", "name": person, "properties": {}},
        {"type": "edge", "kind": "RUNS_AS", "from": f"source-{person}", "to": login, "outcome": "stops"},
    ]
