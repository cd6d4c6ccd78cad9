"""Measure landbridge, against published values and exact search.

`python -m bench [speed|distances|times|further|co2e|alternatives]...`
"""
