"""The ledger of promises: who promised what to whom, by when, and what later reports say of it.

Public API: ledger(archive, between=..., ...) -> Ledger of Pledge.
"""

from communique.measure.pledges.ledger import Ledger, ledger
from communique.measure.pledges.nouns import VERDICTS, Evidence, Pledge, Promise

__all__ = ["VERDICTS", "Evidence", "Ledger", "Pledge", "Promise", "ledger"]
