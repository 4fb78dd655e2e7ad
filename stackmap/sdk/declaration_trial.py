"""What is asked of a connector as it is declared, before anything is read: the part of the suite that runs nothing."""

from __future__ import annotations

from typing import ClassVar

from stackmap.model import Act
from stackmap.sdk.access_trial import access_mistakes
from stackmap.sdk.settings import resolve_settings
from stackmap.sdk.trial import ConformanceCase, is_date, skip

__all__ = ["DeclarationTrial"]


class DeclarationTrial:
    """Tests of the connector's own values. `Conformance` inherits them."""

    case: ClassVar[ConformanceCase]

    def test_inventories_have_names_of_their_own_and_say_what_they_are(self) -> None:
        names = [item.name for item in self.case.connector.inventories]
        assert len(set(names)) == len(names), f"two inventories share a name: {sorted(names)}"
        silent = [item.name for item in self.case.connector.inventories if not item.says]
        assert not silent, f"these do not say what they list: {silent}"

    def test_every_inventory_states_what_it_needs(self) -> None:
        silent = [item.name for item in self.case.connector.inventories if not item.needs]
        assert not silent, f"name the permission, or say that any login will do: {silent}"

    def test_what_an_inventory_lists_is_among_what_it_emits(self) -> None:
        for item in self.case.connector.inventories:
            assert item.listed <= item.emits, f"{item.name} lists what it never emits"

    def test_what_an_administrator_is_asked_for_is_whole(self) -> None:
        """Every list in one tier; no tier is empty or without a source; what is read of people is told."""
        if self.case.connector.access is None:
            skip("it does not tell what an administrator is asked for")
        assert access_mistakes(self.case.connector) == []

    def test_the_base_url_is_a_setting(self) -> None:
        connector = self.case.connector
        assert "base_url" in {item.name for item in connector.settings}, "regions and stand-ins need one"
        other = resolve_settings(connector, {**self.case.settings, "base_url": "https://elsewhere.example"})
        assert connector.base_url(other).startswith("https://elsewhere.example"), "base_url is ignored"

    def test_no_secret_has_a_default(self) -> None:
        loud = [item.name for item in self.case.connector.settings if item.secret and item.default]
        assert not loud, f"a secret is never part of the program: {loud}"

    def test_every_departures_row_names_its_source_and_date(self) -> None:
        for table in self.case.connector.departures:
            for row in table.rows:
                where = f"{table.name}, {row.act.value}"
                assert row.source.strip(), f"{where}: how is that known?"
                assert is_date(row.checked), f"{where}: {row.checked} is no date like 2026-01-31"
                assert row.says.strip(), f"{where}: say it in a sentence"

    def test_every_act_has_a_departures_row_or_a_stated_gap(self) -> None:
        names = [table.name for table in self.case.connector.departures]
        assert len(set(names)) == len(names), f"two departures tables share a name: {sorted(names)}"
        for table in self.case.connector.departures:
            missing = set(Act) - {row.act for row in table.rows}
            assert not missing or table.gap.strip(), f"{table.name} is silent about {sorted(missing)}: say why"
