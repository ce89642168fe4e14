"""Writes the forms of this folder and what stands on them; see README.md."""

import importlib
import json
import sys

from common import OUT, PEOPLE, UNITS

KINDS = ["python_docx", "hand", "libreoffice", "portal"]

for kind in sys.argv[1:] or KINDS:
    importlib.import_module(f"made_by_{kind}").main()

data = json.dumps({"people": PEOPLE, "units": UNITS}, ensure_ascii=False, indent=1)
(OUT / "make" / "people.json").write_text(data + "\n", encoding="utf-8")
