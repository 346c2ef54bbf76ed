"""Verbs that several apps share."""
