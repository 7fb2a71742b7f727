"""A link to the current CI run or pull request, from the CI's variables; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

OWN = "SMSFORM_LINK"  # set by the user for a CI that has no such variables; it wins
LONGEST = 300  # characters
# Characters that neither end a link nor start markup in any target.
_LINK = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/?#=&%:+,;-]*)?")


class Forge(NamedTuple):
    """The variables in which a CI describes its job, preferred ones first.

    ``links`` have variables in braces; one with a missing variable is skipped.
    ``number`` is how the number of a pull request is found when it is only part of a
    variable.
    """

    links: tuple[str, ...]
    project: str
    source: str
    read: str
    number: tuple[str, str] = ("", "")


FORGES = (
    Forge(
        (
            "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/pull/{number}",
            "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}",
        ),
        "GITHUB_REPOSITORY",
        "docs.github.com/en/actions/reference/workflows-and-actions/variables",
        "2026-11-29",
        ("GITHUB_REF", r"refs/pull/([0-9]+)/merge"),
    ),
    Forge(
        (
            "{CI_MERGE_REQUEST_PROJECT_URL}/-/merge_requests/{CI_MERGE_REQUEST_IID}",
            "{CI_JOB_URL}",
        ),
        "CI_PROJECT_PATH",
        "docs.gitlab.com/ci/variables/predefined_variables",
        "2026-11-29",
    ),
    # Gitee Go has no variable for the repository's owner, so no link can be made
    Forge((), "GITEE_REPO", "help.gitee.com/gitee-go/pipeline/parameter", "2026-11-29"),
)


def link(environ: Mapping[str, str]) -> str:
    """The link to the pull request or the job; "" when the CI does not tell it."""
    found = [environ.get(OWN, "")]
    for forge in FORGES:
        name, pattern = forge.number
        number = re.fullmatch(pattern, environ.get(name, "")) if name else None
        known = {**environ, "number": number[1]} if number else environ
        for form in forge.links:
            needed = re.findall(r"{(\w+)}", form)
            if all(known.get(each) for each in needed):
                found.append(form.format_map(known))
    fit = (each for each in found if len(each) <= LONGEST and _LINK.fullmatch(each))
    return next(fit, "")


def repository(environ: Mapping[str, str]) -> str:
    """The forge's name of the repository; "" when the CI does not tell it."""
    names = (environ.get(forge.project, "") for forge in FORGES)
    return next((name for name in names if name), "")
