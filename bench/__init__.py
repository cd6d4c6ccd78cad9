"""Measure landbridge against published values: `python -m bench [speed|distances|times|further|co2e]...`."""
