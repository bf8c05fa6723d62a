"""Every kind of field, as the form pack draws it: links of errors arrive, ids are unique, nothing typed is lost."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Button, ButtonHolder, Div, Fieldset, Layout, Submit
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from core.forms import Checkboxes, DateField, Form, MoneyField, Radios, TextField
from core.layout import Reveal, Sized
from core.refusals import Gap, Incomplete
from tests import nu

SECTORS = [("agency", "Public agencies"), ("resident", "Residents & tenants")]
SCRIPT = "<script>alert('1')</script>"


class Every(Form):
    """One field of every kind."""

    name = django_forms.CharField(
        max_length=20, help_text="As on the door", widget=django_forms.TextInput({"class": "govuk-input--width-10"})
    )
    email = django_forms.EmailField(label="E-mail address", help_text="For work")
    number = django_forms.IntegerField(min_value=0, max_value=99)
    change = django_forms.IntegerField()
    share = django_forms.DecimalField()
    amount = MoneyField(help_text="Whole pounds")
    password = django_forms.CharField(widget=django_forms.PasswordInput({"autocomplete": "new-password"}))
    find = django_forms.CharField(widget=django_forms.SearchInput)
    site = django_forms.URLField(assume_scheme="https")
    story = TextField(max_length=50, rows=8, help_text="Start from a year ago")
    note = TextField()
    region = django_forms.ChoiceField(choices=[("", "Choose"), ("london", "London")])
    rating = django_forms.ChoiceField(choices=SECTORS, widget=Radios(hints={"agency": "Works well"}), help_text="One")
    sectors = django_forms.MultipleChoiceField(
        choices=SECTORS, widget=Checkboxes(hints={"resident": "At home"}, attrs={"class": "govuk-checkboxes--small"})
    )
    agree = django_forms.BooleanField(label="I agree", help_text="To the terms")
    evidence = django_forms.FileField(help_text="A document")
    when = DateField(help_text="For example, 31 3 2006")
    moment = django_forms.SplitDateTimeField(
        widget=django_forms.SplitDateTimeWidget(date_attrs={"aria-label": "Day"}, time_attrs={"aria-label": "Time"})
    )
    token = django_forms.CharField(widget=django_forms.HiddenInput)

    def clean(self):
        raise ValidationError("These do not belong together")


TYPED = {
    "name": f"far too long {SCRIPT}", "email": "no address", "number": "-1", "change": "x", "share": "half",
    "amount": "£1,2x", "site": "::", "story": "A\r\nlong story " * 10, "region": "wales", "rating": "agency",
    "sectors": ["resident"], "agree": "on", "when_0": "31", "when_1": "feb", "when_2": "2006", "moment_0": "soon",
    "moment_1": "late", "token": "abc",
}  # fmt: skip


class Reader(HTMLParser):
    """The elements, in order, and the text of each label, legend and message."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags, **attrs):
        wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
        return [a for tag, a in self.elements if (not tags or tag in tags) and wanted.items() <= a.items()]

    def ids(self):
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]


def draw(source, **context):
    return Template("{% load crispy_forms_tags lsp %}" + source).render(Context(context))


def helper():
    """A layout with all that a layout may hold."""
    made = FormHelper()
    made.layout = Layout(
        Sized("name", "when", size="m"),
        Fieldset("Ways to reach you", "email", "site", "find"),
        Div("number", "change", "share", css_class="lsp-panel"),
        Reveal("rating", {"agency": ["story"], "resident": ["note", "amount"]}),
        Reveal("agree", {True: ["evidence"]}),
        *("password", "region", "sectors", "moment", "token"),
        HTML("<p>In between</p>"),
        ButtonHolder(Button("back", "Back")),
    )
    made.add_input(Submit("save", "Save"))
    made.add_input(Submit("later", "Save for later", css_class="govuk-button--secondary"))
    return made


def with_helper(form):
    form.helper = helper()
    return draw("{% error_summary form %}{% crispy form %}", form=form, csrf_token="token")


def without_helper(form):
    return draw("{% error_summary form %}<form>{{ form|crispy }}</form>", form=form)


DRAWN = pytest.mark.parametrize("drawn", [with_helper, without_helper])
STATES = pytest.mark.parametrize("data", [None, {}, TYPED], ids=["new", "empty", "wrong"])


@DRAWN
@STATES
def test_ids_are_unique_and_every_reference_arrives(drawn, data):
    page = Reader(drawn(Every(data)))
    assert [name for name, count in Counter(page.ids()).items() if count > 1] == []
    for attribute in ("for", "aria-describedby", "aria-controls", "data-aria-controls", "aria-labelledby"):
        for _tag, attrs in page.elements:
            for reference in attrs.get(attribute, "").split():
                assert reference in page.ids(), (attribute, attrs)


@DRAWN
@STATES
def test_everything_is_described_once(drawn, data):
    page = Reader(drawn(Every(data)))
    described = Counter(name for _tag, attrs in page.elements for name in attrs.get("aria-describedby", "").split())
    notes = [a["id"] for a in page.all() if {"govuk-hint", "govuk-error-message"} & set(a.get("class", "").split())]
    assert described == Counter(notes)


@DRAWN
@STATES
def test_every_input_has_a_label(drawn, data):
    page = Reader(drawn(Every(data)))
    named = {label["for"] for label in page.all("label")}
    inputs = [a for a in page.all("input", "select", "textarea") if a.get("type") != "hidden"]
    assert len(inputs) == 23
    assert {a["id"] for a in inputs if "aria-label" not in a} == named


@DRAWN
@pytest.mark.parametrize("data", [{}, TYPED], ids=["empty", "wrong"])
def test_every_error_leads_to_an_input_that_can_be_focused(drawn, data):
    form = Every(data)
    page = Reader(drawn(form))
    focusable = {a["id"] for a in page.all("input", "select", "textarea") if a.get("type") != "hidden"}
    links = [a["href"] for a in page.all("a")]
    assert len(links) >= sum(not form[name].is_hidden for name in form.errors if name != "__all__")
    assert {link.removeprefix("#") for link in links} <= focusable
    assert "#id_rating_0" in links or data is TYPED


def test_an_error_of_a_date_leads_to_the_wrong_part():
    page = Reader(without_helper(Every({**TYPED, "when_1": ""})))
    assert "#id_when_1" in [a["href"] for a in page.all("a")]
    parts = [page.all("input", id=f"id_when_{number}")[0] for number in range(3)]
    assert ["govuk-input--error" in part["class"] for part in parts] == [False, True, False]
    assert ["aria-invalid" in part for part in parts] == [False, True, False]


@DRAWN
def test_nothing_typed_is_lost(drawn):
    html = drawn(Every(TYPED))
    page = Reader(html)
    for name, value in TYPED.items():
        fields = page.all("input", name=name)
        if name in {"rating", "sectors", "agree"}:
            kept = [a.get("value", "on") for a in fields if "checked" in a]
            assert kept == (value if isinstance(value, list) else [value])
        elif name == "story":
            assert value in html
        elif name == "region":  # a value that is no option cannot have been chosen
            assert page.all("option", value="wales") == []
        else:
            assert [a["value"] for a in fields] == [value]


@DRAWN
def test_what_was_typed_is_escaped(drawn):
    assert "<script>" not in drawn(Every(TYPED))


@DRAWN
def test_what_a_form_says_of_a_field_that_is_hidden_or_of_the_whole(drawn):
    html = drawn(Every({}))
    assert "<li>Enter token</li>" in html
    assert '<li><a href="#id_name">These do not belong together</a></li>' in html


def test_attributes_help_to_fill_in():
    page = Reader(without_helper(Every()))
    by_name = {a["name"]: a for a in page.all("input", "textarea")}
    assert by_name["email"] | {"type": "email", "autocomplete": "email", "spellcheck": "false"} == by_name["email"]
    assert by_name["number"]["type"] == by_name["change"]["type"] == "text"
    assert by_name["number"]["inputmode"] == "numeric"
    assert "inputmode" not in by_name["change"]  # number pads have no minus sign
    assert by_name["share"]["inputmode"] == "decimal"
    assert by_name["site"]["inputmode"] == "url"
    assert by_name["password"]["autocomplete"] == "new-password"
    assert by_name["story"]["rows"] == "8"
    assert "maxlength" not in by_name["story"]
    assert page.all("div", data_maxlength="50", data_module="govuk-character-count")
    assert not page.all("input", maxlength="20")


def test_an_option_reveals_its_fields_only_while_it_is_chosen():
    page = Reader(with_helper(Every(TYPED)))
    chosen = page.all("div", id="id_rating_0_revealed")[0]["class"]
    other = page.all("div", id="id_rating_1_revealed")[0]["class"]
    assert ("hidden" in chosen, "hidden" in other) == (False, True)
    assert page.all("input", id="id_agree", data_aria_controls="id_agree_revealed")


def test_sizes_do_not_leak_to_the_next_field():
    page = Reader(with_helper(Every()))
    assert [a["for"] for a in page.all("label") if "govuk-label--m" in a["class"]] == ["id_name"]


def test_the_form_itself():
    page = Reader(with_helper(Every()))
    form = page.all("form")[0]
    assert "novalidate" in form
    assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
    assert page.all("input", name="csrfmiddlewaretoken", value="token")
    assert [a["type"] for a in page.all("button") if a.get("name")] == ["button", "submit", "submit"]
    assert not any("btn" in a["class"] for a in page.all("button"))


class Line(Form):
    what = django_forms.CharField(label="What")
    due = DateField(label="Due")


class Lines(django_forms.BaseFormSet):
    def clean(self):
        raise ValidationError("Two lines are the same")


LineSet = django_forms.formset_factory(Line, formset=Lines, extra=0)
LINES = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-what": "a", "form-1-due_0": "1"}


@pytest.mark.parametrize("layout", [None, Layout("what", "due")], ids=["as-it-is", "with-a-layout"])
def test_several_forms_and_a_formset_share_one_summary(layout):
    formset = LineSet(LINES)
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = layout
    source = "{% error_summary other formset %}<form>{{ other|crispy }}{% crispy formset helper %}</form>"
    page = Reader(draw(source, other=Line({}, prefix="other"), formset=formset, helper=helper))
    assert [a["href"] for a in page.all("a")] == [
        "#id_other-what",
        "#id_other-due_0",
        "#id_form-0-what",
        "#id_form-0-due_0",
        "#id_form-1-what",
        "#id_form-1-due_1",
    ]
    assert {a["href"].removeprefix("#") for a in page.all("a")} <= set(page.ids())
    assert page.all("input", name="form-TOTAL_FORMS", value="2")
    assert len(page.ids()) == len(set(page.ids()))


def test_a_summary_of_gaps_and_of_nothing():
    refusal = Incomplete([Gap("Write <a> vision", anchor="id_vision"), Gap("Name a lead")])
    html = draw("{% error_summary refusal form %}", refusal=refusal, form=None)
    assert '<a href="#id_vision">Write &lt;a&gt; vision</a>' in html
    assert "<li>Name a lead</li>" in html
    assert "There are 2 things to put right" in html
    assert draw("{% error_summary form %}{% error_prefix form %}", form=Every()).strip() == ""
    assert draw("{% error_prefix form %}", form=Every({})) == "Error: "


def test_one_field_alone():
    page = Reader(draw("{{ form.email|as_crispy_field }}", form=Every({})))
    assert page.all("input", id="id_email", aria_describedby="id_email_helptext id_email_error")


def test_the_markup_is_valid(tmp_path):
    fragments = {
        f"{drawn.__name__}-{name}": drawn(Every(data))
        for drawn in (with_helper, without_helper)
        for name, data in (("new", None), ("empty", {}), ("wrong", TYPED))
    }
    assert nu.complaints(tmp_path, fragments) == []
