"""Every package that we ship or build with has a licence that deny.toml allows; no network is needed.

cargo-deny checks the same, and advisories too; this check needs nothing but cargo.
"""

import json
import re
import subprocess

from harness import ROOT, summary


def allowed():
    """The licences of the list `allow` in deny.toml."""
    text = (ROOT / "deny.toml").read_text(encoding="utf-8")
    listed = re.search(r"^allow = \[(.*?)^\]", text, re.M | re.S).group(1)
    return set(re.findall(r'"([^"]+)"', listed))


def accepted(expression, allow):
    """Whether an SPDX expression holds with the licences allowed; AND binds closer than OR."""
    # Older packages write `MIT/Apache-2.0`; `A WITH B` is one entry of the list.
    plain = expression.replace("/", " OR ")
    words = re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", plain)

    def any_of():
        holds = all_of()
        while words and words[0] == "OR":
            words.pop(0)
            holds = all_of() or holds
        return holds

    def all_of():
        holds = one()
        while words and words[0] == "AND":
            words.pop(0)
            holds = one() and holds
        return holds

    def one():
        word = words.pop(0)
        if word != "(":
            return word in allow
        holds = any_of()
        words.pop(0)  # its closing parenthesis
        return holds

    return any_of()


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout)["packages"]
    allow = allowed()
    wrong = [p for p in packages if not p["license"] or not accepted(p["license"], allow)]
    for package in wrong:
        print(f"{package['name']} {package['version']}: {package['license'] or 'no licence'}")
    summary(len(packages) - len(wrong), len(wrong))


if __name__ == "__main__":
    main()
