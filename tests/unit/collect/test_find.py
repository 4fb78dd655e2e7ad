"""Connectors come in by entry points; a broken one is named, and two of one name are an error."""

import sys
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path

import pytest

from stackmap.collect import find_connectors
from stackmap.collect.find import GROUP
from stackmap.errors import ConnectorError
from tests.unit.collect.vendor import CONNECTOR


def install(folder: Path, distribution: str, name: str, value: str) -> None:
    """What an installer leaves of a distribution, as far as entry points go."""
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {value}\n", encoding="utf-8")


def points(*folders: Path) -> list[EntryPoint]:
    found: list[Distribution] = list(distributions(path=[str(folder) for folder in folders]))
    return [point for item in found for point in item.entry_points.select(group=GROUP)]


def test_an_installed_connector_is_found_by_its_name(tmp_path: Path) -> None:
    install(tmp_path, "acme-for-stackmap", "acme", "tests.unit.collect.vendor:CONNECTOR")
    found = find_connectors(points(tmp_path))
    assert found.get("acme") is CONNECTOR
    assert not found.broken


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("acme", "no_such_module_anywhere:CONNECTOR", "ModuleNotFoundError"),
        ("acme", "tests.unit.collect.vendor:NO_SUCH", "AttributeError"),
        ("acme", "tests.unit.collect.vendor:KEY", "is no Connector but a str"),
        ("other", "tests.unit.collect.vendor:CONNECTOR", "is called other, the connector itself acme"),
    ],
)
def test_one_that_cannot_be_used_is_named_with_the_reason_and_the_others_run(
    tmp_path: Path, name: str, value: str, reason: str
) -> None:
    install(tmp_path, "broken-for-stackmap", name, value)
    install(tmp_path, "good", "acme" if name != "acme" else "fine", "tests.unit.collect.vendor:CONNECTOR")
    found = find_connectors(points(tmp_path))
    item = next(item for item in found.broken if item.name == name)
    assert item.distribution == "broken-for-stackmap"
    assert reason in item.reason
    with pytest.raises(ConnectorError, match="broken-for-stackmap"):
        found.get(name)


def test_a_module_that_fails_in_any_way_stops_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "failing_connector.py").write_text("raise RuntimeError('no luck today')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, "failing", "failing", "failing_connector:CONNECTOR")
    install(tmp_path, "good", "acme", "tests.unit.collect.vendor:CONNECTOR")
    found = find_connectors(points(tmp_path))
    assert list(found.connectors) == ["acme"]
    assert "RuntimeError: no luck today" in found.broken[0].reason
    assert "failing_connector" not in sys.modules


def test_two_of_one_name_are_an_error_that_names_both_distributions(tmp_path: Path) -> None:
    install(tmp_path / "a", "acme-by-ana", "acme", "tests.unit.collect.vendor:CONNECTOR")
    install(tmp_path / "b", "acme-by-bo", "acme", "tests.unit.collect.vendor:CONNECTOR")
    with pytest.raises(ConnectorError, match="acme-by-ana and one of acme-by-bo"):
        find_connectors(points(tmp_path / "a", tmp_path / "b"))


def test_one_distribution_seen_twice_is_no_conflict(tmp_path: Path) -> None:
    install(tmp_path / "a", "acme-by-ana", "acme", "tests.unit.collect.vendor:CONNECTOR")
    install(tmp_path / "b", "acme-by-ana", "acme", "tests.unit.collect.vendor:CONNECTOR")
    assert list(find_connectors(points(tmp_path / "a", tmp_path / "b")).connectors) == ["acme"]


def test_a_name_that_nobody_brings_is_answered_with_those_that_are_there(tmp_path: Path) -> None:
    install(tmp_path, "acme-by-ana", "acme", "tests.unit.collect.vendor:CONNECTOR")
    with pytest.raises(ConnectorError, match="no connector akme; installed: acme"):
        find_connectors(points(tmp_path)).get("akme")
