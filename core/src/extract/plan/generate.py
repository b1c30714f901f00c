#!/usr/bin/env python3
"""Writes `table.rs`, the numbering plans of all territories, from the PyPI package `phonenumbers`.

    pip install phonenumbers regex && python generate.py > table.rs && rustfmt table.rs

Lengths are those of fixed and mobile numbers only: the general ones take in short codes and routing numbers.
Three-digit prefixes of fixed, mobile and toll-free numbers are listed for the regions in FOCUS; elsewhere any
prefix counts as possible.
"""
from itertools import product

import phonenumbers
import regex
from phonenumbers import PhoneMetadata
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as REGIONS_OF_CODE

FOCUS = "RU UA BY KZ UZ AM GE AZ KG MD TJ TM IL DE PL GB US CA TR".split()
# Trunk prefixes out of force that people go on writing: Ukraine dialled 8 before 0 until 2009, Mexico 01, 044, 045 until 2019.
RETIRED_TRUNKS = {"UA": ["80"], "MX": ["044", "045", "01"]}
NO_REGION = "001"  # satellite and other world-wide codes


def metadata(region, code):
    if region == NO_REGION:
        return PhoneMetadata.metadata_for_nongeo_region(code)
    return PhoneMetadata.metadata_for_region(region)


def kinds(plan, *names):
    found = (getattr(plan, name) for name in names)
    return [kind for kind in found if kind and kind.national_number_pattern]


def lengths(plan):
    found = {n for kind in kinds(plan, "fixed_line", "mobile") for n in kind.possible_length if n > 0}
    return sorted(found or {n for n in plan.general_desc.possible_length if n > 0})


def literal_prefixes(pattern, longest):
    """The digit strings a prefix pattern matches whole, a last digit that may be any digit written as `x`."""
    if not pattern:
        return []
    digits = ["".join(p) for n in range(1, longest + 1) for p in product("0123456789", repeat=n)]
    matched = [d for d in digits if regex.fullmatch(pattern, d)]
    stems = {d[:-1] for d in matched if all(d[:-1] + x in matched for x in "0123456789")}
    return sorted({d[:-1] + "x" if d[:-1] in stems else d for d in matched})


def prefix_ranges(plan):
    patterns = [k.national_number_pattern for k in kinds(plan, "fixed_line", "mobile", "toll_free")]
    valid = [n for n in range(1000) if any(regex.fullmatch(p, f"{n:03}", partial=True) for p in patterns)]
    ranges = []
    for n in valid:
        if ranges and ranges[-1][1] == n - 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    return ranges


def strings(items):
    return "&[" + ", ".join(f'"{item}"' for item in items) + "]"


def territory(region, code):
    plan = metadata(region, code)
    trunks = literal_prefixes(plan.national_prefix_for_parsing, 3)
    trunks.sort(key=lambda t: (t != plan.national_prefix, -len(t), t))
    trunks += RETIRED_TRUNKS.get(region, [])
    ranges = prefix_ranges(plan) if region in FOCUS else []
    pairs = ", ".join(f"({a}, {b})" for a, b in ranges)
    fields = [f'"{region}"', str(code), strings(trunks), strings(literal_prefixes(plan.international_prefix, 4)),
              "&[" + ", ".join(map(str, lengths(plan))) + "]", f"&[{pairs}]"]
    return f"    territory({', '.join(fields)}),"


def main():
    pairs = [(region, code) for code in sorted(REGIONS_OF_CODE) for region in REGIONS_OF_CODE[code]]
    print(f"""//! Numbering plans of {len(pairs)} territories. Written by `generate.py`; do not edit.
//!
//! Source: PyPI `phonenumbers` {phonenumbers.__version__}, the metadata of libphonenumber (Apache-2.0).

use super::{{Territory, territory}};

/// Region, calling code, trunk prefixes (the usual one first), international prefixes (`x` is any digit), lengths of
/// national numbers, valid three-digit prefixes; in the order of calling codes, the main region of a code first.
#[rustfmt::skip]
pub(super) static TERRITORIES: [Territory; {len(pairs)}] = [""")
    print("\n".join(territory(region, code) for region, code in pairs))
    print("];")


if __name__ == "__main__":
    main()
