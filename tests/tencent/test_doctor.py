"""``smsform doctor``: what this service refuses is explained in our words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.test_doctor import checks, configure
from conformance.project import Project
from smsform.providers.tencent import SPEC
from smsform.providers.tencent.codes import CODES


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one provider, ``p``, at the emulator."""
    return Project(tmp_path, SPEC.type)


REFUSALS = {
    "FailedOperation.NotEnterpriseCertification": {"individual": True},
    "UnauthorizedOperation.ServiceSuspendDueToArrears": {"arrears": True},
    "UnauthorizedOperation.RequestPermissionDeny": {"permission": False},
    "UnauthorizedOperation.RequestIpNotInWhitelist": {"ip_whitelist": ["192.0.2.1"]},
    "UnauthorizedOperation": {"activated": False},
}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_an_account_may_not_do_is_explained(code, project):
    """The service's code, its RequestId, and our words for what a person does."""
    configure(project, emulator=REFUSALS[code])
    found = checks(project, code=1)["account"]
    assert found["health"] == "fail"
    assert f" {code}: " in found["found"]
    assert "RequestId" in found["found"]
    assert found["todo"] == CODES[code].advice


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.startswith("AuthFailure.")]
)
def test_a_key_that_is_refused_is_explained(code, project):
    """Wrong, disabled, expired, without rights: each has its own advice."""
    project("emulate", "fault", "p", "refuse", "--code", code, "--times", "99")
    found = checks(project, code=1)["account"]
    assert code in found["found"]
    assert found["todo"] == CODES[code].advice


def test_one_cause_is_told_once(project):
    """Every call is refused for it; the advice is not repeated for each."""
    configure(project, emulator={"individual": True})
    advice = CODES["FailedOperation.NotEnterpriseCertification"].advice
    assert project("doctor").out.count(advice) == 1


def test_a_key_that_may_not_list_is_a_warning(project):
    """Work goes on with the ids the state file knows; the refusal is shown, too."""
    code = "FailedOperation.ProhibitSubAccountUse"
    configure(project, emulator={"sub_account": True})
    found = checks(project)
    assert found["listing"]["health"] == "warn"
    assert code in found["refusal"]["found"]
    assert found["refusal"]["todo"] == CODES[code].advice
    assert "quota" not in found


def test_limits_set_here_are_told_from_documented_ones(project):
    """What this account may do is the user's word, shown beside the document's."""
    configure(project, account={"variables_in": ["verification"], "max_templates": 1})
    found = checks(project)
    assert "variables_in [verification] (documented: [" in found["limits"]["found"]
    assert "max_signatures 50, as documented" in found["limits"]["found"]
