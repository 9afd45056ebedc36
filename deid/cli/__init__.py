"""The command line: the one part of the library that talks to people.

Results go to standard output, everything else to standard error; an error is one line that says
where, which rule and what to do, and the exit code says which kind it was.
"""

from deid.cli.app import main

__all__ = ["main"]
