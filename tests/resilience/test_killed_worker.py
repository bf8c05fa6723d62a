"""`kill -9` of a worker at every step of a job: the next worker finishes, and there is one file."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.resilience.installation import Installation, eventually, kill

pytestmark = pytest.mark.xdist_group("killed worker")

# step → how many attempts the job has had when it is done
STEPS = {
    "rung": 1,
    "claimed": 2,
    "in mid-render": 2,
    "rendered": 2,
    "stored, not committed": 2,
    "committed, not finished": 2,
}


@pytest.fixture
def killed_and_started_again(installation: Installation, tmp_path: Path) -> dict[str, tuple[int, int]]:
    """Six jobs, each brought to its own step by one worker that is then killed; a new worker has finished them all.

    Returns step → (job, edition).
    """
    published = installation.office("publish", str(len(STEPS)))
    jobs = dict(zip(STEPS, published, strict=True))
    environment = {
        "LSP_TEST_STEPS": json.dumps({job: step for step, job in jobs.items()}),
        "LSP_TEST_REACHED": str(tmp_path),
    }
    with installation.worker("tests.resilience.worker", pool=len(STEPS), **environment) as worker:
        eventually(lambda: at(tmp_path) == set(published), seconds=90, what=lambda: (at(tmp_path), installation.log()))
        assert installation.rows("SELECT count(*) FROM jobs_job WHERE state = 'done'") == [(0,)]
        kill(worker)
    let_a_minute_pass(installation)
    unfinished = "SELECT id, state, attempts, error FROM jobs_job WHERE state <> 'done'"
    with installation.worker():
        eventually(
            lambda: installation.rows(unfinished) == [],
            seconds=90,
            what=lambda: (installation.rows(unfinished), installation.log()),
        )
    return {step: (int(job), published[job]) for step, job in jobs.items()}


def at(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def let_a_minute_pass(installation: Installation) -> None:
    """After which the sweep rings again for a job that was rung for and not begun."""
    installation.rows("UPDATE jobs_job SET rung_at = rung_at - interval '1 minute' RETURNING id")


def test_every_job_is_finished_and_each_edition_has_one_file(
    installation: Installation, killed_and_started_again: dict[str, tuple[int, int]], subtests: pytest.Subtests
) -> None:
    for step, (job, edition) in killed_and_started_again.items():
        with subtests.test(step):
            (row,) = installation.rows("SELECT state, attempts, result_id, error FROM jobs_job WHERE id = %s", job)
            ((file, key, size, sha256),) = installation.rows(
                "SELECT id, key, size, sha256 FROM strategies_editionfile WHERE edition_id = %s", edition
            )
            content = (installation.private / key).read_bytes()
            assert row == ("done", STEPS[step], file, "")
            assert content.startswith(b"%PDF-1.7") and content.endswith(b"%%EOF\n")
            assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)
    told = {installation.private / key for (key,) in installation.rows("SELECT key FROM strategies_editionfile")}
    assert {path for path in installation.private.rglob("*") if path.is_file()} == told, "and nothing else is left"
