"""People's names: from verdicts on single words to whole names."""
