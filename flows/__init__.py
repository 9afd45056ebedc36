"""Prefect flows: orchestration only. The code would still work with the decorators removed."""
