"""What the page says to do is what `leave` says."""

from stackmap.app.map.fixes import fixes_of
from tests.support.stacks import case_of


def test_nothing_on_the_page_comes_back_with_a_login_that_goes() -> None:
    picture = """
        x:Automation -DEPENDS_ON-> kim:Account {outcome=stops}
        y:Automation -DEPENDS_ON-> x {outcome=stops}
        z:Automation -DEPENDS_ON-> lee:Account {outcome=stops}
        z -RUNS_AS-> lee {outcome=stops}
    """
    found = fixes_of(case_of(picture).analysis.stack)
    said = {thing: {cause: fix.sure for cause, fix in fixes.items()} for thing, fixes in found.items()}
    assert said == {
        "x": {"kim": "let it hang on a login that stays, then run it once"},
        "z": {"lee": "let it run as an integration login, then run it once"},
    }
