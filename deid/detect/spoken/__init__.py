"""Identifiers as people say them, and as they are written, over one normaliser.

:mod:`.heard.words` cuts a transcript into tokens once, :mod:`.heard.stretches` turns runs into the
characters they stand for with the way back to the source, the other modules recognise. Nothing
here reads a model, a clock or a network, and nothing here ever logs or raises with speech.
"""
