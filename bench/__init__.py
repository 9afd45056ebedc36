"""Measuring from outside: how fast detection is, and how it does on speech made for the purpose.

Nothing here is used by the pipeline, and nothing here reads how the recognisers work.
"""
