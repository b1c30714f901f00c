"""Replays the recorded runs and compares bytes: python3 tests/checks/vectors.py FACE

A file of tests/vectors holds lines {"case": …, "answer": …}, and is one run. The answer is compared as it stands
in the file, byte for byte, so it is cut out of the line and not written anew.
"""

import json
import sys

from harness import ROOT, answers, summary

SHOWN = 10  # differences printed of a file


def parts(line):
    """The case and the answer of a line, as written."""
    decoder = json.JSONDecoder()
    head = '{"case":'
    if not line.startswith(head):
        raise ValueError(f"a line must begin with {head}")
    start = len(head) + len(line[len(head):]) - len(line[len(head):].lstrip())
    _, end = decoder.raw_decode(line, start)
    middle, found, answer = line[end:].partition('"answer":')
    if not found or middle.strip() != "," or not answer.rstrip().endswith("}"):
        raise ValueError('a line is {"case":…,"answer":…} and no more')
    return line[start:end], answer.rstrip()[:-1].strip()


def main(face):
    passed = failed = 0
    for path in sorted((ROOT / "tests/vectors").glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").split("\n")
        recorded = [parts(line) for line in lines if line.strip()]
        got = answers(face, [case.encode() for case, _ in recorded])
        pairs = zip(recorded, (line.decode() for line in got))
        wrong = [(case, answer, line) for (case, answer), line in pairs if answer != line]
        for case, answer, line in wrong[:SHOWN]:
            print(f"{path.name}: {case}\n  recorded {answer}\n  got      {line}")
        passed += len(recorded) - len(wrong)
        failed += len(wrong)
    if passed + failed == 0:
        print("nothing is recorded in tests/vectors yet")
    summary(passed, failed)


if __name__ == "__main__":
    main(sys.argv[1])
