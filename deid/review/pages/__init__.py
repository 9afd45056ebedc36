"""What each page shows and does; one module a kind of page. None checks who asks: the guard did."""
