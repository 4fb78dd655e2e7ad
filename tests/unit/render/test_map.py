"""The map as text: what the file holds, before any browser sees it."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from stackmap.analysis.lanes import Lane
from stackmap.errors import StackmapError, UsageError
from stackmap.model import Coverage, FixBy, Reach
from stackmap.render import vis
from stackmap.render.coverage import coverage_lines, gaps, not_whole
from stackmap.render.document import Table
from stackmap.render.map import MAX_DRAWN, render_map, render_map_svg
from stackmap.render.map_page import Administrators, Look, MapLink, MapNode, MapPage, Risk
from stackmap.render.map_words import WORDS
from stackmap.render.sight_words import gaps_table
from tests.unit.render.sample_page import HOSTILE, crowded_page, hostile_page, sample_page

_SVG = "{http://www.w3.org/2000/svg}"


def blocks(html: str, element: str) -> list[tuple[str, str]]:
    """Attributes and text of every element of that name, as the parser of HTML sees them."""
    return re.findall(rf"<{element}([^>]*)>(.*?)</{element}", html, re.DOTALL | re.IGNORECASE)


def data_of(html: str) -> dict[str, Any]:
    held = [text for attributes, text in blocks(html, "script") if "application/json" in attributes]
    assert len(held) == 1
    found: dict[str, Any] = json.loads(held[0])
    return found


def coverage_line(coverage: Sequence[Coverage]) -> str:
    """What stands above the map when its table is closed."""
    html = render_map(replace(sample_page(), coverage=coverage))
    return re.sub(r"(<[^>]+>|\s)+", " ", html[html.index("<summary>") : html.index("</summary>")])


def coverage_table(page: MapPage) -> list[list[str]]:
    """The cells of the opened table, row by row."""
    html = render_map(page)
    [body] = re.findall(r'<details id="coverage">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    return [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  # made by ourselves a line ago


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render_map(sample_page()) == render_map(sample_page())


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_file() -> None:
    html = render_map(sample_page())
    acting = [text for attributes, text in blocks(html, "script") if "json" not in attributes]
    acting += [text for _, text in blocks(html, "style")]
    assert len(acting) == 3
    allowed = set(re.findall(r"sha256-[A-Za-z0-9+/=]+", html[: html.index("<style>")].replace("&#43;", "+")))
    assert allowed == {f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" for text in acting}
    assert "unsafe-" not in html[: html.index("<style>")]
    assert "\r" not in html


def test_nothing_in_the_file_is_fetched_from_elsewhere() -> None:
    html = render_map(sample_page())
    for _, script in blocks(html, "script"):
        html = html.replace(script, "")
    assert re.findall(r"<(?:link|img|iframe|object|embed|base)\b", html) == []
    assert re.findall(r"\b(?:src|srcset|action|data)=", html) == []
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_text_in_the_file(text: str) -> None:
    page = hostile_page(text)
    html = render_map(page)
    assert len(blocks(html, "script")) == 3
    assert {node["name"] for node in data_of(html)["nodes"]} == {text}
    assert not re.search(r"<(?:img|a|svg onload)\b", html[: html.index('<script type="application/json"')])
    html.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_picture_is_well_formed_whatever_the_names(text: str) -> None:
    root = parsed(render_map_svg(hostile_page(text)))
    assert {element.tag.removeprefix(_SVG) for element in root.iter()} == {
        "svg", "title", "desc", "rect", "text", "path", "circle", "g"
    }  # fmt: skip


def test_the_picture_shows_every_drawn_thing_and_says_the_risk_in_words() -> None:
    root = parsed(render_map_svg(sample_page()))
    texts = [element.text or "" for element in root.iter(f"{_SVG}text")]
    assert {"Webinar registrants", "Salesforce", "Owen Blake", "d.okafor n8n"} <= set(texts)
    assert texts.count("tape") == 10
    assert texts.count("broken") == 1


def test_coverage_stands_before_the_map_and_names_what_was_not_read() -> None:
    html = render_map(sample_page())
    line = re.sub(r"<[^>]+>|\s+", " ", html[html.index("<summary>") : html.index("</summary>")])
    line = re.sub(r"\s+", " ", line)
    assert "Read: HubSpot 1 of 2 lists, Salesforce 2 of 3 lists, n8n 1 list." in line
    needs = "needs account-info.security.read"
    unread = f"HubSpot connected apps (HubSpot offers no list of them; {needs}); Salesforce tokens of other people"
    assert f"Not read: {unread} (permission missing; {needs})." in line
    assert "Not shown: 4 logins that nothing runs as, 2 people as whom nothing runs." in line
    assert html.index("<summary>") < html.index('id="canvas"')


def test_a_list_read_without_a_column_counts_as_read_in_part_as_in_every_answer() -> None:
    page = sample_page()
    lacking = [replace(one, reason="read without Title") if one.inventory == "flows" else one for one in page.coverage]
    html, line = render_map(replace(page, coverage=lacking)), coverage_line(lacking)
    assert "Read in part: Salesforce flows (read without Title)." in line
    assert (data_of(html)["not_read"], data_of(html)["in_part"]) == (2, 1)
    assert "Read in part:\n  Salesforce flows: read without Title" in "\n".join(gaps(lacking))
    row = ["Salesforce flows", "Salesforce", "read in part", "40", "2026-11-22", "read without Title", ""]
    assert row in coverage_table(replace(page, coverage=lacking))


def _closed(inventory: str, fix_by: FixBy, state: Reach = Reach.DENIED) -> Coverage:
    return Coverage("crm", "crm/x", inventory, state, fix_by=fix_by, reason=f"{inventory} is shut")


def test_what_the_reader_can_have_opened_is_named_first_and_what_no_setting_changes_last() -> None:
    shut = [_closed("agents", FixBy.NOBODY), _closed("bots", FixBy.VENDOR), _closed("calls", FixBy.US)]
    shut += [_closed("deals", FixBy.OPERATOR), _closed("emails", FixBy.ADMIN)]
    assert "Not read: crm emails (emails is shut); crm deals (deals is shut); 3 more." in coverage_line(shut)
    partly = [replace(one, state=Reach.PARTIAL) for one in shut]
    assert "Read in part: crm emails (emails is shut); crm deals (deals is shut); 3 more." in coverage_line(partly)


def test_the_rest_is_said_to_stay_shut_only_where_no_setting_changes_any_of_it() -> None:
    shut = [_closed(name, FixBy.NOBODY, Reach.ABSENT) for name in ("agents", "bots")]
    open_ = [_closed(name, FixBy.ADMIN) for name in ("calls", "deals")]
    assert "crm deals (deals is shut); 2 more, which no setting changes." in coverage_line([*shut, *open_])
    assert "; 3 more." in coverage_line([*shut, *open_, _closed("emails", FixBy.VENDOR)])


def test_the_map_the_report_and_the_opening_of_a_text_count_the_same_lists_as_whole() -> None:
    def read(inventory: str, reason: str = "", state: Reach = Reach.COMPLETE) -> Coverage:
        when = datetime(2026, 11, 20, tzinfo=UTC)
        return Coverage("crm", "crm/x", inventory, state, reason=reason, read_at=when)

    lists = [
        *(read("users"), read("flows"), read("teams", "read without Title")),
        *(read("apps", "capped", Reach.PARTIAL), _closed("keys", FixBy.ADMIN)),
    ]
    assert "Read: crm 2 of 5 lists." in coverage_line(lists)
    assert coverage_lines(lists) == ["Read: crm 2 of 5 lists on 20 Nov."]
    data = data_of(render_map(replace(sample_page(), coverage=lists)))
    table = gaps_table(lists)
    assert isinstance(table, Table)
    assert len(table.rows) == len(not_whole(lists)) == data["not_read"] + data["in_part"] == 3


def test_what_is_supposed_stands_above_the_map_in_full_and_in_the_picture() -> None:
    many = tuple(f"Person {n} administers <b>System {n}</b>" for n in range(40))
    html = render_map(replace(sample_page(), supposing=many))
    head = html[html.index("<header") : html.index("</header>")]
    told = re.sub(r"<[^>]+>", "", head)
    assert "Supposing, beside what was read (nothing of it is stored):" in told
    assert all(f"Person {n} administers &lt;b&gt;System {n}&lt;/b&gt;" in told for n in range(40))
    assert "Supposing" not in render_map(sample_page())
    root = parsed(render_map_svg(replace(sample_page(), supposing=many)))
    assert "Person 39 administers <b>System 39</b>" in (root.findtext(f"{_SVG}desc") or "")
    shown = [element.text or "" for element in root.iter(f"{_SVG}text")]
    assert [text for text in shown if text.startswith("Supposing, beside what was read: Person 0")]


def test_the_picture_marks_what_stands_badly_and_says_what_a_fold_holds() -> None:
    page = sample_page()
    marked = replace(page, nodes=tuple(replace(node, risk=Risk.NONE) for node in page.nodes))
    texts = [element.text or "" for element in parsed(render_map_svg(marked)).iter(f"{_SVG}text")]
    assert Counter(texts)["1 person"] == 10
    assert {"broken?", "1 person?", "no carer"} <= set(texts)
    folds = [element.text or "" for element in parsed(render_map_svg(crowded_page())).iter(f"{_SVG}text")]
    assert "all two people away or more" in folds


def test_a_thing_of_which_nothing_says_where_it_stands_is_refused() -> None:
    page = sample_page()
    nodes = tuple(replace(node, standing="") if node.id == "i/1" else node for node in page.nodes)
    with pytest.raises(ValueError, match="nothing says where i/1 stands"):
        replace(page, nodes=nodes)


def test_a_list_that_was_read_in_part_is_not_called_unread() -> None:
    page = sample_page()
    partly = [replace(one, state=Reach.PARTIAL) if one.state is Reach.DENIED else one for one in page.coverage]
    html, line = render_map(replace(page, coverage=partly)), coverage_line(partly)
    assert "Not read: HubSpot connected apps (HubSpot offers no list of them; needs" in line
    assert "Read in part: Salesforce tokens of other people (permission missing; needs" in line
    assert (data_of(html)["not_read"], data_of(html)["in_part"]) == (1, 1)


def test_the_table_of_what_was_read_speaks_in_words() -> None:
    table = coverage_table(sample_page())
    assert ["n8n workflows", "n8n", "read", "40", "2026-11-22", "", ""] in table
    unread = [cells for cells in table if cells[2] != "read"]
    day, opens, needs = "2026-11-22", "an administrator of the system", "needs account-info.security.read"
    assert unread == [
        [
            "HubSpot connected apps",
            "HubSpot",
            "not read: absent",
            "40",
            day,
            f"HubSpot offers no list of them; {needs}",
            opens,
        ],
        [
            "Salesforce tokens of other people",
            "Salesforce",
            "not read: denied",
            "40",
            day,
            f"permission missing; {needs}",
            opens,
        ],
    ]


def test_a_file_has_one_name_in_the_table_and_was_read_in_part() -> None:
    def file(source: str, inventory: str) -> Coverage:
        when = datetime(2026, 11, 18, tzinfo=UTC)
        return Coverage(source, "hubspot/x", inventory, Reach.PARTIAL, reason="an export", records=5, read_at=when)

    files = (file("hubspot-users", "hubspot-users"), file("zaps/h-1", "zaps"), file("staff-list", "people"))
    table = coverage_table(replace(sample_page(), coverage=files))
    rest = ["hubspot/x", "read in part", "5", "2026-11-18", "an export", "not known"]
    assert table == [["hubspot-users", *rest], ["staff-list people", *rest], ["zaps/h-1", *rest]]
    assert "Read in part: hubspot-users (an export); staff-list people (an export); 1 more." in coverage_line(files)


def test_links_that_cannot_be_drawn_are_counted_and_said() -> None:
    page = sample_page()
    node = MapNode("g/1", "key", Lane.LOGINS, Look.OTHER, "Web key", drawn=False)
    wider = replace(page, nodes=(*page.nodes, node), links=(*page.links, MapLink("g/1", "i/1", "opens")))
    html = render_map(wider)
    assert "1 link(s) with an end that is not drawn." in html
    assert "g/1" not in {spot["id"] for spot in data_of(html)["canvas"]["nodes"]}


def test_the_file_says_that_it_is_internal_when_it_was_read_and_for_whom() -> None:
    html = render_map(sample_page())
    assert "<b>Internal.</b> Reading of 22 Nov 2026. For marketing operations." in html


def test_parallel_links_become_one_line_that_keeps_count_and_the_heaviest_style() -> None:
    page = sample_page()
    doubled = replace(page, links=(*page.links, MapLink("a/0", "i/1", "also lets in")))
    lines = {(line["from"], line["to"]): line for line in data_of(render_map(doubled))["canvas"]["edges"]}
    assert len(lines["a/0", "i/1"]["links"]) == 2
    assert lines["a/0", "i/1"]["style"] == "tape"


def test_folded_things_are_kept_and_their_lines_start_at_the_fold() -> None:
    data = data_of(render_map(crowded_page()))
    drawn = {spot["id"] for spot in data["canvas"]["nodes"]}
    folded = [node for node in data["nodes"] if node["within"]]
    assert len(folded) > 60
    assert not drawn & {node["id"] for node in folded}
    assert all(line["from"] in drawn and line["to"] in drawn for line in data["canvas"]["edges"])
    drawn_links = sum(len(line["links"]) for line in data["canvas"]["edges"])
    assert drawn_links == len(data["links"])


def test_more_than_can_be_read_is_refused_with_what_to_do_instead() -> None:
    node = MapNode("x", "system", Lane.SYSTEMS, Look.SYSTEM, "X")
    crowd = tuple(replace(node, id=f"x/{n}", y=40.0 * n) for n in range(MAX_DRAWN + 1))
    gates = {**sample_page().gates, "nodes": [], "gates": [], "seeds": {}, "baseline": {"proven": {}, "worst": {}}}
    page = replace(sample_page(), nodes=crowd, links=(), gates=gates)
    with pytest.raises(UsageError, match="2,001 boxes, or more, would have to be drawn: too many"):
        render_map(page)


@pytest.mark.parametrize(
    "gate",
    [
        {"node": 0, "aspect": "state", "members": [[99, 3, 2, False]], "need": 1, "assumed": False},
        {"node": 0, "aspect": "state", "members": [[1, 3, 2, False]], "need": 2, "assumed": False},
        {"node": 0, "aspect": "state", "members": [], "need": 1, "assumed": True},
    ],
)
def test_gates_that_cannot_be_evaluated_are_refused(gate: dict[str, Any]) -> None:
    page = sample_page()
    with pytest.raises(ValueError, match="gate"):
        replace(page, gates={**page.gates, "gates": [gate]})


def test_a_link_to_nowhere_and_two_nodes_of_one_id_are_refused() -> None:
    page = sample_page()
    with pytest.raises(ValueError, match="no node for an end"):
        replace(page, links=(MapLink("a/0", "nowhere", "runs"),))
    with pytest.raises(ValueError, match="one id"):
        replace(page, nodes=(*page.nodes, page.nodes[0]))


def test_an_explanation_that_could_name_what_the_page_does_not_know_is_refused() -> None:
    page = sample_page()
    gates = {**page.gates, "nodes": [*page.gates["nodes"], "n8n/x/credential/7"]}
    with pytest.raises(ValueError, match="n8n/x/credential/7"):
        replace(page, gates=gates)
    with pytest.raises(ValueError, match="which stands for another"):
        replace(page, logins={"~gone": "n8n/x/account/7"})


def test_a_name_that_does_not_fit_the_picture_keeps_both_its_ends() -> None:
    texts = [element.text or "" for element in parsed(render_map_svg(sample_page())).iter(f"{_SVG}text")]
    [shown] = [text for text in texts if text.startswith("Pipeline d")]
    assert "…" in shown
    assert shown.endswith("body shortened")


def test_a_circle_on_the_picture_has_the_initials_that_were_decided_or_those_of_the_name() -> None:
    page = sample_page()
    marked = replace(page, nodes=tuple(replace(node, initials="K7F2") for node in page.nodes))
    assert ">K7F2</text>" in render_map_svg(marked)
    assert ">K7F2</text>" not in render_map_svg(page)
    assert ">DO</text>" in render_map_svg(page)


def test_an_administrator_whom_the_page_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="of the administrators"):
        replace(sample_page(), administrators={"s/0": Administrators(("nobody",))})


def test_the_legend_explains_every_word_that_a_box_may_show() -> None:
    page = sample_page()
    html = render_map(page)
    legend = re.sub(r"<[^>]+>", " ", html[html.index('<details id="tags">') : html.index("</details>\n  </div>")])
    told = [*page.risk_tags.values(), *(words.tag for words in page.words.values()), "off", "script"]
    assert [word for word in told if word not in legend] == []


def test_every_outcome_has_words_for_people() -> None:
    assert set(WORDS) == {
        "stops", "starves", "later", "unknown", "unowned", "muted", "refused", "moved", "survives"
    }  # fmt: skip


def test_a_drawing_library_that_nobody_tested_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another wheel cannot be installed for one test.
    monkeypatch.setattr(vis, "_LIBRARY_SHA256", "0" * 64)
    with pytest.raises(StackmapError, match=r"pyvis==0\.3\.2"):
        vis.drawing_library()


def test_pyvis_is_imported_only_when_a_map_is_drawn() -> None:
    code = "import sys, stackmap.render.map; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_an_empty_stack_still_gives_a_page() -> None:
    gates = {"schema": "stackmap.gates/1", "nodes": [], "gates": [], "seeds": {}}
    nothing = MapPage("Nothing", "", "22 Nov 2026", "you", (), (), {**gates, "baseline": {"proven": {}, "worst": {}}})
    assert "<b>Read:</b> nothing yet." in render_map(nothing)
