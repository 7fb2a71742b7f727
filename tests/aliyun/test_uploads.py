"""Files for reviewers: uploaded when they are submitted, by hash, once a run."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import requests
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from sdks import SIGN, Emulate, Sdk

from conformance.project import Project, Result, a_png
from smsform.emulation import calls
from smsform.emulation.faults import FaultKind
from smsform.model import Review
from smsform.project.in_process import InProcess
from smsform.providers.aliyun import SPEC, uploads, wire
from smsform.providers.aliyun.emulator import storage
from smsform.transport import NoReply, Reply, Request

PROOF = a_png() + b"our users agreed: planted-content-of-the-file"
PROMOTION = {
    "name": "会员日",
    "type": "marketing",
    "signature": "shop",
    "content": "会员日到了，欢迎选购。拒收请回复R",
    "remark": "发给已同意接收的会员",
    SPEC.type: {"apply_scene": "会员日活动", "more_data": "consent.png"},
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with an approved signature and a promotion that names a file."""
    project = Project(tmp_path, SPEC.type, {"review": "manual", "pace": False})
    (project.root / "consent.png").write_bytes(PROOF)
    project.admit()
    project.templates = {"sale": dict(PROMOTION)}
    project.write()
    yield project
    project.store.close()


def also(project: Project, key: str, **keys: Any) -> None:
    """One more promotion, with other *keys* for the service."""
    own = {**PROMOTION[SPEC.type], **keys}
    text = f"会员日到了，欢迎选购{key}。拒收请回复R"
    more = {"name": key, "content": text, SPEC.type: own}
    project.templates[key] = {**PROMOTION, **more}
    project.write()


def posts(project: Project) -> list[str]:
    """What became of the uploads so far."""
    logged = calls.recorded(project.store)
    return [each.outcome for each in logged if each.action == wire.POST_OBJECT]


def stored(project: Project) -> Any:
    """What the storage holds."""
    return storage.objects(project.store, "p")


def submitted(project: Project) -> dict[str, Any]:
    """The material of each template at the service, by name."""
    return {each.name: each.fields.get("MoreData") for each in project.entries()}


# --- what is done --------------------------------------------------------------------


def test_a_file_is_uploaded_and_its_key_submitted(project: Project) -> None:
    """Under a name of ours, with the kind as its ending; the state has the hash."""
    assert project.apply().code == 0
    [(key, kept)] = stored(project).items()
    assert key.startswith("1000000000000001/")
    assert key.endswith(f"{kept['sha256'][:32]}.png")
    assert kept["size"] == len(PROOF)
    assert submitted(project) == {"会员日": [key]}
    [version] = project.records()["template.sale"]["versions"]
    assert version["submitted"]["MoreData"] == f'["sha256:{kept["sha256"]}"]'
    assert project.apply().json["outcomes"] == []


def test_a_file_that_several_name_is_uploaded_once_a_run(project: Project) -> None:
    """Also where one of them names others, too."""
    (project.root / "more.pdf").write_bytes(b"%PDF-1.7 planted-content-of-the-file")
    also(project, "second", more_data=["consent.png", "more.pdf"])
    also(project, "third", more_data=["more.pdf", "consent.png"])
    project.clock.sleep(100_000)
    assert project.apply().code == 0
    assert posts(project) == ["ok", "ok"]
    assert {key[-3:] for key in stored(project)} == {"png", "pdf"}
    assert submitted(project)["third"] == submitted(project)["second"][::-1]


def test_what_was_uploaded_before_is_submitted_as_it_stands(project: Project) -> None:
    """A key of the console's needs no file."""
    project.templates = {}
    also(project, "first", more_data_keys=["7/console.png"], more_data=["consent.png"])
    assert project.apply().code == 0
    [keys] = submitted(project).values()
    assert keys[1:] == ["7/console.png"]


def test_the_picture_of_an_icp_record_is_uploaded(project: Project) -> None:
    """Its key, which the service gives, goes into the declaration of the link."""
    link = {
        "content": "shop.example.com",
        "company": "示例商城有限公司",
        "organization_code": "91310000MA1FL00000",
        "icp_no": "沪ICP备00000000号",
        "icp_picture": "license.png",
    }
    project.templates = {
        "link": {
            "name": "链接",
            "type": "notification",
            "signature": "shop",
            "content": "订单详情请见https://shop.example.com/orders",
            "remark": "下单后发送",
            SPEC.type: {"apply_scene": "订单通知", "traffic_driving": [link]},
        }
    }
    project.write()
    assert project.apply().code == 0
    [key] = stored(project)
    [entry] = project.entries()
    [declared] = json.loads(entry.fields["TrafficDriving"])
    assert declared["icpPicOssKey"] == key
    [version] = project.records()["template.link"]["versions"]
    assert "sha256:" in version["submitted"]["TrafficDriving"]
    assert key not in project.state_path.read_text()
    assert project.apply().json["outcomes"] == []


def test_a_signature_has_material_too(project: Project) -> None:
    """As a template has."""
    papers = {**project.signatures["shop"][SPEC.type], "more_data": ["consent.png"]}
    project.signatures["new"] = {"name": "示例新店", SPEC.type: papers}
    project.templates = {}
    project.write()
    assert project.apply().code == 0
    [key] = stored(project)
    [new] = [e for e in project.entries("signature") if e.name == "示例新店"]
    assert key in new.data


def test_a_rejected_text_is_sent_again_when_its_file_changes(project: Project) -> None:
    """By the hash; the same bytes under another name change nothing."""
    assert project.apply().code == 0
    project.judge(project.entries()[0], Review.REJECTED, "看不清")
    assert project.plan()["lines"][-1]["action"] == "none"
    (project.root / "scan.png").write_bytes(PROOF)
    project.templates["sale"][SPEC.type] = {
        **PROMOTION[SPEC.type],
        "more_data": "scan.png",
    }
    project.write()
    assert project.plan()["lines"][-1]["action"] == "none"
    (project.root / "scan.png").write_bytes(PROOF + b"!")
    assert project.plan()["lines"][-1]["action"] == "update"
    assert project.apply().code == 0
    assert len(stored(project)) == 2


def test_the_plan_says_which_file_goes_along(project: Project) -> None:
    """Name, size and hash: as text, Markdown and JSON, in both languages."""
    line = next(x for x in project.plan()["lines"] if x["action"] == "create")
    [file] = line["files"]
    assert (file["name"], file["size"]) == ("consent.png", len(PROOF))
    for flags in ([], ["--format", "markdown"]):
        said = project("plan", *flags).out
        assert "consent.png" in said
        assert file["sha256"][:12] in said
    assert "附带文件" in project("--lang", "zh", "plan").out
    assert str(project.root) not in project("plan").out


# --- what goes wrong -----------------------------------------------------------------


def everything(project: Project) -> str:
    """Whatever was written below the project, but the file itself."""
    texts = []
    for path in project.root.rglob("*"):
        if path.is_file() and path.suffix not in (".png", ".pdf"):
            texts.append(path.read_bytes().decode("latin-1"))
    return "".join(texts)


def test_no_byte_of_a_file_is_written_anywhere(project: Project) -> None:
    """Outputs, plan, state, the emulator's store and its log."""
    said = [project("plan", "-o", str(project.root / "plan.json"))]
    said += [project("-v", "apply", "--auto-approve"), project("emulate", "log")]
    said += [project("plan", "--format", form) for form in ("json", "markdown")]
    project.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = everything(project) + "".join(each.out + each.err for each in said)
    assert posts(project) == ["ok"]
    assert "planted-content" not in kept
    assert "cGxhbnRlZC1jb250ZW50" not in kept  # nor in base64


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER])
def test_a_lost_answer_to_an_upload_is_harmless(
    kind: FaultKind, project: Project
) -> None:
    """It is sent again: one object, one template."""
    project.fault(kind, wire.POST_OBJECT, times=2)
    assert project.apply().code == 0
    assert len(posts(project)) == 3
    assert len(stored(project)) == len(project.entries()) == 1


@pytest.mark.parametrize(
    "action", [wire.POST_OBJECT, wire.PERMIT_MATERIAL], ids=["post", "leave"]
)
def test_an_upload_that_fails_submits_nothing(action: str, project: Project) -> None:
    """The change failed and nothing is open; the next run does it."""
    project.fault(FaultKind.DROP_BEFORE, action, times=99)
    result = project.apply()
    assert result.code == 1
    [outcome] = result.json["outcomes"]
    assert outcome["result"] == "failed"
    assert project.entries() == []
    assert "intents" not in json.dumps(project.records())
    project.store.execute("DELETE FROM fault")
    assert project.apply().code == 0
    assert len(project.entries()) == 1


def test_a_lost_answer_to_the_submission_is_looked_for(project: Project) -> None:
    """As always: nothing is sent twice."""
    project.fault(FaultKind.DROP_AFTER, wire.CREATE_TEMPLATE)
    assert project.apply().code == 0
    assert len(project.entries()) == 1


def test_one_file_that_cannot_be_stored_stops_no_other(project: Project) -> None:
    """The refusal is an outcome; what names no file goes on."""
    project.templates["other"] = {
        "name": "通知",
        "type": "notification",
        "signature": "shop",
        "content": "您的订单已发货。",
        "remark": "发货后发送",
    }
    project.write()
    project.fault(FaultKind.REFUSE, wire.POST_OBJECT, code="AccessDenied", times=99)
    result = project.apply()
    assert result.code == 1
    assert sorted(each["result"] for each in result.json["outcomes"]) == [
        "done",
        "failed",
    ]
    assert "AccessDenied" in result.out
    assert "上传" in project("--lang", "zh", "apply", "--auto-approve").out


def test_a_file_changed_since_the_plan_is_not_uploaded(project: Project) -> None:
    """A saved plan holds the hash that was reviewed."""
    saved = str(project.root / "plan.json")
    assert project("plan", "-o", saved).code == 0
    (project.root / "consent.png").write_bytes(PROOF + b"another")
    result = project("apply", saved)
    assert result.code == 1
    assert "1 stale" in result.out
    assert posts(project) == project.entries() == []


def test_a_file_changed_while_apply_runs_is_not_uploaded(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read right before the upload is what was planned, or nothing is sent."""

    def late(*args: Any) -> bytes:
        (project.root / "consent.png").write_bytes(b"another")
        return read(*args)

    read = uploads.content_of
    monkeypatch.setattr(uploads, "content_of", late)
    result = project.apply()
    assert result.code == 1
    assert "has changed since the plan" in result.out
    assert posts(project) == project.entries() == []


def refused(project: Project) -> Result:
    """Validate names the file; apply submits nothing and uploads nothing."""
    told = project("validate")
    assert "SF239" in told.out + told.err
    result = project.apply()
    assert result.code == 1
    assert posts(project) == project.entries() == []
    return result


@pytest.mark.parametrize("what", ["gone", "folder", "pipe", "link", "linked folder"])
def test_only_a_file_of_the_folder_itself_is_uploaded(
    what: str, project: Project
) -> None:
    """A pipe is not waited for, a link is not followed, not even inside."""
    path, other = project.root / "consent.png", project.root / "real.png"
    path.rename(other)
    name = "consent.png"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "link":
        path.symlink_to(other)
    elif what == "linked folder":
        (project.root / "inner").mkdir()
        other.rename(project.root / "inner/consent.png")
        (project.root / "outer").symlink_to("inner")
        name = "outer/consent.png"
    project.templates = {}
    also(project, "first", more_data=name)
    refused(project)


@pytest.mark.parametrize(
    "name",
    ["../out.png", "/etc/hosts", "a/../../out.png", "~/x.png", "C:/x.png", "a\0.png"],
)
def test_a_name_never_leads_out(name: str, project: Project) -> None:
    """A problem of the definition, so nothing is even planned."""
    (project.root.parent / "out.png").write_bytes(PROOF)
    also(project, "first", more_data=["consent.png", name])
    link = {"content": "a.example.com", "icp_picture": name}
    also(project, "second", traffic_driving=[link])
    result = project("plan")
    assert result.code == 1
    assert result.err.count("SF138") + result.err.count("SF1") >= 2
    assert posts(project) == []


@pytest.mark.parametrize(
    "name",
    ["证明 材料.png", "a'; drop table.png", "<img src=x>.png", "..png",
     "|x|`y`.png", "名" * 60 + ".png", "-rf.png", "no-ending", "%2e%2e%2fx.png"],
)  # fmt: skip
def test_a_hostile_name_is_only_ever_shown_escaped(name: str, project: Project) -> None:
    """It is uploaded under a name of ours."""
    (project.root / name).write_bytes(PROOF)
    project.templates = {}
    also(project, "first", more_data=[name])
    for flags in ([], ["--format", "markdown"]):
        said = project("plan", *flags).out
        assert "\x1b" not in said
        assert "<img" not in said or not flags
    assert project.apply().code == 0
    [key] = stored(project)
    assert key.removeprefix("1000000000000001/").removesuffix(".png").isalnum()


def test_only_kinds_and_sizes_the_service_takes_are_uploaded(project: Project) -> None:
    """By the content, whatever the name says: by rules, and by apply without them."""
    path, config = project.root / "consent.png", project.root / "smsform.yaml"
    path.write_bytes(b"MZ an executable")
    assert "SF241" in project("validate").out
    assert "不是可接受的文件格式" in project("--lang", "zh", "validate").out
    assert project("apply", "--auto-approve").code == 1
    config.write_text(config.read_text() + "lint: {ignore: [SF240, SF241]}\n")
    assert "nothing was sent" in project.apply().out
    path.write_bytes(PROOF)
    os.truncate(path, 31 * 2**20)
    assert "nothing was sent" in project.apply().out
    assert posts(project) == project.entries() == []
    config.write_text(config.read_text().replace("SF240, SF241", ""))
    assert "SF240" in project("validate").out


# --- where it goes -------------------------------------------------------------------

HOSTS = [
    "https://evil.example",
    "http://evil.example",
    "evil.example",
    "",
    "https://x.oss-cn-hangzhou.aliyuncs.com.evil.example",
    "https://evil.example/x.oss-cn-hangzhou.aliyuncs.com",
    "https://x.oss-cn-hangzhou.aliyuncs.com@evil.example",
    "https://evil.example#.oss-cn-hangzhou.aliyuncs.com",
    "https://oss-cn-hangzhou.aliyuncs.com",
    "https://ecs.cn-hangzhou.aliyuncs.com",
    "https://x.oss-cn-hangzhou.aliyuncs.com:8443",
    "ftp://x.oss-cn-hangzhou.aliyuncs.com",
    "https://x.oss-cn-hangzhou.aliyuncs.com/path",
    "https://x.oss-cn-a.aliyuncs.com?a=1",
    "file:///etc/passwd",
    "https://169.254.169.254",
    "https://[::1",
    "https://a:99999",
    "https://x.oss-cn-hangzhou.aliyuncs.com\r\nHost: evil.example",
    "https://１２７.0.0.1",
]
LOCAL = [
    "http://127.0.0.1:8080",
    "http://localhost",
    "http://[::1]:80",
    "https://127.0.0.1",
]
VENDOR = [
    "https://alicom-fc-media.oss-cn-zhangjiakou.aliyuncs.com",
    "http://alicom-fc-media.oss-cn-zhangjiakou.aliyuncs.com/",
    "ALICOM-fc-media.oss-cn-zhangjiakou.aliyuncs.com",
]


class Service:
    """A client that gives leave for one host."""

    provider = "p"

    def __init__(self, host: str, **changes: str) -> None:
        self.model = {
            "Host": host,
            "AccessKeyId": "LTAIstore",
            "Policy": "e30=",
            "Signature": "c2ln",
            "StartPath": "1",
            **changes,
        }

    def permit(self, action: str) -> dict[str, str]:
        """Leave for a file."""
        return self.model


def permit(host: str, here: bool, **changes: str) -> uploads.Permit:
    """What is made of leave for *host*."""
    client: Any = Service(host, **changes)
    return uploads.Uploads(client, here, pytest.fail)._permit(
        wire.PERMIT_MATERIAL, "a.png"
    )


@pytest.mark.parametrize("host", [*HOSTS, *LOCAL])
def test_a_real_account_uploads_to_the_vendors_storage_alone(host: str) -> None:
    """Neither to another domain nor to this machine, whatever the reply says."""
    with pytest.raises(uploads.Unexpected) as caught:
        permit(host, here=False)
    assert "not the storage" in caught.value.message()


@pytest.mark.parametrize("host", VENDOR)
def test_the_vendors_storage_is_always_reached_by_tls(host: str) -> None:
    """Examples of documents have http there."""
    found = permit(host, here=False).host
    assert found == "https://alicom-fc-media.oss-cn-zhangjiakou.aliyuncs.com"


@pytest.mark.parametrize("host", [*HOSTS, *VENDOR])
def test_an_emulated_account_uploads_to_this_machine_alone(host: str) -> None:
    """Evidence of a trial never leaves it."""
    with pytest.raises(uploads.Unexpected):
        permit(host, here=True)


@pytest.mark.parametrize("host", LOCAL)
def test_an_emulator_is_reached_on_this_machine(host: str) -> None:
    """By plain http."""
    assert permit(host, here=True).host.startswith("http://")


@pytest.mark.parametrize(
    "changes",
    [
        {"Policy": ""},
        {"Signature": ""},
        {"AccessKeyId": ""},
        {"StartPath": "a\nb"},
        {"StartPath": "x" * 1025},
        # starts-with another folder; a key with a line break
        {"Policy": "eyJjb25kaXRpb25zIjpbWyJzdGFydHMtd2l0aCIsIiRrZXkiLCI5OS8iXV19"},
        {"Policy": "eyJjb25kaXRpb25zIjpbWyJlcSIsIiRrZXkiLCJhXG5iIl1dfQ=="},
    ],
)
def test_leave_that_cannot_be_used_is_refused(changes: dict[str, str]) -> None:
    """Nothing is sent to see what happens."""
    with pytest.raises(uploads.Unexpected) as caught:
        permit(VENDOR[0], here=False, **changes)
    assert "no usable leave" in caught.value.message()


@pytest.mark.parametrize(
    "policy", ["?", "e30", "bnVsbA==", "WzFd", "eyJjb25kaXRpb25zIjoxfQ=="]
)
def test_a_policy_that_cannot_be_read_is_the_storages_to_judge(policy: str) -> None:
    """Its signature is over what it is, not over what we make of it."""
    assert permit(VENDOR[0], here=False, Policy=policy).key == "1/a.png"


def answered(
    monkeypatch: pytest.MonkeyPatch, status: int, body: bytes = b"", **headers: str
) -> list[str]:
    """Let the storage answer so; the addresses that were asked."""
    answer, asked = InProcess.send, []

    def send(self: InProcess, request: Request, timeout: Any) -> Reply | NoReply:
        asked.append(request.url)
        reply = answer(self, request, timeout)
        if request.headers.get("Content-Type", "").startswith("multipart"):
            return Reply(status, body, headers)
        return reply

    monkeypatch.setattr(InProcess, "send", send)
    return asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    status: int, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file goes to one address, or nowhere."""
    asked = answered(monkeypatch, status, Location="https://evil.example/")
    result = project.apply()
    assert result.code == 1
    assert "redirect" in result.out
    assert not [url for url in asked if "evil" in url]
    assert posts(project) == ["ok"]  # once
    assert project.entries() == []


def test_policy_and_signature_are_never_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The storage quotes both when it refuses them."""
    given: list[str] = []
    leave = storage._leave

    def wrong(*args: Any) -> dict[str, str]:
        model = leave(*args)
        model["Signature"] = "d3Jvbmctc2lnbmF0dXJlLW9mLXRoZS10ZXN0"
        given.extend([model["Signature"], model["Policy"]])
        return model

    monkeypatch.setattr(storage, "_leave", wrong)
    results = [
        project("-v", "apply", "--auto-approve", *f) for f in ([], ["--format", "json"])
    ]
    said = "".join(each.out + each.err for each in results) + everything(project)
    assert "SignatureDoesNotMatch" in said
    assert given
    assert [each for each in given if each in said] == []


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff\xfe" * 9000, b"<Error><Code>" + b"x" * 9000, b"{}"]
)
def test_an_answer_that_says_nothing_is_no_success(
    body: bytes, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is made of."""
    answered(monkeypatch, 403, body)
    result = project.apply()
    assert result.code == 1
    assert project.entries() == []


# --- killed on the way ---------------------------------------------------------------

DIES = """\
import os, signal, sys
from smsform.cli import run
from smsform.project.in_process import InProcess
real, after = InProcess.send, sys.argv[1] == "after"
def send(self, request, timeout):
    upload = request.headers.get("Content-Type", "").startswith("multipart")
    reply = real(self, request, timeout) if after or not upload else None
    if upload:
        os.kill(os.getpid(), signal.SIGKILL)
    return reply
InProcess.send = send
run(["-C", sys.argv[2], "apply", "--auto-approve"])
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_killed_at_an_upload_leaves_nothing_open(
    when: str, project: Project
) -> None:
    """Nothing was submitted, so the next run does not have to wait for anything."""
    done = subprocess.run(
        [sys.executable, "-c", DIES, when, str(project.root)],
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(posts(project)) == int(when == "after")
    assert project.entries() == []
    [line] = [x for x in project.plan()["lines"] if x["address"].endswith("sale")]
    assert (line["action"], line["reason"]) == ("create", "new")
    assert project.apply().code == 0
    assert len(project.entries()) == len(stored(project)) == 1


# --- by others -----------------------------------------------------------------------


def leave(sdk: Sdk) -> dict[str, str]:
    """What the official SDK is given for a file."""
    request = models.GetOSSInfoForUploadFileRequest(biz_type="fcMediaSms")
    reply = sdk.client().get_ossinfo_for_upload_file(request)
    return dict(reply.body.model.to_map())


def form_of(
    model: dict[str, str], key: str, changes: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The fields of a post as the storage's document names them."""
    return {
        "key": key,
        "OSSAccessKeyId": model["AccessKeyId"],
        "policy": model["Policy"],
        "Signature": model["Signature"],
        "success_action_status": "200",
        **changes,
    }


@pytest.mark.judge
def test_the_official_sdk_and_a_generic_library_upload(emulate: Emulate) -> None:
    """Leave by the SDK, the post by a library that knows no service."""
    sdk = emulate(promotion_proof=True)
    sdk.typed("CreateSmsSign", {**SIGN, "MoreData": []})
    model = leave(sdk)
    key = f"{model['StartPath']}/consent.png"
    assert model["Host"] == f"http://127.0.0.1:{sdk.port}"
    file = {"file": ("consent.png", PROOF, "image/png")}
    done = requests.post(model["Host"], form_of(model, key), files=file, timeout=10)
    assert (done.status_code, done.content) == (200, b"")
    assert done.headers["x-oss-request-id"]
    record = sdk.typed(wire.PERMIT_RECORD, {"TaskType": "ICP_DOMAIN"})["Model"]
    refused = requests.post(
        record["Host"], form_of(record, key), files=file, timeout=10
    )
    assert refused.status_code == 403
    assert "Policy Condition failed" in refused.text


REFUSED = {
    "AccessDenied": ({}, {}, 7200.0),
    "InvalidAccessKeyId": ({"OSSAccessKeyId": "LTAIother"}, {"file": PROOF}, 0.0),
    "SignatureDoesNotMatch": ({"Signature": "c2ln"}, {"file": PROOF}, 0.0),
    "InvalidArgument": ({"key": ""}, {"file": PROOF}, 0.0),
    "IncorrectNumberOfFilesInPOSTRequest": ({}, {"other": PROOF}, 0.0),
}


@pytest.mark.parametrize("code", REFUSED)
def test_the_storage_refuses_by_its_documents(code: str, emulate: Emulate) -> None:
    """What is refused is not stored, and said in XML."""
    changes, files, late = REFUSED[code]
    sdk = emulate()
    model = leave(sdk)
    if late:
        policy = json.loads(base64.b64decode(model["Policy"]))
        policy["expiration"] = "2020-01-01T00:00:00.000Z"
        model["Policy"] = base64.b64encode(json.dumps(policy).encode()).decode()
        model["Signature"] = storage._signed(model["Policy"])
    done = requests.post(
        model["Host"],
        form_of(model, "1/a.png", changes),
        files=files or {"file": PROOF},
        timeout=10,
    )
    assert done.status_code in (400, 403)
    assert f"<Code>{code}</Code>" in done.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n--x--",
        b"--x\r\nname\r\n\r\n1\r\n--x--\r\n",
        b"\0" * 99,
    ],
)
def test_what_is_no_form_is_refused(body: bytes, emulate: Emulate) -> None:
    """No traceback, nothing stored."""
    port = emulate().port
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    done = requests.post(f"http://127.0.0.1:{port}/", body, headers=headers, timeout=10)
    assert done.status_code == 400
    assert "MalformedPOSTRequest" in done.text


def test_a_key_nobody_stored_is_refused_with_its_submission(emulate: Emulate) -> None:
    """One below the account's own path; another may be the console's."""
    sdk = emulate()
    sdk.typed("CreateSmsSign", {**SIGN, "MoreData": ["9/elsewhere.png"]})
    with pytest.raises(AlibabaCloudException) as caught:
        sdk.typed(
            "CreateSmsSign",
            {
                **SIGN,
                "SignName": "示例新店",
                "MoreData": ["1000000000000001/gone.png"],
            },
        )
    assert caught.value.code == "InvalidMoreData"
