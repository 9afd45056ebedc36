"""NHS, telephone, card and other numbers of digits, whole and torn."""
