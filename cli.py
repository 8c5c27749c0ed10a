"""Runs the commands from a checkout, installed or not: ``python cli.py extract SRC``."""

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def find_grammars() -> None:
    """Make ``grammars/`` importable as ``pv_extract.grammars``, which installing does by itself."""
    file = HERE / "grammars" / "__init__.py"
    spec = importlib.util.spec_from_file_location("pv_extract.grammars", file)
    assert spec is not None
    sys.modules["pv_extract.grammars"] = importlib.util.module_from_spec(spec)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    find_grammars()
    from pv_extract.commands import main

    main()
