"""The review desk: a local web application over one workspace, for checkers and auditors.

Pages are made on the server and read without JavaScript. Originals are shown on the pages that
say so in the table of routes, to checkers, and every such view is an audit event. Nothing is
fetched from outside, nothing of what is shown is kept by the browser.
"""

from deid.review.app import create_app
from deid.review.routes import PAGES

__all__ = ["PAGES", "create_app"]
