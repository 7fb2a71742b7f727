"""Carry out a plan: submit, update, delete; never twice, never what is not ours."""

from smsform.apply.guard import check
from smsform.apply.ledger import Ledger
from smsform.apply.run import Run
from smsform.apply.values import Outcome, Result
from smsform.state import Author

__all__ = ["Author", "Ledger", "Outcome", "Result", "Run", "check"]
