"""Calendar days and dates of birth, in words and figures, in any order, over turns."""
