"""Transcript -> detections: one module a way of knowing, joined by ``deid.detect.engine``."""
