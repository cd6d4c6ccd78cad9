"""The cleaning of the raw reference tables into the packaged fact tables."""
