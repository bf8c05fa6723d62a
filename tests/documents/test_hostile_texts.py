"""Texts that break layouts, parsers and alphabets, in every text of a strategy: published, made, still PDF/UA-1."""

import datetime
import io
import itertools

import page
import pypdf
import pytest

from documents import engine
from jobs.tasks import run
from partnerships.models import Organisation
from partnerships.tenancy.context import acting
from strategies import actions, documents
from strategies.models import Text
from tests.documents.conftest import files_in, published
from tests.world import World
from tests.writing import write_strategy
from themes.models import Theme

pytestmark = pytest.mark.django_db

# Each fits into the shortest title there is.
SHORT = {
    "arabic": "استراتيجية المجتمع ۲۰۰۵",
    "hebrew": "אסטרטגיית קהילה",
    "mixed": "Peckham פקהאם (المجتمع) 2006",
    "emoji": "👩🏽‍🌾 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨‍👩‍👧‍👦 1️⃣",
    "combining": "Z̸̡̛͔̹̟a̶͓͚̍̈l̵̨̟͒g̶̰̈́o̸̦͌ é ṩ",
    "scripts": "বাংলা हिन्दी தமிழ் ਪੰਜਾਬੀ Łódź Việt Київ",
    "no typeface": "አማርኛ ไทย 中文 తెలుగు 𓀀 \U0001f000 \ue000",
    "long word": "Donaudampfschifffahrt" * 4,
    "invisible": "a\u200bb\u200e\u202ec\u2066d\ufeff\u00ad\u2028e",
    "control": "a\x01\x07\x1b[31mb\x7f\x85c",
    "html": '<script>alert(1)</script><img src=x onerror="x()">',
    "template": "{{ settings.SECRET_KEY }}{% load x %}{# #}",
    "entities": "&lt;b&gt; &#0; &#x202E; &nbsp; ]]> --> <!--",
    "address": '"><a href="file:///etc/passwd">x</a>',
    "css": "</style><style>*{display:none}@import'http://x'",
}
MARKDOWN = [
    "# One\n###### Six\n## Two\n\nSetext\n===\n\n####### no heading",
    "> " * 60 + "deep",
    "\n".join("  " * depth + f"- level {depth}" for depth in range(40)),
    "1000000000000. a number too large\n999999999. and one that is not",
    "| a | b |\n|--:|:-:|\n" + "| " + "x" * 300 + " | y |\n" * 60,
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd) ![d](http://127.0.0.1:9/x.png)",
    "[e](https://example.org/" + "a" * 400 + ") <https://example.org> <f@example.org>",
    "<div onclick=x>\n<style>body{display:none}</style>\n<svg><script>1</script></svg>\n</div>",
    '<link rel="attachment" href="file:///etc/passwd"><iframe src="http://127.0.0.1:9/"></iframe>',
    "*" * 400 + "a" + "*" * 400,
    "[" * 400 + "x" + "](y)" * 400,
    "`" * 60 + "code" + "`" * 59,
    "```\nfence\n```\n\n    indented\n\n---\n\n***bold and stressed***\\\nbroken  \nlines",
    "Ẑ" + "\u0301" * 200,
    "\n\n\n   \n\t",
    "Wort" * 500,
    "\u202eright to left\u202c \u2067isolated\u2069",
]
ALL = "\n\n".join([*SHORT.values(), *MARKDOWN, "The end of a text."])


def check(content: bytes) -> pypdf.PdfReader:
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What documents ask for, whether they get it or not."""
    asked: list[str] = []
    strict = engine.fetcher_class()

    class Noted(strict):  # type: ignore[misc, valid-type]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            asked.append(url)
            return super().fetch(url, headers)

    monkeypatch.setattr(engine, "fetcher_class", lambda: Noted)
    return asked


def test_an_edition_of_hostile_texts_is_made_and_asks_for_nothing_but_its_own(
    world: World, private, fetched: list[str], client
) -> None:
    by = world.access("officer")
    strategy = write_strategy(world.southwark, world.officer, token=SHORT["mixed"])
    with acting(world.southwark.pk, by=world.officer.pk):
        vision = Text.objects.get(strategy=strategy, kind=Text.Kind.VISION)
        actions.save_text(text=vision, body=ALL, version=vision.version, by=by)
        for title, body in zip(itertools.cycle(SHORT.values()), MARKDOWN, strict=False):
            actions.add_issue(strategy=strategy, title=title, body=body or " ", by=by)
        theme, lead = Theme.objects.get(code="environment"), Organisation.objects.get(name="Southwark Council")
        priority = actions.add_priority(strategy=strategy, theme=theme, title=SHORT["html"], body=MARKDOWN[0], by=by)
        objective = actions.add_objective(priority=priority, title=SHORT["control"], body=MARKDOWN[4], by=by)
        for title in SHORT.values():
            actions.add_action(
                objective=objective,
                title=title,
                lead=lead,
                partners=[],
                starts_on=datetime.date(2006, 4, 1),
                ends_on=datetime.date(2008, 3, 31),
                measure=f"{title} {title}",
                by=by,
            )
        strategy.refresh_from_db()
    _edition, job = published(strategy, world)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)
    (file,) = files_in(private)
    read = check(file.read_bytes())
    words = "\n".join(leaf.extract_text() for leaf in read.pages)
    assert "□□□□ □□□ □□" in words, "a letter that no typeface has is a box, not a hole"
    assert "The end of a text." in words, "nothing before it has swallowed it"
    assert "alert(1)" in words, "what was typed is shown, not obeyed"
    assert dict(read.attachments) == {}
    assert fetched and all(url.startswith(f"{engine.settings.BASE_DIR.as_uri()}/static/") for url in fetched)
    html = client.get("/p/southwark/strategy/1/").text
    assert "<script>alert" not in html and "<img" not in html.partition("<main")[2]


@pytest.mark.parametrize("name", SHORT)
def test_a_title_of_every_kind_stands_on_the_cover(world: World, name: str) -> None:
    strategy = write_strategy(world.southwark, world.officer, token=SHORT[name])
    with acting(world.southwark.pk):
        pdf = engine.render(documents.draft_page(strategy, documents.article(strategy), demonstration=False))
    read = check(pdf.content)
    assert read.metadata and read.metadata.title and read.metadata.title.startswith("A place to stay")
