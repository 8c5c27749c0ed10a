"""PV-701: tables whose last row is printed as the sum of the others."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.grammar import fold
from pv_extract.values import read_sum

FEWEST_ROWS = 4  # of a table with a total: its head, two rows or more, the total


def amount(cell: str) -> Decimal | None:
    """The amount in a cell; an empty one is nothing."""
    clean = fold(cell).replace("EUR", "").replace("€", "").strip(" -")
    if not clean:
        return Decimal(0)
    value = read_sum(clean)
    return Decimal(value) if value is not None else None


@check("PV-701", "warning", logic=True)
def totals_are_sums(case: Case) -> Iterator[Flaw]:
    """The row « Total » at the end of a table is the sum of the rows above it, column by column."""
    for i, item in enumerate(case.record.deliberations):
        for n, table in enumerate(item.tables):
            for heading, added, printed in wrong_totals(table):
                yield flaw(
                    f"/deliberations/{i}/tables/{n}",
                    f"{heading}: the rows add up to {added}, {printed} printed",
                    f"{heading} : la somme des lignes est {added}, total imprimé {printed}",
                )


def wrong_totals(table: Sequence[Sequence[str]]) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Heading, sum and printed total of the columns whose only total row is not their sum."""
    if not ends_in_total(table):
        return
    for column in range(1, len(table[0])):
        headed = amount(table[0][column]) is None
        cells = [amount(row[column]) for row in table[headed:]]
        if None not in cells and sum(c != 0 for c in cells) > 2 and cells[-1]:
            added = sum((c for c in cells[:-1] if c is not None), Decimal(0))
            if added != cells[-1]:
                yield table[0][column] if headed else "Total", added, cells[-1]


def ends_in_total(table: Sequence[Sequence[str]]) -> bool:
    """Whether a table of at least four rows, all of one width, ends in its only row « Total »."""
    labels = [fold(row[0]).lower() if row else "" for row in table]
    alone = sum("total" in label for label in labels) == 1 and labels[-1].startswith("total")
    return alone and len(table) >= FEWEST_ROWS and len({len(row) for row in table}) == 1
