"""Codes of letters and digits: hospital, NI and staff numbers, number plates."""
