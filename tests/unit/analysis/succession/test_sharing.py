"""Who takes which hold: everybody who can be found, those who fit, and nobody too much."""

from __future__ import annotations

from collections import Counter

from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.sharing import Choice, Fit, Sharing


def _hold(number: int) -> Hold:
    return Hold("owner", Way.LOGIN, f"login-{number:03}")


def _choice(number: int, *people: str, fit: Fit = Fit.HAS_LOGIN) -> Choice:
    return Choice(_hold(number), {fit: people})


def _shared(choices: list[Choice], cap: int, *, firm: bool = True, busy: dict[str, int] | None = None) -> list[str]:
    """Who takes each, in order; "" for nobody."""
    found = Sharing(cap, firm, busy or {}).share_out(choices)
    return [found.get(choice.hold, "") for choice in choices]


def test_whoever_is_the_only_one_for_something_is_kept_free_for_it() -> None:
    assert _shared([_choice(1, "ann", "ben"), _choice(2, "ann")], 1) == ["ben", "ann"]


def test_somebody_who_fits_better_comes_before_even_loads() -> None:
    wider = {Fit.SAME_TEAM: ["ann"], Fit.IN_CHARGE: ["ben"], Fit.HAS_LOGIN: ["cy"]}
    assert _shared([Choice(_hold(number), wider) for number in (1, 2)], 2, busy={"ann": 5}) == ["ann", "ann"]
    assert sorted(_shared([Choice(_hold(number), wider) for number in (1, 2, 3)], 2)) == ["ann", "ann", "ben"]


def test_as_many_holds_as_can_be_come_before_fit() -> None:
    both = {Fit.SAME_TEAM: ["ann"], Fit.HAS_LOGIN: ["ben"]}
    assert _shared([Choice(_hold(1), both), _choice(2, "ann")], 1) == ["ben", "ann"]


def test_loads_come_out_even_and_count_what_hangs_on_somebody_already() -> None:
    choices = [_choice(number, "ann", "ben", "cy") for number in range(4)]
    assert Counter(_shared(choices, 4, busy={"ann": 4})) == {"ben": 2, "cy": 2}


def test_a_firm_cap_leaves_the_rest_without_anybody() -> None:
    choices = [_choice(number, "ann") for number in range(3)]
    assert Counter(_shared(choices, 2)) == {"ann": 2, "": 1}


def test_without_a_firm_cap_the_only_one_there_takes_the_rest() -> None:
    assert _shared([_choice(number, "ann") for number in range(3)], 2, firm=False) == ["ann"] * 3


def test_the_cap_is_passed_only_where_nobody_else_has_room() -> None:
    people = [f"p{number:02}" for number in range(14)]
    busy = {"p12": 9, "p13": 9}  # not among the dozen who are offered it first
    choices = [_choice(number, *people) for number in range(14)]
    assert Counter(_shared(choices, 1, firm=False, busy=busy)) == dict.fromkeys(people, 1)


def test_what_nobody_can_take_is_left_out() -> None:
    assert _shared([_choice(1), _choice(2, "ann")], 1) == ["", "ann"]


def test_of_many_holds_and_people_each_is_taken_and_nobody_has_more_than_the_cap() -> None:
    people = [f"p{number:02}" for number in range(60)]
    taken = Counter(_shared([_choice(number, *people) for number in range(230)], 4))
    assert sum(taken.values()) == 230
    assert max(taken.values()) == 4
    assert "" not in taken


def test_a_second_round_goes_on_where_the_first_ended() -> None:
    sharing = Sharing(2, firm=True)
    first = sharing.share_out([_choice(1, "ann"), _choice(2, "ann")])
    assert set(first.values()) == {"ann"}
    assert sharing.share_out([_choice(3, "ann", "ben")]) == {_hold(3): "ben"}


def test_of_equal_fit_some_come_first_whatever_their_load_and_never_before_a_better_fit() -> None:
    alike = {Fit.SAME_TEAM: ["ann", "ben"], Fit.HAS_LOGIN: ["cy"]}
    first = [Choice(_hold(number), alike, first={"ben", "cy"}) for number in range(3)]
    assert _shared(first, 3, busy={"ben": 7}) == ["ben"] * 3
    assert Counter(_shared(first, 1)) == {"ben": 1, "ann": 1, "cy": 1}
    many = {Fit.SAME_TEAM: [f"p{number:02}" for number in range(30)]}
    assert _shared([Choice(_hold(1), many, first={"p29"})], 1, busy={"p29": 1}) == ["p29"]


def test_fit_comes_before_who_comes_first_of_all_holds_together() -> None:
    """One grade of fit is not outweighed by however many who come first."""
    wider = {Fit.OWNS_THINGS: ["ann"], Fit.HAS_LOGIN: ["ben"]}
    others = [("ann", "cy"), ("cy", "dee")]
    choices = [Choice(_hold(n), {Fit.OWNS_THINGS: two}, first={two[0]}) for n, two in enumerate(others, 1)]
    assert _shared([Choice(_hold(0), wider), *choices], 1) == ["ann", "cy", "dee"]
