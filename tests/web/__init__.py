"""Tests in a browser: what a page comes to say, it may come to say late on a busy machine."""

from playwright.sync_api import expect

expect.set_options(timeout=30_000)
