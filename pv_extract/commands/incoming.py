"""The records that a command is given, each document's once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pv_extract.commands.options import tell
from pv_extract.errors import Exit, UnreadableSource
from pv_extract.messages import complain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pv_extract.records import Record

DOUBLE = words(
    "a record of the same document came before: this one is left out",
    "une notice du même document est déjà passée : celle-ci est laissée",
)


class Incoming:
    """The records of the sources, and how their reading went."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.sources, self.exit_code, self.seen = sources, Exit.DONE, set[str]()

    def records(self) -> "Iterator[Record]":
        """Every document's record, once. Raises UnreadableSource where there is none at all."""
        from pv_extract.record_files import records_in

        for record in records_in(self.sources, self.troubled):
            if record.source.sha256 in self.seen:
                complain(DOUBLE, record.source.name)
                continue
            self.seen.add(record.source.sha256)
            yield record
        if not self.seen:
            raise UnreadableSource("no record was found", "aucune notice trouvée")

    def troubled(self, error: UnreadableSource, source: str) -> None:
        """Tell what cannot be read; the others follow."""
        self.exit_code = max(self.exit_code, tell(error, False, source))
