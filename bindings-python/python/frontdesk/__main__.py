"""python -m frontdesk check|test|chat|bundle|codes

Reads and writes files, prints and exits as the console of the core asks; the same is printed on every face.
"""

import errno
import io
import json
import os
import pathlib
import sys
import time

from ._frontdesk import Console
from ._values import Data


def read(names: list[str], beside: str | None) -> Data:
    """The texts of files by the names they were asked for, or why they are none."""
    texts: Data = {}
    for name in names:
        place = pathlib.Path(name) if beside is None else pathlib.Path(beside).parent / name
        try:
            texts[name] = place.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            texts[name] = why(error)
    return texts


def why(error: OSError | UnicodeDecodeError) -> Data:
    """Why a file is no text that can be read."""
    return {"error": errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else "UTF-8"}


class Log:
    """A log that is read in parts."""

    def __init__(self) -> None:
        self.file: io.BufferedReader | None = None

    def part(self, path: str, bytes: int, first: bool) -> str | Data | None:
        """The next lines, whole ones, or the first; None at the end; or why they are none."""
        try:
            if first or self.file is None:
                self.file = open(path, "rb")
            part = self.file.read(bytes)
            return (part + self.file.readline()).decode("utf-8") if part else None
        except (OSError, UnicodeDecodeError) as error:
            return why(error)


def write(file: Data) -> bool:
    """Whether a file could be written, or something behind what it holds."""
    try:
        content = file["text"].encode() if "text" in file else bytes(file["bytes"])
        with open(file["path"], "ab" if file.get("behind") else "wb") as out:
            out.write(content)
    except OSError:
        return False
    return True


def move(paths: Data) -> bool:
    """Whether a file could take another's name."""
    try:
        pathlib.Path(paths["from"]).replace(paths["to"])
    except OSError:
        return False
    return True


def line() -> str | None:
    """A line of standard input; None at its end."""
    typed = sys.stdin.isatty()
    print("\n> " if typed else "", end="", flush=True)
    given = sys.stdin.readline()
    if not typed and given.strip():
        print(f"> {given.strip()}")
    return given or None


def main(words: list[str]) -> int:
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    console = Console(words, int(time.time() * 1000))
    log = Log()
    told: object = None
    while True:
        asked: Data = json.loads(console.tell(json.dumps(told, ensure_ascii=False)))
        print(asked.get("print", ""), end="", flush=True)
        match asked:
            case {"read": names}:
                told = read(names, asked.get("beside"))
            case {"write": file}:
                told = write(file)
            case {"move": paths}:
                told = move(paths)
            case {"lines": part}:
                told = log.part(**part)
            case {"exit": int(code)}:
                return code
            case _:
                told = line()


def quietly(words: list[str]) -> int:
    """Runs a command; where nobody takes what it prints, on a full disk or in a closed pipe, its exit code says so."""
    try:
        return main(words)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 2


if __name__ == "__main__":
    sys.exit(quietly(sys.argv[1:]))
