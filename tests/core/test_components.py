"""Components say what they are given, escape it, repeat no id and are valid HTML."""

import datetime
from enum import Enum
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from core.listing import listing
from core.workflow import Move, Offer
from tests import nu
from tests.core.test_form_pack import Reader

EVIL = "<b onclick=alert(1)>&'\""
Perm = Enum("Perm", "PUBLISH REVIEW")


def draw(source, **context):
    return Template("{% load lsp %}" + source).render(Context(context)).strip()


def offer(name, *, allowed=True, **kwargs):
    return Offer(Move(name, {"draft"}, "done", Perm.PUBLISH, f"Do {name}", **kwargs), allowed)


def page_of(count, query="", per_page=10):
    request = RequestFactory().get(f"/?{query}")
    rows = [SimpleNamespace(name=number) for number in range(count)]
    return {
        "request": request,
        "listing": listing(rows, {"name": "name"}, request.GET, default="name", per_page=per_page),
    }


EXAMPLES = {
    "status": ('{% status_tag words "on-track" %}', {"words": EVIL}),
    "summary": (
        "{% summary_list rows %}",
        {"rows": [{"key": EVIL, "value": EVIL, "href": "/change/"}, {"key": "Region", "value": "London"}]},
    ),
    "tasks": (
        '{% task_list "criteria" tasks %}',
        {
            "tasks": [
                {"title": EVIL, "status": "Done", "href": "/1/", "hint": EVIL},
                {"title": "Efficient", "status": EVIL, "look": "draft", "href": "/2/"},
                {"title": "Declaration", "status": "Cannot start yet"},
            ]
        },
    ),
    "timeline": (
        "{% timeline events %}",
        {
            "events": [
                {
                    "at": datetime.datetime(2006, 1, 12, 14, 2, tzinfo=datetime.UTC),
                    "what": EVIL,
                    "why": EVIL,
                    "by": EVIL,
                },
                {"at": datetime.date(2005, 12, 1), "what": "Started", "href": "/3/"},
            ]
        },
    ),
    "moves": (
        "{% moves_bar offers pages=pages deeds=deeds message=evil late=True also=also %}",
        {
            "offers": [offer("publish", follows=EVIL), offer("keep"), offer("decide", allowed=False, who=EVIL)],
            "pages": {"publish": "/publish/"},
            "deeds": {"keep": "/keep/"},
            "evil": EVIL,
            "also": [("/print/", EVIL)],
        },
    ),
    "stats": (
        "{% stats figures %}",
        {"figures": [{"value": 2, "label": EVIL, "bad": True}, {"value": 21, "label": "on", "of": EVIL}]},
    ),
    "pagination": ("{% pagination listing.page label=evil %}", {**page_of(300, "q=%3Cb%3E&page=7"), "evil": EVIL}),
    "table": (
        '<table><caption>Members</caption><tr>{% sort_header "name" evil %}'
        '{% sort_header "other" "Other" numeric=True %}</tr></table>',
        {**page_of(3, "q=%3Cb%3E"), "evil": EVIL},
    ),
    "banner": (
        "{% notification_banner evil %}{% notification_banner evil kind='success' title=evil %}",
        {"evil": EVIL},
    ),
    "tabs": (
        "{% tabs items evil %}",
        {"items": [{"href": "/a/", "label": EVIL, "current": True}, {"href": "/b/", "label": "B"}], "evil": EVIL},
    ),
    "breadcrumbs": ('{% breadcrumbs "/a/" evil evil %}', {"evil": EVIL}),
    "empty": ('{% empty_state evil evil "/add/" evil %}', {"evil": EVIL}),
    "edition": ("{% edition_banner 2 day links %}", {"day": datetime.date(2005, 10, 18), "links": [("/pdf/", EVIL)]}),
    "progress": ('{% progress "job" 41 64 evil %}', {"evil": EVIL}),
    "confirmation": ("{% confirmation_panel evil evil %}", {"evil": EVIL}),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_given_is_escaped(name):
    source, context = EXAMPLES[name]
    html = draw(source, **context)
    assert "<b on" not in html
    assert "&lt;b" in html or "%3Cb" in html


def test_the_markup_is_valid_and_can_stand_together_on_a_page(tmp_path):
    pieces = {name: draw(source, **context) for name, (source, context) in EXAMPLES.items()}
    pieces["confirmation"] = pieces["confirmation"].replace("h1", "h2")  # the test page has a heading of its own
    assert nu.complaints(tmp_path, {"all": "".join(pieces.values())}) == []


def test_a_result_has_a_shape_and_a_step_has_none():
    assert draw('{% status_tag "Off track" "off-track" %}') == (
        '<strong class="govuk-tag lsp-status lsp-status--off-track">Off track</strong>'
    )
    assert draw('{% status_tag "Draft" %}') == '<strong class="govuk-tag lsp-status--draft">Draft</strong>'


def test_the_moves_bar_has_one_primary_button_and_says_who_else_may():
    offers = [offer("publish"), offer("keep"), offer("decide", allowed=False, who="The chair")]
    html = draw(
        "{% moves_bar offers pages=pages deeds=deeds %}",
        offers=offers,
        pages={"publish": "/publish/", "decide": "/decide/"},
        deeds={"keep": "/keep/"},
        csrf_token="token",
    )
    page = Reader(html)
    primary = [a for a in page.all("a", "button") if a["class"] == "govuk-button"]
    assert [a["href"] for a in primary] == ["/publish/"]
    assert page.all("form", method="post", action="/keep/")
    assert page.all("input", name="csrfmiddlewaretoken", value="token")
    assert "/decide/" not in html
    assert "Do decide: The chair can do this." in html


def test_no_moves_no_bar():
    assert draw("{% moves_bar offers %}", offers=[]) == ""


def links(html):
    return [a["href"] for a in Reader(html).all("a")]


def test_pages_keep_filters_and_sorting():
    html = draw("{% pagination listing.page %}", **page_of(300, "q=estates&sort=-name&page=7"))
    assert all("q=estates" in link and "sort=-name" in link for link in links(html))
    assert [link.rpartition("page=")[2] for link in links(html)] == ["6", "1", "6", "7", "8", "30", "8"]
    assert 'aria-current="page"' in html


def test_one_page_needs_no_links():
    assert draw("{% pagination listing.page %}", **page_of(10)) == ""


@pytest.mark.parametrize(
    ("query", "order", "link"),
    [
        ("q=a&page=3", "ascending", "?q=a&sort=-name"),
        ("sort=name", "ascending", "?sort=-name"),
        ("sort=-name", "descending", "?sort=name"),
    ],
)
def test_pressing_a_column_turns_its_order_and_goes_back_to_the_first_page(query, order, link):
    html = draw('{% sort_header "name" "Name" %}', **page_of(3, query))
    assert Reader(html).all("th")[0]["aria-sort"] == order
    assert links(html) == [link]


def test_another_column_has_no_order():
    html = draw('{% sort_header "seats" "Seats" %}', **page_of(3))
    assert "aria-sort" not in html
    assert links(html) == ["?sort=seats"]


def test_a_success_is_read_out_at_once():
    assert 'role="alert"' in draw('{% notification_banner "Saved" kind="success" %}')
    assert 'role="alert"' not in draw('{% notification_banner "Due soon" %}')


def test_progress_without_a_known_end_is_no_error():
    assert 'max="1" value="0"' in draw('{% progress "job" 0 0 "Waiting" %}')


def test_words_of_templates():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    source = (
        "{{ amount|pounds }} {{ amount|millions }} {{ count|figure }} {{ day|long_date }} {{ day|short_date }} "
        "{{ at|date_time }} {{ at|clock }} {{ year|year_label }} {{ tomorrow|relative_day }} {{ text|markdown_text }}"
    )
    words = draw(
        source,
        amount=10_726_788,
        count=-1234,
        day=datetime.date(2006, 1, 31),
        year=2005,
        tomorrow=tomorrow,
        text="*so*",
        at=datetime.datetime(2006, 1, 12, 14, 2, tzinfo=datetime.UTC),
    )
    assert words == (
        "£10,726,788.00 £10.73m −1,234 31 January 2006 31 Jan 2006 12 January 2006, 2:02pm 2:02pm 2005–06 tomorrow so"
    )
    assert draw("{{ text|markdown:4 }}", text="# Vision <b>").startswith(
        '<h4 class="govuk-heading-m" dir="auto">Vision &lt;b'
    )


@pytest.mark.parametrize(
    "name",
    [
        "pounds",
        "millions",
        "figure",
        "long_date",
        "short_date",
        "date_time",
        "clock",
        "year_label",
        "relative_day",
        "markdown",
        "markdown_text",
    ],
)
def test_nothing_leaves_room_for_the_words_of_the_page(name):
    assert draw(f'{{{{ missing|{name}|default:"No data" }}}}', missing=None) == "No data"
