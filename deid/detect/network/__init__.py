"""The network: spaCy's entity recogniser, and the turns that it reads."""
