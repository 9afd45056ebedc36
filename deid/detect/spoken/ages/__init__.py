"""Ages, and the numbers that only look like one."""
