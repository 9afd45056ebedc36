"""The one table of pages: where each is, who may see it, and whether it shows originals.

Whatever is not in this table does not exist; whoever has none of a page's roles is refused before
its code runs. The tests walk over this table.
"""

from deid.review.navigation import EVERYONE
from deid.review.pages import queue
from deid.review.visit import Page

PAGES: tuple[Page, ...] = (Page("queue", "/", queue.show, EVERYONE),)
