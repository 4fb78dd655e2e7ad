"""Templates of the pages that are one file, and the policy that lets nothing in from outside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

__all__ = ["environment", "page_policy", "template"]


def template(name: str) -> str:
    """The text of one of our templates, style sheets or scripts."""
    return files("stackmap.render").joinpath("templates", name).read_text(encoding="utf-8")


def environment(finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Where templates are filled: names are escaped, a misspelt one is an error; `finalize` sees each value first."""
    return Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_policy(style: str, scripts: Iterable[str] = ()) -> str:
    """The policy of a page that loads nothing: only these scripts and this style act, word for word."""
    hashes = " ".join(_hash(script) for script in scripts)
    allowed = f"script-src {hashes}; " if hashes else ""
    return f"default-src 'none'; {allowed}style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
