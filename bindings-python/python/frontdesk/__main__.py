"""python -m frontdesk check|test|chat|bundle bot.yaml

Reads and writes files, prints and exits; what is printed comes from the core, the same on every face.
"""

import io
import pathlib
import sys
import time

from ._frontdesk import Console


def text(path: pathlib.Path) -> str | None:
    """The text of a file, or None where there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def chat(console: Console) -> None:
    """Hands lines of standard input to the chat until either ends."""
    typed = sys.stdin.isatty()
    while True:
        print("\n> " if typed else "", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return
        if not typed and line.strip():
            print(f"> {line.strip()}")
        shown = console.line(line)
        if shown is None:
            return
        print(shown, end="")


def main(arguments: list[str]) -> int:
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    console = Console(arguments)
    path = None if console.path is None else pathlib.Path(console.path)
    definition = None if path is None else text(path)
    files = {}
    if path is not None and definition is not None:
        tables = {name: text(path.parent / name) for name in Console.files(definition)}
        files = {name: table for name, table in tables.items() if table is not None}
    shown, code = console.run(definition, files, int(time.time() * 1000))
    if console.output is not None:
        output, made = console.output
        try:
            pathlib.Path(output).write_bytes(made)
        except OSError:
            shown, code = Console.unwritten(output)
    print(shown, end="", flush=True)
    if code is None:
        chat(console)
    return code or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
