"""Raw file in, Transcript out; the only part of the program that opens what strangers wrote.

A reader never follows a link, never expands an entity, never runs a macro or a formula, never
reads a document's properties, and never puts a character of the file into an exception. What it
cannot read it refuses with a reason; what it leaves out it counts.
"""

from deid.ingest.guard import inside
from deid.ingest.limits import Limits
from deid.ingest.readers import READERS, SUFFIXES, read

__all__ = ["READERS", "SUFFIXES", "Limits", "inside", "read"]
