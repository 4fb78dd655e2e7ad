"""Notes that met nothing, at the end of an answer."""

from stackmap.render.notes import unmet, unmet_near


def test_where_every_note_met_something_nothing_is_said() -> None:
    assert list(unmet([])) == []


def test_a_dozen_is_shown_and_the_rest_counted() -> None:
    lines = list(unmet([f"stack.yaml:{number} x\x1b[2J" for number in range(1, 15)]))
    assert lines[0] == "14 of your notes met nothing that was read:"
    assert lines[1] == "  stack.yaml:1 x [2J"
    assert lines[12:] == ["  stack.yaml:12 x [2J", "  and 2 more: stackmap check --all"]


def test_notes_that_may_be_about_a_leaver_are_counted_with_the_command_that_shows_them() -> None:
    assert unmet_near(0) == ""
    assert unmet_near(1).endswith("leaves here. To\nsee it: stackmap check\n")
    assert unmet_near(2).startswith("\n2 of your notes met nothing that was read")
