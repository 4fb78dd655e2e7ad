"""Settings are checked against what a connector declares, and keep their secrets to themselves."""

import pytest

from stackmap.errors import ConfigError
from stackmap.sdk import resolve_settings
from tests.unit.collect.vendor import CONNECTOR, KEY

GIVEN = {"base_url": "https://acme.example.test", "key": KEY}


def test_defaults_are_filled_in_and_given_values_stand() -> None:
    assert dict(resolve_settings(CONNECTOR, GIVEN)) == {**GIVEN, "region": "eu"}
    assert resolve_settings(CONNECTOR, {**GIVEN, "region": "us"})["region"] == "us"


def test_a_missing_setting_is_named_with_what_it_is_for() -> None:
    with pytest.raises(ConfigError, match=r"acme: the setting key is missing \(an API key\)"):
        resolve_settings(CONNECTOR, {"base_url": "https://acme.example.test"})


def test_an_unknown_setting_is_named_with_the_nearest_and_without_its_value() -> None:
    with pytest.raises(ConfigError, match="no setting kee; did you mean key") as caught:
        resolve_settings(CONNECTOR, {**GIVEN, "kee": "a-secret-in-the-wrong-place"})
    assert "wrong-place" not in str(caught.value)


def test_secrets_show_neither_in_repr_nor_among_the_open_settings() -> None:
    known = resolve_settings(CONNECTOR, GIVEN)
    assert KEY not in repr(known)
    assert "acme.example.test" in repr(known)
    assert KEY not in known.open.values()
    assert known.secrets == (KEY,)


def test_settings_already_resolved_can_be_resolved_again() -> None:
    known = resolve_settings(CONNECTOR, GIVEN)
    assert resolve_settings(CONNECTOR, known) == known
