"""JSON Schemas of the files that people write, for editors."""

from __future__ import annotations

from typing import Any

from stackmap.declared.config import ConfigForm
from stackmap.declared.fact_schema import fact_schema
from stackmap.declared.forms import Form
from stackmap.declared.manifest_form import ManifestForm
from stackmap.declared.tables.own import ImportsForm
from stackmap.declared.written import nearest
from stackmap.errors import ConfigError

__all__ = ["SCHEMAS", "schema"]

_FORMS: dict[str, type[Form]] = {"imports.yaml": ImportsForm, "stack.yaml": ManifestForm, "stackmap.yaml": ConfigForm}

_FACTS = "facts"

SCHEMAS = tuple(sorted([*_FORMS, _FACTS]))
"""The names that `schema` knows."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file, `facts` being one line of a fact file. Raises ConfigError for another name."""
    if name not in SCHEMAS:
        raise ConfigError(f"no schema is called {name!r}{nearest(name, SCHEMAS)}; there are: {', '.join(SCHEMAS)}")
    found = fact_schema() if name == _FACTS else _FORMS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": name}
