"""The job that makes an edition's PDF, against WeasyPrint's bare render of the same HTML; and a strategy of 300 pages.

`python -m lsp.embedded run -- python -m bench.pdf`
"""

import re
import resource
import statistics
from typing import Any

import psycopg

from bench.ground import PROJECT, prepare, seconds_of, tell

TIMES = 5
LONG = 300  # pages


def main() -> None:
    """Two lines: the demonstration's edition, and one of 300 pages."""
    from strategies.documents import edition_page
    from strategies.models import Edition

    edition = Edition.objects.select_related("partnership").get(partnership__slug="southwark")
    html = edition_page(edition)
    jobs, bare = [], []
    for _each in range(TIMES):
        jobs.append(seconds_of_a_job(edition))
        bare.append(seconds_of(lambda: render_bare(html)))
    tell(f"edition of {render(html)} pages, the job", statistics.median(jobs), statistics.median(bare))
    long = lengthened(html, LONG)
    count: list[int] = []
    bare_long = seconds_of(lambda: render_bare(long))
    product = seconds_of(lambda: count.append(render(long)))
    tell(f"strategy of {count[0]} pages, the engine", product, bare_long)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def seconds_of_a_job(edition: Any) -> float:
    """A whole attempt: claimed, read, rendered, stored, entered, finished. The row of the last one is taken away."""
    from django.conf import settings

    from jobs.models import Job
    from jobs.tasks import run

    job = Job.objects.get(subject_id=edition.pk, kind="strategies.edition_pdf")
    with psycopg.connect(settings.DATABASE_URL.replace("lsp_app@", "postgres@")) as owner:
        owner.execute("DELETE FROM strategies_editionfile WHERE edition_id = %s", [edition.pk])
    Job.objects.filter(pk=job.pk).update(state="queued", attempts=0, finished_at=None)
    seconds = seconds_of(lambda: run(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.error
    return seconds


def render_bare(html: str) -> bytes:
    """As little as WeasyPrint can be asked: no tags, no conformance, its own fetcher."""
    import weasyprint

    content: bytes = weasyprint.HTML(string=html, base_url=f"{(PROJECT / 'static').as_uri()}/").write_pdf()
    return content


def render(html: str) -> int:
    """As the product does. Returns the number of pages."""
    from documents import engine

    return engine.render(html).pages


def lengthened(html: str, least: int) -> str:
    """The same page with its chapters repeated until it has so many pages."""
    first, chapters = re.split(r'(?=<section class="lsp-chapter)', html, maxsplit=1)
    chapters, last = chapters.split("</body>")
    copies = -(-least // (render(html) - 2))
    repeated = [re.sub(r'(id="|href="#|labelledby=")', rf"\g<1>copy{copy}-", chapters) for copy in range(copies)]
    return f"{first}{chapters}{''.join(repeated)}</body>{last}"


if __name__ == "__main__":
    prepare()
    main()
