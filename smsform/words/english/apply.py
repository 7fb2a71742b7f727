"""What apply says about its changes."""

WORDS = {
    "updates": "updates and supersedes",
    "deletions": "deletions",
    "evidence": "the evidence file is missing: {paths}",
    "signature": "its signature {address} was not submitted",
    "rule": "{where}: {rule}: {what}",
    "account": "not tried: the service refused an earlier one for the whole account ({code})",
    "stopped": "not tried: the run was stopped",
    "unsaved": "not tried: the state file cannot be written",
    "moved": "the entry changed at the service since the plan was made: {what}",
    "taken": "what it was to take belongs elsewhere by now: plan again",
    "gone": "was gone already",
    "refused_withdraw": "the service does not delete it now: {code}",
    "unrecorded": "the service did it ({id}), but the state file could not be written: the next run finds it again",
    "unanswered": "no answer that says whether it was done: the next run looks again",
    "ended": "the run has ended",
    "no_new_id": "answered with the id {id!r}, which is no new one",
    "answered": "the service answered {code}, which does not say whether it was done: the next run looks again",
    "unclear_code": "the service answered {code}, which does not say whether it was done, and there is no trace of it yet: the next run looks again",
    "unclear": "no answer, and no trace of it yet: the next run looks again",
    "found": "not confirmed by an answer, but it was found at the service",
}
