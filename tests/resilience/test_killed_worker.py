"""`kill -9` of a worker at every step of a job: the next worker finishes, and there is one file."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.resilience.installation import Installation, eventually, kill

# step → how many attempts the job has had when it is done
STEPS = {
    "rung": 1,
    "claimed": 2,
    "in mid-render": 2,
    "rendered": 2,
    "stored, not committed": 2,
    "committed, not finished": 2,
}


@pytest.fixture(scope="module")
def killed_and_started_again(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[int, int]]:
    """Six jobs, each brought to its own step by one worker that is then killed; a new worker has finished them all.

    Returns step → (job, edition).
    """
    reached = tmp_path_factory.mktemp("reached")
    published = installation.office("publish", str(len(STEPS)))
    jobs = dict(zip(STEPS, published, strict=True))
    steps = json.dumps({job: step for step, job in jobs.items()})
    with installation.worker(
        "tests.resilience.worker", pool=len(STEPS), LSP_TEST_STEPS=steps, LSP_TEST_REACHED=str(reached)
    ) as worker:
        eventually(lambda: at(reached) == set(STEPS), seconds=60, what=lambda: (at(reached), installation.log()))
        assert installation.rows("SELECT count(*) FROM jobs_job WHERE state = 'done'") == [(0,)]
        kill(worker)
    with installation.worker():
        unfinished = "SELECT id, state, attempts, error FROM jobs_job WHERE state <> 'done'"
        eventually(
            lambda: installation.rows(unfinished) == [],
            seconds=60,
            what=lambda: (installation.rows(unfinished), installation.log()),
        )
    return {step: (int(job), published[job]) for step, job in jobs.items()}


def at(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("step", STEPS)
def test_the_job_is_finished_and_there_is_one_file(
    installation: Installation, killed_and_started_again: dict[str, tuple[int, int]], step: str
) -> None:
    job, edition = killed_and_started_again[step]
    (row,) = installation.rows("SELECT state, attempts, result_id, error FROM jobs_job WHERE id = %s", job)
    files = installation.rows("SELECT id, key, size, sha256 FROM strategies_editionfile WHERE edition_id = %s", edition)
    ((file, key, size, sha256),) = files
    content = (installation.private / key).read_bytes()
    assert row == ("done", STEPS[step], file, "")
    assert content.startswith(b"%PDF-1.7") and content.endswith(b"%%EOF\n")
    assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)


def test_nothing_else_lies_in_private_storage(
    installation: Installation, killed_and_started_again: dict[str, tuple[int, int]]
) -> None:
    told = {installation.private / key for (key,) in installation.rows("SELECT key FROM strategies_editionfile")}
    assert {path for path in installation.private.rglob("*") if path.is_file()} == told
