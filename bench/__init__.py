"""Measure landbridge against published values: `python -m bench [distances|times|further|co2e|speed]...`."""
