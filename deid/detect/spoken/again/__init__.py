"""What was found once, said again: read back, in part, begun and broken off."""
