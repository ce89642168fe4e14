"""What python-stdnum says of identifiers, for tests/peers.rs.

Reads lines `kind<TAB>value`; prints for each a JSON object:
  valid   true, false (a ValidationError), or null (another exception: the library gave no answer)
  error   the name of the exception, or ""
  county  the library's entry for the region of a resident identity number, e.g. "[1983-2006]name", or null: it tells
          an unlisted region from one that was not in use in the year of birth, which the exception does not
"""

import json
import sys

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

MODULES = {"resident-id": ric, "credit-code": uscc}


def county(value):
    """The library's entry for the region, or None."""
    try:
        region = ric.compact(value)[:6]
        found = numdb.get("cn/loc").info(region)
        return next((properties["county"] for _, properties in found if "county" in properties), None)
    except Exception:
        return None


def answer(kind, value):
    """The library's answer; none of its exceptions leaves this function."""
    said = {"valid": True, "error": "", "county": county(value) if kind == "resident-id" else None}
    module = MODULES[kind]
    try:
        module.validate(value)
    except ValidationError as error:
        said.update(valid=False, error=type(error).__name__)
    except Exception as error:
        said.update(valid=None, error=type(error).__name__)
    return said


def main():
    # The values hold full-width characters, and the system's encoding may not be UTF-8.
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    for line in sys.stdin:
        kind, _, value = line.rstrip("\n").partition("\t")
        print(json.dumps(answer(kind, value)))


if __name__ == "__main__":
    main()
