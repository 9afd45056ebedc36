"""The normaliser: from words to the characters that they stand for, with the way back."""
