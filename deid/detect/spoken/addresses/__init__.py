"""Street addresses: numbers, roads, houses, flats, and the answers that are a part of one."""
