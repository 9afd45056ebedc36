"""Names spelt out, and spelling that is nobody's name."""
