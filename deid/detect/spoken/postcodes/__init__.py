"""Postcodes: whole, half-said, torn over turns."""
