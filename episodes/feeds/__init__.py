"""RSS and podcasts: the whole library, one series, topic or person; to read, to hear, to watch."""
