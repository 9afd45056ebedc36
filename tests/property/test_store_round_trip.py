"""Whatever a turn says, it is read back to the character, and always from the same bytes."""

import io
from dataclasses import asdict

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from deid import store

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_TIMES = st.none() | st.integers(0, 2**40)
_TURNS = st.lists(
    st.builds(
        store.TurnRow,
        study_id=st.just("study"),
        transcript_id=st.just("t-1"),
        turn=st.integers(0, 2**31 - 1),
        kind=st.just("speech"),
        speaker=_TEXT,
        start_ms=_TIMES,
        end_ms=_TIMES,
        text=_TEXT,
        n_redactions=st.integers(0, 2**31 - 1),
    ),
    max_size=30,
)


@given(_TURNS)
def test_turns_come_back_as_they_were(rows: list[store.TurnRow]) -> None:
    """No character of a text is changed by writing, and bytes depend on the rows alone."""
    data = store.table_bytes(rows, store.Table.TURNS)
    assert pq.read_table(io.BytesIO(data)).to_pylist() == [asdict(row) for row in rows]
    assert store.table_bytes(list(rows), store.Table.TURNS) == data
