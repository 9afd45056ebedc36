"""How the sample data is made: marked-up sources in, raw files and gold spans out.

Nothing here is part of the pipeline, and nothing in the pipeline may import it.
"""
