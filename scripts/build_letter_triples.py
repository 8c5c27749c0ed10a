"""Write pv_extract/repair/data/letter_triples.txt: the triples of letters that French words are made of.

python scripts/build_letter_triples.py WORDS…

WORDS are lists of French words, one or more to a line, as text or gzip (a spelling dictionary, without its affix
rules). A blank stands for the beginning and the end of a word. Each line of the result holds two letters, then
every letter that may follow them.
"""

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "pv_extract" / "repair" / "data" / "letter_triples.txt"
WORD = re.compile(r"[a-zàâäæçèéêëîïôöùûüÿœ]+")


def words_in(file: Path) -> list[str]:
    """The words of a list that are written in French letters."""
    data = file.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    return [word for word in text.lower().split() if WORD.fullmatch(word)]


def main() -> None:
    """Read the lists named and write the triples, in the order of their letters."""
    following: dict[str, set[str]] = defaultdict(set)
    for word in (word for name in sys.argv[1:] for word in words_in(Path(name))):
        whole = f" {word} "
        for at in range(len(whole) - 2):
            following[whole[at : at + 2]].add(whole[at + 2])
    lines = [first + "".join(sorted(letters)) for first, letters in sorted(following.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
