"""docs/testing.md, as somebody follows it: the example is written out and run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/testing.md").read_text("utf-8")
EXAMPLE = re.compile(r"<!-- example: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
OPTIONS = "[pytest]\nsmsform_project = sms\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The application of the page, with the example's project in ``sms``."""
    shutil.copytree(
        ROOT / "templates.example",
        tmp_path / "sms",
        ignore=shutil.ignore_patterns(".smsform*"),
    )
    for name, text in EXAMPLE.findall(PAGE):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(OPTIONS)
    return tmp_path


def run_pytest(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run pytest there, with the plugin and nothing of ours."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "smsform.testing.plugin"]
    environ = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environ["PYTHONPATH"] = str(ROOT)
    environ.pop("PYTEST_ADDOPTS", None)  # are for the suite that runs this test
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environ,
    )


def test_the_plugin_is_found_by_pytest() -> None:
    """The entry point that pytest looks for names it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"smsform": "smsform.testing.plugin"}


@pytest.mark.judge
def test_the_example_works(shop: Path) -> None:
    """Every test of the page passes; the project's own files stay as they were."""
    before = set((shop / "sms").rglob("*"))
    done = run_pytest(shop)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
    assert set((shop / "sms").rglob("*")) == before


def test_the_other_service_and_whoever_asks_elsewhere(shop: Path) -> None:
    """By the SDK's own address; keys are there at import; other hosts are refused."""
    (shop / "test_shop.py").write_text("""
import os
import pytest, requests
from alibabacloud_dysmsapi20170525 import client, models
from alibabacloud_tea_openapi.models import Config

KEY = os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"]

def test_it_sends(sms_emulator, sms_redirect):
    there = sms_emulator["aliyun"]
    config = Config(access_key_id=KEY, access_key_secret=there.key.secret)
    config.endpoint = "dysmsapi.aliyuncs.com"
    request = models.SendSmsRequest(
        phone_numbers="13800138000", sign_name=there.signatures["shop"],
        template_code=there.ids["login_code"], template_param='{"code":"004711"}')
    assert client.Client(config).send_sms(request).body.code == "OK"
    assert [message.provider for message in sms_emulator.outbox] == ["aliyun"]
    with pytest.raises(requests.ConnectionError, match="emulators only"):
        requests.get("https://sts.aliyuncs.com/", timeout=5)
    with pytest.raises(LookupError, match="aliyun, tencent|tencent, aliyun"):
        sms_emulator.endpoint

def test_the_next_test_starts_afresh(sms_emulator):
    assert list(sms_emulator.outbox) == []
    with pytest.raises(LookupError):
        sms_emulator.reply("13800138000", "R")
""")
    done = run_pytest(shop)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_an_old_key_is_known_while_its_block_stands(shop: Path) -> None:
    """As `smsform ids` knows it: a rename does not break the application's tests."""
    path = shop / "sms" / "templates" / "account.yaml"
    moved = """\
moved:
  - {from: code, to: login_code}
  - {from: signature.old, to: signature.shop}
"""
    path.write_text(moved + path.read_text("utf-8"), encoding="utf-8")
    (shop / "test_shop.py").write_text("""
def test_both_keys(sms_emulator):
    for name in sms_emulator:
        there = sms_emulator[name]
        assert there.ids["code"] == there.ids["login_code"]
        assert there.signatures["old"] == there.signatures["shop"]
""")
    done = run_pytest(shop)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_one_text_in_both_markets_has_two_ids(shop: Path) -> None:
    """Equal in name and text, told apart by the market they serve."""
    (shop / "sms" / "templates" / "twin.yaml").write_text(
        """
templates:
  register_abroad:
    name: 注册验证码
    type: verification
    international: true
    signature: shop_abroad
    content: "您正在注册会员，验证码为{{ code }}，5分钟内有效，请勿告诉他人。"
    params:
      code: {sample: "183029", kind: code, max_length: 6, description: 六位数字}
    remark: 海外会员注册时发送。变量为六位数字验证码。
""",
        encoding="utf-8",
    )
    (shop / "test_shop.py").write_text("""
def test_ids(sms_emulator):
    for name in sms_emulator:
        ids = sms_emulator[name].ids
        assert ids["register_code"] != ids["register_abroad"]
""")
    done = run_pytest(shop)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_asynchronous_clients_and_copies_of_requests_are_led_there_too(
    shop: Path,
) -> None:
    """The other halves of the official SDKs, and an older one with its own requests."""
    pytest.importorskip("httpx", reason="it is in the extra `test`")
    (shop / "test_shop.py").write_text("""
import asyncio, json
import aiohttp, httpx, pytest
from alibabacloud_dysmsapi20170525 import client, models
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from tencentcloud.common.credential import Credential
from tencentcloud.sms.v20210111 import models as theirs, sms_client_async

pytestmark = pytest.mark.usefixtures("sms_redirect")
ELSEWHERE = "https://sts.aliyuncs.com/"

def test_aiohttp(sms_emulator):
    there = sms_emulator["aliyun"]
    config = Config(access_key_id=there.key.id, access_key_secret=there.key.secret)
    config.endpoint = "dysmsapi.aliyuncs.com"
    request = models.SendSmsRequest(
        phone_numbers="13800138000", sign_name=there.signatures["shop"],
        template_code=there.ids["login_code"], template_param='{"code":"004711"}')
    reply = asyncio.run(client.Client(config).send_sms_async(request))
    assert reply.body.code == "OK"
    assert len(sms_emulator.outbox) == 1
    async def elsewhere():
        async with aiohttp.ClientSession() as session:
            await session.get(ELSEWHERE)
    with pytest.raises(aiohttp.ClientConnectionError, match="emulators only"):
        asyncio.run(elsewhere())

def test_httpx(sms_emulator):
    there = sms_emulator["tencent"]
    request = theirs.SendSmsRequest()
    request.SmsSdkAppId, request.SignName = "1400006666", there.signatures["shop"]
    request.TemplateId = there.ids["login_code"]
    request.TemplateParamSet, request.PhoneNumberSet = ["4711", "5"], ["13800138000"]
    async def send():
        key = Credential(there.key.id, there.key.secret)
        async with sms_client_async.SmsClient(key, "ap-guangzhou") as sms:
            return await sms.SendSms(request)
    [status] = asyncio.run(send()).SendStatusSet
    assert (status.Code, len(sms_emulator.outbox)) == ("Ok", 1)
    with pytest.raises(httpx.ConnectError, match="emulators only"):
        httpx.get(ELSEWHERE)

def test_a_copy_of_requests(sms_emulator):
    there = sms_emulator["aliyun"]
    request = CommonRequest()
    request.set_domain("dysmsapi.aliyuncs.com")
    request.set_version("2017-05-25")
    request.set_action_name("SendSms")
    fields = {
        "PhoneNumbers": "13800138000", "SignName": there.signatures["shop"],
        "TemplateCode": there.ids["login_code"], "TemplateParam": '{"code":"004711"}'}
    for name, value in fields.items():
        request.add_query_param(name, value)
    acs = AcsClient(there.key.id, there.key.secret, "cn-hangzhou")
    assert json.loads(acs.do_action_with_exception(request))["Code"] == "OK"
    request.set_domain("sts.aliyuncs.com")
    with pytest.raises(Exception, match="emulators only"):
        acs.do_action_with_exception(request)

def test_what_fails_shows_no_whole_number(sms_emulator):
    test_a_copy_of_requests(sms_emulator)
    assert "13800138000" not in repr(sms_emulator.outbox)
    assert "004711" in repr(sms_emulator.outbox)
    with pytest.raises(KeyError, match="aliyun, tencent|tencent, aliyun"):
        sms_emulator["nobody"]
""")
    done = run_pytest(shop)
    assert "4 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh_CN.UTF-8", ("有多个服务商", "没有发往这个号码")),
        ("C.UTF-8", ("several providers", "no message was sent")),
    ],
)
def test_it_speaks_the_language_of_the_locale(
    locale: str, words: tuple[str, str], shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with a test, or with the project, in the words of the command."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LANGUAGE", raising=False)
    several, nothing = words
    (shop / "test_shop.py").write_text(
        f"""
import pytest

def test_words(sms_emulator):
    with pytest.raises(LookupError, match="{several}"):
        sms_emulator.endpoint
    with pytest.raises(LookupError, match="{nothing}"):
        sms_emulator.reply("13800138000", "R")
""",
        encoding="utf-8",
    )
    done = run_pytest(shop)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    (shop / "sms" / "smsform.yaml").write_text("smsform: 7\n", encoding="utf-8")
    done = run_pytest(shop)
    assert "1 error" in done.stdout
    assert "Traceback" not in done.stdout
    assert "smsform.yaml:1:10" in done.stdout
    chinese = re.search("[\u4e00-\u9fff]", done.stdout.partition("ERRORS")[2])
    assert bool(chinese) is locale.startswith("zh"), done.stdout
    (shop / "sms" / "smsform.yaml").unlink()
    done = run_pytest(shop)
    assert "1 error" in done.stdout
    assert "Traceback" not in done.stdout
    assert "smsform.yaml" in done.stdout
    assert "smsform_project" in done.stdout  # pytest has no -C
    assert "-C" not in done.stdout


def test_without_the_fixture_nothing_happens(tmp_path: Path) -> None:
    """No project, no key in the environment, nothing loaded but the plugin."""
    (tmp_path / "test_other.py").write_text("""
import os, sys

def test_nothing():
    assert "smsform.registry" not in sys.modules
    assert not any("smsformEmulator" in value for value in os.environ.values())
""")
    done = run_pytest(tmp_path)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_published_ids_stay(shop: Path) -> None:
    """What the state file knows is what the emulator has: generated code works."""
    smsform = [sys.executable, "-m", "smsform", "-C", "sms"]
    for command in (
        ["apply", "--auto-approve"],
        ["status"],
        ["status"],
        ["apply", "--auto-approve"],
        ["status"],
        ["status"],
    ):
        subprocess.run([*smsform, *command], cwd=shop, capture_output=True, check=False)
    (shop / "test_shop.py").write_text("""
import json, subprocess, sys

def test_ids(sms_emulator):
    said = subprocess.run([sys.executable, "-m", "smsform", "-C", "sms", "ids"],
                          capture_output=True, text=True).stdout
    known = json.loads(said)["providers"]
    assert known
    for name, kinds in known.items():
        for key, each in kinds["template"].items():
            assert sms_emulator[name].ids[key] == each["id"]
""")
    done = run_pytest(shop)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
