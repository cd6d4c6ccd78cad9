"""landbridge: what happens to Eurasia's freight when a border opens or closes, with evidence for every number."""

from landbridge._version import __version__

__all__ = ["__version__"]
