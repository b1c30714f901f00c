"""What the bytes of a module are made of, by the names that the compiler leaves in it."""

import collections
import gzip
import re

ROOM = re.compile(r"frontdesk\[\w+\]::(\w+)")
CRATE = re.compile(r"(\w+)\[\w+\]::|^<(\w+)>")
STANDARD = {"core", "alloc", "std", "hashbrown", "dlmalloc", "compiler_builtins", "str", "char"}
READERS = ("serde_core[", "serde[", "serde_json[")


def number(data, at):
    """A LEB128 number and what follows it."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def sections(module):
    at = 8
    while at < len(module):
        size, start = number(module, at + 1)
        yield module[at], module[start : start + size]
        at = start + size


def bodies(section):
    count, at = number(section, 0)
    for _ in range(count):
        size, at = number(section, at)
        yield section[at : at + size]
        at += size


def function_names(section):
    """The names of functions, where this is the section that has them."""
    size, at = number(section, 0)
    if section[at : at + size] != b"name":
        return {}
    at += size
    while at < len(section):
        kind = section[at]
        size, at = number(section, at + 1)
        if kind == 1:
            names, (count, at) = {}, number(section, at)
            for _ in range(count):
                function, at = number(section, at)
                size, at = number(section, at)
                names[function] = section[at : at + size].decode()
                at += size
            return names
        at += size
    return {}


def functions_imported(section):
    """How many functions an import section names; wasm-bindgen imports nothing else."""
    return number(section, 0)[0]


def group(name):
    if any(reader in name for reader in READERS):
        return "reading and writing (serde)"
    room = ROOM.search(name)
    if room:
        return f"core/src/{room[1]}"
    if name.endswith(" multivalue shim") or name.startswith("__wbg"):
        return "the face, with what is inlined into its functions"
    crate = next((a or b for a, b in CRATE.findall(name)), "")
    known = {"jiff": "jiff", "jiff_core": "jiff"} | dict.fromkeys(STANDARD, "the standard library")
    return known.get(crate, "other crates")


def weigh(module):
    """Pairs of what and bytes after gzip, the heaviest first; of a part its share in what all of the code packs to."""
    def packed(data):
        return len(gzip.compress(data, 9))

    names, code, data, rest, imported = {}, [], b"", b"", 0
    for kind, section in sections(module):
        if kind == 10:
            code = list(bodies(section))
        elif kind == 11:
            data = section
        elif kind == 0:
            names |= function_names(section)
        else:
            imported += functions_imported(section) if kind == 2 else 0
            rest += section
    groups = collections.defaultdict(bytes)
    for place, body in enumerate(code):
        groups[group(names.get(imported + place, ""))] += body
    alone = {what: packed(body) for what, body in groups.items()}
    share = packed(b"".join(code)) / sum(alone.values())
    table = {f"code: {what}": size * share for what, size in alone.items()}
    table |= {"data": packed(data), "names, types and tables": packed(rest)}
    return sorted(table.items(), key=lambda row: -row[1])
