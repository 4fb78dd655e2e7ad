"""Whether `stackmap[fast]` is installed. Asking costs nothing; importing what needs it takes half a second."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["is_installed"]


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in ("numba", "numpy"))
