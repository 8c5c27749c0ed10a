"""Runs the commands from a checkout, installed or not: ``python cli.py extract SRC``."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    import pv_extract

    pv_extract.__path__.append(str(HERE))  # where pv_extract.grammars is, unless installed
    from pv_extract.commands import main

    main()
