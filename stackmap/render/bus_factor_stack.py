"""The bus factor of the whole stack: one paragraph of text, one object of JSON."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from stackmap.analysis.bus_factor.of_stack import StackBusFactor
from stackmap.render.lines import wrapped
from stackmap.render.words import and_listed, counted

__all__ = ["stack_json", "stack_lines"]

_NAMED = 6
"""How many people the paragraph names; the rest are in the JSON."""

_SHARED = (
    "what happens to a login that is supposed to be shared, once both holders leave, is not known; not counting that,"
)
_EVERYBODY = "“Everybody” includes whoever holds a login that could be tied to nobody."


def stack_json(stack: StackBusFactor) -> dict[str, Any]:
    """As every JSON output writes it."""
    return {
        "bus_factor": stack.bus_factor,
        "lower_bound": stack.lower_bound,
        "optimal": stack.optimal,
        "set": list(stack.people),
        "weight_broken": _number(stack.weight_broken),
        "weight_total": _number(stack.weight_total),
        "at_worst": {"weight_broken": _number(stack.at_worst)},
    }


def stack_lines(stack: StackBusFactor, names: Sequence[str], *, shared: bool = False) -> list[str]:
    """The paragraph. `names` are those of the people found, ready to be shown; `shared`: it is supposed that some
    logins have two holders.
    """
    if not stack.weight_total:
        return ["The whole stack: nothing that works is counted."]
    part = f"{_number(stack.weight_broken):g} of {_number(stack.weight_total):g}"
    unit = "(as your notes weigh things)" if stack.weighted else "things"
    if stack.bus_factor is None:
        lost = f"{part} {unit} would stop or run on old data"
        lost = f"{_SHARED} {lost} if everybody left" if shared else f"if everybody left, {lost}"
        proven = f"less than half, as far as is proven.{_at_worst(stack, shared=shared)}"
        text = f"The whole stack: {lost}: {proven} {_EVERYBODY}"
        return wrapped(text, "", "  ")
    few = "one person's" if stack.bus_factor == 1 else f"{stack.bus_factor} people's"
    what = f"would stop half of what works, or leave it on old data ({part} {unit.strip('()')})"
    proof = _proof(stack.bus_factor, stack.lower_bound or 1)
    text = f"The whole stack: {few} leaving {what}: {_who(names)}. {proof}{_at_worst(stack)}"
    return wrapped(text, "", "  ")


def _at_worst(stack: StackBusFactor, *, shared: bool = False) -> str:
    """What may be lost besides, where that is more."""
    if stack.at_worst <= stack.weight_broken:
        return ""
    half = ": half or more" if stack.bus_factor is None and 2 * stack.at_worst >= stack.weight_total else ""
    open_ = "that and what could not be read" if shared else "what could not be read"
    return f" Counting {open_}, {_number(stack.at_worst):g} may{half}."


def _who(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    if rest <= 1:
        return and_listed(names)
    return f"{', '.join(names[:_NAMED])} and {rest} more (--format json names them)"


def _proof(found: int, at_least: int) -> str:
    if found == 1:
        return "Others may do as much."
    if at_least == found:
        fewer = "nobody alone can" if found == 2 else f"no {found - 1} people can"
        return f"Proven: {fewer}. Other {found} may do as much."
    least = counted(at_least, "person", "people")
    return f"Fewer may do, not proven either way: it takes {least} at least (to search longer: --within 120)."


def _number(weight: Fraction) -> int | float:
    return int(weight) if weight.denominator == 1 else round(float(weight), 6)
