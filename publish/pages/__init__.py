"""Pages for a browser: what changed in a source, what the checks found."""
