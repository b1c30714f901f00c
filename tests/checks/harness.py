"""Talks to a face through tests/harness: lines in, lines out."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def answers(face, lines):
    """What the harness of a face answers to lines of bytes; fails unless it ends well with a line for each."""
    command = [str(ROOT / "tests/harness"), face]
    done = subprocess.run(command, input=b"\n".join(lines) + b"\n", stdout=subprocess.PIPE, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"tests/harness {face} exited {done.returncode}")
    out = done.stdout.split(b"\n")[:-1]
    if len(out) != len(lines):
        raise SystemExit(f"tests/harness {face} answered {len(out)} of {len(lines)} lines")
    return out


def summary(passed, failed):
    """The line that tests/run counts, and the end of the check."""
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)
