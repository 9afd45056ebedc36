"""De-identification of research interview transcripts, for use inside an NHS trust.

The library knows nothing of Prefect, opens no socket and prints nothing; ``flows/`` orchestrates
it and ``deid.cli`` talks to people. Data goes one way:
``ingest -> Transcript -> detect -> resolve -> pseudonymise -> store -> verify``.
"""

__version__ = "0.1.0"
