"""`python -m documents.judges EXTENSION < FILE`: says one word, "welcome" or a Flaw, and exits with 0.

Whatever else happens, such as a limit that was reached, is an exit with another number. It can write no file.
"""

import logging
import resource
import sys

from documents.judges.flaws import Flawed

MEMORY = 1024 * 1024 * 1024  # bytes of address space; a picture of MAX_PIXELS takes a quarter of it
SECONDS = 20  # of processor time

WELCOME = "welcome"


def main(extension: str) -> None:
    """Judge what comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    content = sys.stdin.buffer.read()
    try:
        _judge(extension, content)
    except Flawed as flawed:
        sys.stdout.write(flawed.flaw)
    else:
        sys.stdout.write(WELCOME)


def _judge(extension: str, content: bytes) -> None:
    """Each family brings what it needs: a picture does not wait for the reader of PDFs."""
    from documents.judges import kinds

    kinds.judge(extension, content)


if __name__ == "__main__":
    main(sys.argv[1])
