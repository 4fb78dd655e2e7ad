"""What all forms (the shapes of files that people write) share, and how to speak about their parts."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict

__all__ = ["Form", "OneOrMany", "Text", "field_names", "form_at"]


class Form(BaseModel):
    """A part of a file. `called` is how a message speaks of it: "unknown key ... in a link"."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        coerce_numbers_to_str=True,
        populate_by_name=False,
        hide_input_in_errors=True,
    )
    called: ClassVar[str] = "the file"


def _no_blank(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("must not be empty")
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


T = TypeVar("T")
Text = Annotated[str, BeforeValidator(_no_blank, json_schema_input_type=str)]
OneOrMany = Annotated[tuple[T, ...], BeforeValidator(_listed, json_schema_input_type=T | list[T])]
"""A list for which a single value may stand by itself."""


def _step(kind: Any, part: str | int) -> Any:
    """The type found below one part of a path, or None where it cannot be told."""
    if get_origin(kind) is Annotated:
        return _step(get_args(kind)[0], part)
    if get_origin(kind) in {Union, types.UnionType}:
        found = (_step(option, part) for option in get_args(kind))
        return next((option for option in found if option is not None), None)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part in {name, field.alias}:
                return field.annotation
        return None
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    return arguments[-1] if arguments else None


def _form(kind: Any, path: Sequence[str | int]) -> type[BaseModel] | None:
    for part in path:
        kind = _step(kind, part)
    while get_origin(kind) in {Annotated, Union, types.UnionType}:
        options = [option for option in get_args(kind) if option is not type(None)]
        kind = options[0]
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def form_at(kind: type[BaseModel], path: Sequence[str | int]) -> str:
    """How a message speaks of the part at that path: "a link", "the file"."""
    found = _form(kind, path)
    return found.called if found is not None and issubclass(found, Form) else "this place"


def field_names(kind: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys allowed in the part at that path."""
    found = _form(kind, path)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []
