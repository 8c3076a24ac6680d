"""The tables of the text index: what may be thrown away and made again from the cases at any time."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

from console.storage.tables import metadata

_Id = BigInteger().with_variant(Integer, "sqlite")

# One row for every block of case ids that is indexed, see console.storage.text.block.
text_blocks = Table(
    "text_blocks",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("through", BigInteger, nullable=False),  # the journal line up to which its cases were read
    Column("cases", Integer, nullable=False),
    Column("firsts", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
    Column("long", LargeBinary, nullable=False),
    Column("apart", LargeBinary, nullable=False),
)

text_pages = Table(
    "text_pages",
    metadata,
    Column("place", _Id, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

# Cases whose text was told anew by a journal line that their block has not read.
text_stale = Table(
    "text_stale",
    metadata,
    Column("case_id", _Id, primary_key=True, autoincrement=False),
    Column("line", BigInteger, nullable=False),
)
