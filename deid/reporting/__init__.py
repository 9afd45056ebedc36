"""Reports out of the audit log: what a run, a release or a transcript was, fit to be attached.

Everything here comes from events and redaction rows: counts, ids, digests and accounts, never an
original. A report says whether the log held when it was made.
"""

from deid.reporting.charts import Bar, Chart, bars, over_time
from deid.reporting.collect import report_of
from deid.reporting.page import html
from deid.reporting.report import Report, Table

__all__ = ["Bar", "Chart", "Report", "Table", "bars", "html", "over_time", "report_of"]
