"""What the hosts bring along has a licence that deny.toml allows: host_licences.py python INTERPRETER | node FOLDER

PSF-2.0 is allowed beside those: the standard library of Python has it.
"""

import json
import pathlib
import subprocess
import sys

from harness import summary
from licences import accepted, allowed

# Printed by the environment that is looked into: `[name, licence]`; a licence in words where there is no expression.
LISTING = """
import importlib.metadata, json
data = [d.metadata for d in importlib.metadata.distributions()]
print(json.dumps([[m["Name"], m["License-Expression"] or m["License"]] for m in data]))
"""
TOOLS = {"pip", "setuptools"}  # of the environment, not of the host


def python(interpreter):
    listed = subprocess.run([interpreter, "-c", LISTING], stdout=subprocess.PIPE, check=True).stdout
    return [(name, licence) for name, licence in json.loads(listed) if name not in TOOLS]


def node(folder):
    found = []
    for file in pathlib.Path(folder).glob("node_modules/**/package.json"):
        package = json.loads(file.read_text(encoding="utf-8"))
        if file.parent.as_posix().endswith(f"node_modules/{package.get('name')}"):  # and none of a package's parts
            found.append((package["name"], package.get("license")))
    return found


def main():
    kind, place = sys.argv[1:]
    packages = {"python": python, "node": node}[kind](place)
    allow = allowed() | {"PSF-2.0"}
    wrong = [(name, licence) for name, licence in packages if not licence or not accepted(licence, allow)]
    for name, licence in wrong:
        print(f"{name}: {licence or 'no licence'}")
    summary(len(packages) - len(wrong), len(wrong))


if __name__ == "__main__":
    main()
