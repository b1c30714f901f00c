"""Runs the examples of a README: python3 tests/checks/examples.py README LANGUAGE COMMAND…

Every block of the language is a program of its own and prints what the comments at the ends of its `print` or
`console.log` lines say.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from harness import summary

SUFFIX = {"python": ".py", "js": ".cjs"}
PRINTED = re.compile(r"^ *(?:print|console\.log)\(.*\) *(?:#|//) (.*)$", re.M)


def main(readme, language, *command):
    text = pathlib.Path(readme).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)
    passed = failed = 0
    for block in blocks:
        # Beside the working directory, so that `require` finds what is installed there.
        with tempfile.NamedTemporaryFile("w", suffix=SUFFIX[language], dir=".", encoding="utf-8") as file:
            file.write(block)
            file.flush()
            run = subprocess.run([*command, file.name], capture_output=True, encoding="utf-8")
        told = [line.split(":")[0].strip() for line in PRINTED.findall(block)]
        missing = [line for line in told if line not in run.stdout.splitlines()]
        if run.returncode or missing:
            failed += 1
            print(f"{readme}: {block}{run.stdout}{run.stderr}not printed: {missing}")
        else:
            passed += 1
    if not blocks:
        print(f"{readme} has no example in {language}")
    summary(passed, failed + (not blocks))


if __name__ == "__main__":
    main(*sys.argv[1:])
