"""The demonstration's self-assessments: their form and their words."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "lsp" / "demonstration" / "assessments"
FILES = sorted(FOLDER.glob("*.toml"))
ANSWER = {"rating", "agreed_because", "starting_point", "narrative"}


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def told(request):
    """What one partnership says of itself."""
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def strings(part):
    """Every text, however deep."""
    if isinstance(part, str):
        return [part]
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for child in children for text in strings(child)]


def test_each_is_explained(told):
    assert {file.name for file in FILES} == set(re.findall(r"\| `(\w+\.toml)`", (FOLDER / "README.md").read_text()))


def test_form(told):
    assert told.keys() <= {"answers", "actions", "signed", "declaration", "review"}
    for answer in told["answers"].values():
        assert answer.keys() - {"scores", "evidence"} == ANSWER
        assert all(score.keys() == {"who", "rating", "comment"} for score in answer.get("scores", []))
        assert all(each["url"].startswith("https://www.example.org/") for each in answer.get("evidence", []))
    for action in told["actions"]:
        assert {"criterion", "title", "measure"} <= action.keys()


def test_it_says_first_of_all_that_it_is_an_example(told):
    assert told["answers"]["strategic"]["narrative"].startswith("> **This is an example.**")


def test_words_are_plain_and_markup_is_safe(told):
    for text in strings(told):
        assert not re.search(
            r"please|successfully|[!'\"<\\]|^#|\]\(| $", text.rstrip("\n"), re.IGNORECASE | re.MULTILINE
        )


def test_who_reviews_does_not_decide(told):
    review = told.get("review", {})
    if "recommendation" in review:
        assert review["reviewer"] != review["recommendation"]["decided_by"]
        assert {each["section"] for each in review["judgements"]} == {*told["answers"], "plan"}
