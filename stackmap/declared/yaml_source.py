"""YAML that remembers where every key and value stands, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.scalarbool import ScalarBoolean

from stackmap.declared.forms import Form, field_names, form_at
from stackmap.declared.written import Place, Problem, complain, nearest
from stackmap.declared.yaml_mistakes import yaml_problem
from stackmap.errors import ConfigError

__all__ = ["Path", "YamlSource", "parse_yaml"]

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file down to a value."""

_MAX_VALUES = 100_000
_MAX_DEPTH = 40
_MAX_BRACKETS = 100
_SHOWN = 40
_TEXT_KEY = "a key must be text: put it in quotes"
_BRACKET = re.compile(r"[\[\]{}]")

FormT = TypeVar("FormT", bound=Form)


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The plain data of one YAML file, and the place of every key and value by its path."""

    name: str
    data: Mapping[str, Any]
    _keys: Mapping[Path, Place] = field(repr=False)
    _values: Mapping[Path, Place] = field(repr=False)

    def paths(self) -> Iterable[Path]:
        """Where keys stand, in the order of the file."""
        return self._keys

    def key(self, *path: str | int) -> Place:
        """Where the key of that path stands; the nearest known place above it otherwise."""
        return self._nearest(self._keys, path)

    def value(self, *path: str | int) -> Place:
        """Where the value of that path starts."""
        return self._nearest(self._values, path)

    def _nearest(self, places: Mapping[Path, Place], path: Path) -> Place:
        while path:
            if path in places:
                return places[path]
            path = path[:-1]
        return Place(1)

    def form(self, kind: type[FormT]) -> FormT:
        """The data checked against a form. Raises ConfigError listing every mistake."""
        try:
            return kind.model_validate(self.data)
        except ValidationError as error:
            raise complain(self.name, self._problems(kind, error)) from None

    def _problems(self, kind: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
        for item in error.errors(include_url=False, include_input=False, include_context=False):
            path, value = self._written(item["loc"])
            if item["type"] == "extra_forbidden":
                yield Problem(self.key(*path), _unknown_key(kind, path))
            elif item["type"] == "missing":
                yield Problem(self.key(*path), f"{form_at(kind, path)} needs the key {item['loc'][-1]!r}")
            elif item["loc"][-1] == "[key]":
                yield Problem(self.key(*path), _no_such_word(path[-1], item["msg"]))
            elif item["type"] in _WORDS and isinstance(value, str):
                yield Problem(self.value(*path), f"{_named(path)}: {_no_such_word(value, item['msg'])}")
            else:
                yield Problem(self.value(*path), f"{_named(path)}: {_plain(item['type'], item['msg'])}")

    def _written(self, path: Path) -> tuple[Path, Any]:
        """As much of a path as stands in the file (the checker adds words of its own), and the value there."""
        value: Any = self.data
        walked: list[str | int] = []
        for part in path:
            known = value if isinstance(value, Mapping) else range(len(value)) if isinstance(value, list) else ()
            if part in known:
                value = value[part]
                walked.append(part)
        return tuple(walked), value


def _unknown_key(kind: type[BaseModel], path: Path) -> str:
    word = str(path[-1])
    near = nearest(word, field_names(kind, path[:-1]))
    return f"unknown key {word!r} in {form_at(kind, path[:-1])}{near}"


def _named(path: Path) -> str:
    words = [str(part) for part in path if isinstance(part, str)]
    return words[-1] if words else "the file"


_WORDS = {"enum", "literal_error"}
_ANOTHER_WORD = re.compile(r"'([^']*)'")

_EXPECTED = {
    "model_type": "expected `key: value` lines below it",
    "dict_type": "expected `key: value` lines below it",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "string_type": "expected a text",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "date_type": "expected a date such as 2027-03-31",
    "date_parsing": "expected a date such as 2027-03-31",
    "date_from_datetime_parsing": "expected a date such as 2027-03-31",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
}


def _plain(kind: str, message: str) -> str:
    if kind in _WORDS:
        return f"expected one of {_listed(message)}"
    text = _EXPECTED.get(kind) or message.removeprefix("Value error, ").replace("Input should be", "must be")
    return text[:1].lower() + text[1:]


def _no_such_word(word: object, message: str) -> str:
    return f"{str(word)[:_SHOWN]!r} is not one of {_listed(message)}"


def _listed(message: str) -> str:
    return ", ".join(_ANOTHER_WORD.findall(message))


class _NoTextKeyError(MarkedYAMLError):
    """A list or mapping where a key belongs. Keys within keys would cost the YAML reader twice as much each."""


class _Constructor(RoundTripConstructor):
    """Leaves days and times as they are written: what is no date is then told with its place."""

    def construct_mapping(self, node: Any, maptyp: Any, deep: bool = False) -> Any:  # type: ignore[override]  # as its parent
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                raise _NoTextKeyError(problem_mark=key.start_mark)
        return super().construct_mapping(node, maptyp, deep=deep)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_scalar)


def parse_yaml(text: str, name: str) -> YamlSource:
    """Read YAML text whose top is a mapping (or nothing). Raises ConfigError with line and column."""
    _refuse_deep_brackets(text, name)
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    try:
        tree = yaml.load(text)
    except _NoTextKeyError as error:
        mark = error.problem_mark
        raise complain(name, [Problem(Place(mark.line + 1, mark.column + 1), _TEXT_KEY)]) from None
    except MarkedYAMLError as error:
        raise complain(name, [yaml_problem(error, text)]) from None
    except (YAMLError, ValueError) as error:
        raise ConfigError(f"{name} is no YAML: {str(error).splitlines()[0]}") from error
    except RecursionError:
        raise ConfigError(f"{name} is nested too deeply; nobody wrote that by hand") from None
    except (AttributeError, TypeError) as error:  # what the YAML reader makes of a text that merges into itself
        raise ConfigError(f"{name} is no YAML: an anchor (&) is merged into itself") from error
    if tree is None:
        return YamlSource(name, {}, {}, {})
    if not isinstance(tree, CommentedMap):
        raise complain(name, [Problem(Place(1), "expected `key: value` lines at the top of the file")])
    reading = _Reading(name)
    return YamlSource(name, reading.mapping(tree, (), Place(1)), reading.keys, reading.values)


def _refuse_deep_brackets(text: str, name: str) -> None:
    """Open brackets cost the YAML reader the square of their number, so that a small file could keep it for hours."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > _MAX_BRACKETS:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise complain(name, [Problem(Place(line, column), "brackets nested too deeply")])


class _Reading:
    """Walks ruamel's tree once, making plain values and noting places. Aliases cost what they expand to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self._count = 0

    def mapping(self, tree: CommentedMap, path: Path, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in tree.items():
            marks = tree.lc.data.get(key) if tree.lc.data else None
            at_key = Place(marks[0] + 1, marks[1] + 1) if marks else place
            at_value = Place(marks[2] + 1, marks[3] + 1) if marks else place
            if not isinstance(key, str):
                raise self._error(at_key, _TEXT_KEY)
            below = (*path, str(key))
            self.keys[below] = at_key
            found[str(key)] = self._value(value, below, at_value)
        return found

    def _list(self, tree: CommentedSeq, path: Path, place: Place) -> list[Any]:
        found = []
        for index, value in enumerate(tree):
            marks = tree.lc.data.get(index) if tree.lc.data else None
            at = Place(marks[0] + 1, marks[1] + 1) if marks else place
            self.keys[*path, index] = at
            found.append(self._value(value, (*path, index), at))
        return found

    def _value(self, value: object, path: Path, place: Place) -> Any:
        self.values[path] = place
        self._count += 1
        if self._count > _MAX_VALUES or len(path) > _MAX_DEPTH:
            raise self._error(place, "too many or too deeply nested values (an alias that expands into itself?)")
        if isinstance(value, CommentedMap):
            return self.mapping(value, path, place)
        if isinstance(value, CommentedSeq):
            return self._list(value, path, place)
        return self._scalar(value, place)

    def _scalar(self, value: object, place: Place) -> Any:
        if isinstance(value, bool | ScalarBoolean):
            return bool(value)
        if value is None:
            return None
        for plain in (int, float, str):
            if isinstance(value, plain):
                return plain(value)
        if isinstance(value, TaggedScalar):
            raise self._error(place, "tags (!...) have no meaning here; write the plain value")
        raise self._error(place, "a kind of value that has no meaning here; put it in quotes")

    def _error(self, place: Place, says: str) -> ConfigError:
        return complain(self.name, [Problem(place, says)])
