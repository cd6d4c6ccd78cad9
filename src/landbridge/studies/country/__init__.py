"""The profile of a country or de facto entity: what binds it, what passes its borders, on whom it depends."""

from landbridge.studies.country.answer import CountryAnswer
from landbridge.studies.country.answering import answer_country, country
from landbridge.studies.country.changes import CountryChanges, country_changes
from landbridge.studies.country.question import CountryQuestion

__all__ = ["CountryAnswer", "CountryChanges", "CountryQuestion", "answer_country", "country", "country_changes"]
