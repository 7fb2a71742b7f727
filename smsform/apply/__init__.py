"""Carry out a plan: submit, update, delete; never twice, never what is not ours.

run.py         one provider's changes, in their order
submission.py  one submission: made once, or searched for
ledger.py      the state during a run
guard.py       runs that change or delete more than the policy allows
values.py      the outcome of each change
"""
