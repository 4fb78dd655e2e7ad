"""What something runs as, signs in as, belongs to and hands its work to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from stackmap.analysis.what_if.changes import (
    Added,
    Change,
    Doubled,
    Repointed,
    supposed_edge,
    supposed_evidence,
)
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.naming import TOKENS, Naming, places_of
from stackmap.app.what_if.sentences import Verb
from stackmap.errors import UsageError
from stackmap.model import EdgeKind, Link, Node, NodeKind, Outcomes, product_of
from stackmap.render.places import place_name
from stackmap.render.words import and_listed

__all__ = ["also_runs_as", "belongs_to", "hands_work_to", "is_authorised_by", "runs_as"]

_RUNS = frozenset({NodeKind.INTEGRATION, NodeKind.AUTOMATION})
_WHAT = "integrations and automations"
_NEW_GRANT = "what-if/token/"
_OWNED = _RUNS | {NodeKind.DATASET, NodeKind.ENDPOINT}


def runs_as(names: Naming) -> Meant:
    """Instead of the login it runs as; of what signs in with tokens, instead of the login that authorised them."""
    thing = names.thing(names.sentence.subject, _RUNS, _WHAT)
    links = names.graph.out(thing, EdgeKind.RUNS_AS)
    if links:
        target = _new_end(names, names.sentence.object, links)
        return _repointed(Verb.RUNS_AS, thing, target, links)
    tokens, target = _tokens(names, thing)
    _used_by_this_alone(names, thing, tokens)
    ways = [link for token in tokens for link in names.graph.out(token, EdgeKind.AUTHORIZED_BY)]
    return _repointed(Verb.RUNS_AS, thing, target, ways)


def also_runs_as(names: Naming) -> Meant:
    """Either login will do; of what signs in with tokens, there is one more, declared as good as the others."""
    thing = names.thing(names.sentence.subject, _RUNS, _WHAT)
    links = names.graph.out(thing, EdgeKind.RUNS_AS)
    if not links:
        return _one_token_more(names, thing)
    target = _new_end(names, names.sentence.object, links)
    already = any(link.target == target for link in links) and (len(links) == 1 or _either_will_do(links))
    if not already and (len(links) > 1 or links[0].key.group):
        raise UsageError(
            f"{names.name(thing)} runs as several logins: nobody can tell which of them this one stands in for"
        )
    told = Supposition(thing, Verb.ALSO_RUNS_AS, target, already=already)
    return Meant(told, () if already else (Doubled(EdgeKind.RUNS_AS, thing, target),))


def _either_will_do(links: Sequence[Link]) -> bool:
    """Whether they are one group of alternatives, as this sentence makes one."""
    edges = [fact for link in links for fact in link.facts]
    one_group = len({edge.group for edge in edges}) == 1
    return one_group and all(edge.group and edge.need == 1 and edge.proven for edge in edges)


def is_authorised_by(names: Naming) -> Meant:
    """A key or a consent, made anew by somebody else; what the platform does to such a key stays."""
    token = _token(names, names.sentence.subject)
    links = names.graph.out(token, EdgeKind.AUTHORIZED_BY)
    if not links:
        raise UsageError(f"of {names.name(token)} nothing was read of who authorised it, so nothing can take its place")
    target = _new_end(names, names.sentence.object, links)
    return _repointed(Verb.IS_AUTHORISED_BY, token, target, links)


def _token(names: Naming, word: str) -> str:
    """The key or consent that a word means. Where it means a thing, the error names what that signs in with."""
    if not names.things(word, TOKENS) and len(things := names.things(word, _RUNS)) == 1:
        tokens = [token for slot in _slots(names, things[0]).values() for token in slot]
        if tokens:
            listed = and_listed([f'"{names.name(one)}"' for one in tokens])
            raise names.meant(
                word, f'"{names.name(things[0])}" is a thing, and signs in with {listed}', names.sure(tokens)
            )
    return names.thing(word, TOKENS, "keys and consents")


def belongs_to(names: Naming) -> Meant:
    """Handed over, where the platform lets a thing hang on its owner."""
    thing = names.thing(names.sentence.subject, _OWNED, "things")
    owners = names.graph.out(thing, EdgeKind.OWNED_BY)
    links = [link for link in owners if any(fact.outcomes is not None for fact in link.facts)]
    if not links:
        raise UsageError(
            f"no platform says that {names.name(thing)} hangs on its owner. Who answers for it: "
            f'"PERSON owns {names.name(thing)}"; what it runs as: "{names.name(thing)} runs as LOGIN"'
        )
    target = _new_end(names, names.sentence.object, links)
    return _repointed(Verb.BELONGS_TO, thing, target, links)


def hands_work_to(names: Naming) -> Meant:
    """Instead of the one it hands work to; among several, nobody can tell whose share is meant."""
    thing = names.thing(names.sentence.subject, frozenset({NodeKind.AUTOMATION}), "automations")
    links = names.graph.out(thing, EdgeKind.ROUTES_TO)
    ends = sorted({link.target for link in links})
    if len(ends) != 1:
        told = (
            f"hands work to {', '.join(map(names.name, ends))}" if ends else "hands work to nobody, as far as was read"
        )
        raise UsageError(f"{names.name(thing)} {told}: only one who is read alone can be replaced")
    groups = names.things(names.sentence.object, frozenset({NodeKind.GROUP}))
    target = groups[0] if len(groups) == 1 else _new_end(names, names.sentence.object, links)
    return _repointed(Verb.HANDS_WORK_TO, thing, target, links)


def _repointed(verb: Verb, thing: str, target: str, links: Sequence[Link]) -> Meant:
    moved = dict.fromkeys((link.kind, link.source) for link in links if link.target != target)
    changes = tuple(Repointed(kind, source, target) for kind, source in moved)
    return Meant(Supposition(thing, verb, target, already=not changes), changes)


def _new_end(names: Naming, word: str, links: Iterable[Link]) -> str:
    """The login that takes the place of those there are; a person where a person stands there now.

    Outcomes are told by the platform that has the login: one of another system cannot take its place.
    """
    ends = [link.target for link in links]
    if all(names.graph.get(end) and _is_person(names, end) for end in ends) and names.people(word):
        return names.somebody_here(word)
    places = {place for end in ends for place in places_of(names.graph, end)}
    login = names.login(word, places)
    theirs = places_of(names.graph, login)
    if places and theirs and theirs.isdisjoint(places):
        where = ", ".join(sorted({place_name(names.graph, end) for end in ends} - {""}))
        raise UsageError(f"{names.name(login)} is a login of another system: here it takes one of {where}")
    return login


def _is_person(names: Naming, end: str) -> bool:
    vertex = names.graph.get(end)
    return vertex is not None and vertex.kind is NodeKind.PERSON


def _tokens(names: Naming, thing: str) -> tuple[list[str], str]:
    """The tokens that one login stands behind, and the login to stand there: of several slots, those of its product."""
    slots = _slots(names, thing)
    if not slots:
        raise UsageError(
            f"nothing was read of what {names.name(thing)} runs as or signs in with, so no login can take its place"
        )
    if len(slots) == 1:
        (tokens,) = slots.values()
        return tokens, _new_end(names, names.sentence.object, _authorised(names, tokens))
    ends = (link.target for tokens in slots.values() for link in _authorised(names, tokens))
    login = names.login(names.sentence.object, {place for end in ends for place in places_of(names.graph, end)})
    fitting = [tokens for tokens in slots.values() if _fit(names, tokens, login)]
    if len(fitting) != 1:
        keys = [token for tokens in slots.values() for token in tokens]
        told = ", ".join(f'"{names.name(token)}"' for token in keys)
        raise UsageError(
            f"{names.name(thing)} signs in with {told}. Say which: "
            f'"{names.name(keys[0])} is authorised by {names.sentence.object}"'
        )
    return fitting[0], login


def _slots(names: Naming, thing: str) -> dict[str, list[str]]:
    """The tokens of a thing that are alternatives, by what they open."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in names.graph.out(thing, EdgeKind.AUTHENTICATES_WITH):
        ways = names.graph.out(link.target, EdgeKind.AUTHORIZED_BY)
        product = next(filter(None, (product_of(way.target) for way in ways)), link.target)
        found[link.key.slot or product].append(link.target)
    return found


def _authorised(names: Naming, tokens: Iterable[str]) -> list[Link]:
    return [link for token in tokens for link in names.graph.out(token, EdgeKind.AUTHORIZED_BY)]


def _fit(names: Naming, tokens: Iterable[str], login: str) -> bool:
    theirs = places_of(names.graph, login)
    ends = (link.target for link in _authorised(names, tokens))
    return any(not theirs.isdisjoint(places_of(names.graph, end)) for end in ends)


def _used_by_this_alone(names: Naming, thing: str, tokens: Iterable[str]) -> None:
    """Raise UsageError for a token that other things sign in with too: they were not spoken of."""
    for token in tokens:
        others = sorted({link.source for link in names.graph.into(token, EdgeKind.AUTHENTICATES_WITH)} - {thing})
        if others:
            raise UsageError(
                f'{names.name(thing)} signs in with "{names.name(token)}", and so does {names.name(others[0])}'
                f"{f' and {len(others) - 1} more' if others[1:] else ''}. For all of them, say: "
                f'"{names.name(token)} is authorised by {names.sentence.object}"'
            )


def _one_token_more(names: Naming, thing: str) -> Meant:
    tokens, target = _tokens(names, thing)
    links = names.graph.out(thing, EdgeKind.AUTHENTICATES_WITH)
    slot = next((link.key.slot for link in links if link.target in tokens and link.key.slot), "")
    ways = _authorised(names, tokens)
    if any(link.key.group for link in links if link.target in tokens) or not ways:
        raise UsageError(f"what {names.name(thing)} signs in with was not read well enough to stand in for it")
    if any(way.source.startswith(_NEW_GRANT) and way.target == target for way in ways):
        return Meant(Supposition(thing, Verb.ALSO_RUNS_AS, target, already=True))
    number = 1
    while (token := f"{_NEW_GRANT}{number}") in names.graph:
        number += 1
    node = Node(NodeKind.GRANT, token, "a new token", supposed_evidence(""))
    rows: dict[Outcomes | None, None] = dict.fromkeys(fact.outcomes for link in ways for fact in link.facts)
    changes: list[Change] = [
        Added(node),
        Added(supposed_edge(EdgeKind.AUTHENTICATES_WITH, thing, token, slot=slot)),
        *(Added(supposed_edge(EdgeKind.AUTHORIZED_BY, token, target, outcomes=row)) for row in rows),
    ]
    return Meant(Supposition(thing, Verb.ALSO_RUNS_AS, target), tuple(changes))
