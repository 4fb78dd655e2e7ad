"""How a thing hangs on a login, in words."""

from stackmap.analysis import ties_behind
from stackmap.render.ties import tie_words, ways_alike
from tests.support.loading import stack_of
from tests.support.notation import notation

PICTURE = """
    crm/prod/account/1:Account
    crm/prod/group/q:Group
    crm/prod/account/1 -MEMBER_OF-> crm/prod/group/q
    batch:Automation -RUNS_AS-> crm/prod/account/1 {outcome=stops certainty=certain}
    batch -NOTIFIES-> crm/prod/account/1
    sync:Integration -AUTHENTICATES_WITH-> crm/prod/grant/a:Grant
    sync -AUTHENTICATES_WITH-> crm/prod/grant/b
    crm/prod/grant/a -AUTHORIZED_BY-> crm/prod/account/1 {outcome=stops certainty=certain}
    crm/prod/grant/b -AUTHORIZED_BY-> crm/prod/account/1 {outcome=stops certainty=certain}
    lone:Integration -AUTHENTICATES_WITH-> crm/prod/grant/b
    rule:Automation -ROUTES_TO-> crm/prod/group/q {outcome=stops certainty=certain}
    feed:Automation -RUNS_AS-> crm/prod/account/2:Account {outcome=stops certainty=certain}
    crm/prod/account/2 -PROVISIONED_BY-> crm/prod/account/1
"""


def test_each_sort_of_tie_has_the_words_of_leave_and_names_what_lies_between() -> None:
    stack = stack_of(notation(PICTURE))
    ties = ties_behind(stack, "crm/prod/account/1")
    told = {thing: [tie_words(stack.graph, ways) for ways in ways_alike(found)] for thing, found in ties.items()}
    assert told == {
        "batch": ["runs as", "alarms"],
        "sync": ["signs in with crm/prod/grant/a (and 1 more), which was authorised by"],
        "lone": ["signs in with a grant that no list names, which was authorised by"],
        "rule": ["hands work to crm/prod/group/q, which has as member"],
        "feed": ["runs as the login crm/prod/account/2, which goes off together with"],
    }
