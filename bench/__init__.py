"""Measure landbridge against published values: `python -m bench [distances|times|co2e|speed]...`."""
