"""The proof as people read it."""

from datetime import date
from typing import Any

from tests.live.company import FLOWS, needs_secret
from tests.live.departures import Departure
from tests.live.predict import BROKEN_ALREADY, COULD_BE_THEIRS, Prediction
from tests.live.table import markdown
from tests.live.verdict import STOPS, Trial

DAY = date(2026, 11, 22)
SECRETS = {flow.key: COULD_BE_THEIRS for flow in FLOWS if needs_secret(flow)}
BEFORE = {flow.key: flow.active and flow.key not in {"quote", "ads_sync"} for flow in FLOWS}


def trial(people: tuple[str, ...], said: dict[str, str], stopped: tuple[str, ...], **changes: Any) -> Trial:
    values: dict[str, Any] = {
        "departure": Departure(people, "a made-up case"),
        "predicted": Prediction(SECRETS | {"quote": BROKEN_ALREADY} | said),
        "before": BEFORE,
        "after": BEFORE | dict.fromkeys(stopped, False),
        "refused": False,
    }
    return Trial(**values | changes)


def last_row(*results: Trial) -> str:
    return [line for line in markdown(results, DAY).splitlines() if line.startswith("|")][-1]


def test_a_row_names_what_was_said_and_what_stopped() -> None:
    assert last_row(trial(("jo",), {"form_a": STOPS, "form_b": STOPS}, ("form_a", "form_b"))) == (
        "| Jo Meyer: a made-up case | deleted | Contact form, Demo request form | the same "
        "| 5, none stopped | – | yes |"
    )


def test_what_could_be_theirs_and_stopped_is_named() -> None:
    assert last_row(trial(("hana",), {}, ("billing_export",))) == (
        "| Hana Sato: a made-up case | deleted | – | Billing export | 5, stopped: Billing export | – | yes |"
    )


def test_a_difference_is_said_in_words() -> None:
    assert last_row(trial(("vik",), {"catalogue": STOPS}, ())).endswith(
        "| **no**: Product catalogue: went on, and was said to stop |"
    )


def test_the_leavers_own_workflows_that_failed_before_are_marked() -> None:
    assert "| Quote builder (foreseen) |" in last_row(trial(("olga",), {}, ()))
    assert "| Ads audience sync (not foreseen) |" in last_row(trial(("ivo",), {}, ()))


def test_a_refusal_stands_on_both_sides() -> None:
    refusal = Prediction(SECRETS | {"quote": BROKEN_ALREADY}, refused=True)
    assert "| deleted | refused | refused |" in last_row(trial(("olga",), {}, (), predicted=refusal, refused=True))


def test_the_counts_tell_sure_open_and_safe_apart() -> None:
    text = markdown([trial(("hana",), {"form_a": STOPS}, ("form_a", "billing_export"))], DAY)
    assert "Last tried on 2026-11-22 against n8n 1.123.50" in text
    assert "**1 of 1 as predicted**" in text
    assert "Said to stop: 1, of which 1 stopped and 0 went on." in text
    assert "Could be theirs: 5, of which 1 stopped and 4 went on." in text
    assert "Said to go on: 19, of which 0 stopped and 19 went on." in text


def test_what_failed_before_anybody_left_is_said_once() -> None:
    text = markdown([trial(("ben",), {}, ())], DAY)
    assert (
        "whoever leaves: Ads audience sync, Quote builder. Foreseen as such: Quote builder. Not foreseen: Ads" in text
    )


def test_a_departure_that_was_not_answered_is_marked() -> None:
    silent = Prediction({}, silence="stackmap leave ended with 2: nobody here is called so")
    row = last_row(trial(("pia",), {}, (), predicted=silent))
    assert row == (
        "| Pia Costa: a made-up case | deleted | no answer | – | – | – "
        "| **no**: no answer: stackmap leave ended with 2: nobody here is called so |"
    )


def test_without_predictions_the_table_says_so() -> None:
    text = markdown([trial(("ben",), {}, (), predicted=None)], DAY)
    assert "nothing was predicted" in text
    assert "Foreseen" not in text
    assert "**" not in text
