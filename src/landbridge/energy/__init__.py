"""Gas and oil: production, pipes, LNG, storage, swaps, shortage."""

from landbridge.energy.answer import GasAnswer
from landbridge.energy.gas import answer_gas, gas
from landbridge.energy.question import GasQuestion

__all__ = ["GasAnswer", "GasQuestion", "answer_gas", "gas"]
