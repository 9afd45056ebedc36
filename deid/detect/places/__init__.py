"""Places below a country: listed, by their kind, by what stands before them."""
