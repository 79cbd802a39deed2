"""Publish: one source report, many languages, PDF and EPUB editions."""
