"""`python -m lsp.embedded serve` runs the system; `python -m lsp.embedded run -- COMMAND` lends a command servers."""

import argparse
import sys

from lsp.embedded import supervisor, temporary
from lsp.embedded.trouble import Trouble


def main() -> int:
    """Read the command line, do it, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m lsp.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="start everything and serve until Ctrl-C")
    run = commands.add_parser("run", help="run a command with servers that are thrown away afterwards")
    run.add_argument("what", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the command and its arguments")
    chosen = parser.parse_args()
    try:
        if chosen.command == "serve":
            return supervisor.serve()
        words = chosen.what[1:] if chosen.what[:1] == ["--"] else chosen.what
        return temporary.run(words) if words else run.error("name a command after --")
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
