"""PHP, C# and C++: against the declarations of ``declarations/``, not the real SDKs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sender_worlds import Send
from workshops import HERE, Case, Workshop

from smsform.senders.languages.cpp import message as cpp_message
from smsform.senders.languages.csharp import message as csharp_message
from smsform.senders.names import NamedFunction
from toolchains import lacking

DECLARED = HERE / "declarations"


class Php(Workshop):
    """PHP 8 from the command line."""

    name = "php"
    compiled = False

    def unavailable(self) -> str:
        return lacking("php")

    def names(self, case: Case) -> Mapping[str, str]:
        return {"package": case.name, "stem": case.name}

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = "".join(f", {n}: {v}" for n, _, v in self.given(function, send))
        number = self.card.literal(send.number)
        return f"fn ($sms) => $sms->{function.name}([{number}]{values})"

    def required(self, case: Case, call: str) -> str:
        return f"{call}->requireOk()"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        required = [*sorted((DECLARED / "php").glob("*.php"))]
        required += [self.path(case) for case, _ in cases]
        loaded = "".join(f"require '{path}';\n" for path in required)
        table = "".join(
            f"  '{case.name}' => ['{case.name}\\Sms', [{','.join(calls)}]],\n"
            for case, calls in cases
        )
        return {"program.php": f"<?php\n{loaded}$cases = [\n{table}];\n{PHP}"}

    def compile(self, cases: Sequence[Case]) -> None:
        for case in cases:
            self.judge(["php", "-l", str(self.path(case))])
        # PHP without a php.ini shows arguments in the trace of an error.
        shown = ("exception_ignore_args=0", "exception_string_param_max_len=1000")
        options = ["display_errors=stderr", *(f"zend.{each}" for each in shown)]
        given = [word for each in options for word in ("-d", each)]
        self.command = ["php", *given, "program.php"]


PHP = r"""
[$class, $calls] = $cases[$argv[1]];
$sms = new $class(endpoint: $argv[2]);
foreach ($calls as $call) {
    try {
        $result = $call($sms);
        $codes = array_map(fn ($each) => $each->code, $result->receipts);
        $told = ['ok' => $result->ok(), 'codes' => $codes];
    } catch (Throwable $error) {
        $text = '';
        for ($each = $error; $each !== null; $each = $each->getPrevious()) {
            $text .= get_class($each) . ' ' . $each->getMessage() . "\n";
            $text .= print_r($each->getTrace(), true);
        }
        $kind = (new ReflectionClass($error))->getShortName();
        $unclear = $error->unclear ?? null;
        $told = ['error' => $kind, 'text' => $text, 'unclear' => $unclear];
    }
    echo json_encode($told), "\n";
}
"""


class CSharp(Workshop):
    """C# by Mono's compiler; every warning is an error."""

    name = "csharp"
    runs = False

    def unavailable(self) -> str:
        return lacking("mcs", "mono")

    def names(self, case: Case) -> Mapping[str, str]:
        return {"package": case.name, "stem": case.name}

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = "".join(f".{n}({v})" for n, _, v in self.given(function, send))
        made = f"{case.name}.Sms.New{csharp_message(function.function.key)}(){values}"
        number = self.card.literal(send.number)
        return f"sms.{function.name}(new[] {{ {number} }}, {made})"

    def required(self, case: Case, call: str) -> str:
        return f"{call}.RequireOk()"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        runs, switch = "", ""
        for case, calls in cases:
            lines = "".join(
                f"        Program.Told(() => Answer({call}));\n" for call in calls
            )
            runs += CSHARP_CASE.replace("NAME", case.name).replace("CALLS\n", lines)
            switch += f'        if (args[0] == "{case.name}") '
            switch += f"Run_{case.name}.Run(args[1]);\n"
        return {"Program.cs": CSHARP.replace("SWITCH\n", switch) + runs}

    def compile(self, cases: Sequence[Case]) -> None:
        sources = [str(self.path(case)) for case in cases]
        self.judge(
            [
                "mcs",
                "-langversion:6",
                "-warn:4",
                "-warnaserror",
                "-out:program.exe",
                "Program.cs",
                *sources,
                *map(str, sorted((DECLARED / "csharp").glob("*.cs"))),
            ]
        )
        self.command = ["mono", "program.exe"]


CSHARP = r"""
using System;
using System.Linq;

static class Program
{
    static void Main(string[] args)
    {
SWITCH
    }

    public static void Told(Func<string> call)
    {
        try
        {
            Console.WriteLine(call());
        }
        catch (Exception error)
        {
            var field = error.GetType().GetProperty("Unclear");
            object found = field == null ? "null" : field.GetValue(error);
            string unclear = found.ToString().ToLower();
            string text = "";
            for (Exception each = error; each != null; each = each.InnerException)
                text += each.GetType() + " " + each.Message + "\n";
            string kind = error.GetType().Name.Replace("Exception", "");
            Console.WriteLine("{\"error\": " + Json(kind) + ", \"text\": " + Json(text)
                + ", \"unclear\": " + unclear + "}");
        }
    }

    public static string Json(string text)
    {
        var codes = text.Select(c => string.Format("\\u{0:x4}", (int)c));
        return "\"" + string.Concat(codes) + "\"";
    }
}
"""
CSHARP_CASE = """
static class Run_NAME
{
    static string Answer(NAME.Result result)
    {
        return "{\\"ok\\": " + result.Ok.ToString().ToLower() + "}";
    }

    public static void Run(string endpoint)
    {
        var sms = new NAME.Sms(new NAME.Settings { Endpoint = endpoint });
CALLS
    }
}
"""


class Cpp(Workshop):
    """C++17; every warning is an error."""

    name = "cpp"
    runs = False

    def unavailable(self) -> str:
        return lacking("g++")

    def names(self, case: Case) -> Mapping[str, str]:
        return {"package": case.name, "stem": case.name}

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = "".join(f".{n}({v})" for n, _, v in self.given(function, send))
        made = f"{case.name}::{cpp_message(function.function.key)}<>(){values}"
        number = self.card.literal(send.number)
        return f"sms.{function.name}({{{number}}}, {made})"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        includes, runs, switch = "", "", ""
        for case, calls in cases:
            includes += f'#include "{case.name}.h"\n'
            lines = "".join(f"  told([&] {{ {call}; }});\n" for call in calls)
            runs += CPP_CASE.replace("NAME", case.name).replace("CALLS\n", lines)
            switch += f'  if (asked == "{case.name}") run_{case.name}(argv[2]);\n'
        main = CPP_MAIN.replace("SWITCH\n", switch)
        return {"program.cpp": f"{includes}{CPP}{runs}{main}"}

    def compile(self, cases: Sequence[Case]) -> None:
        self.judge(
            [
                "g++",
                "-std=c++17",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-O0",
                "-I.",
                f"-I{DECLARED / 'cpp'}",
                "program.cpp",
                str(DECLARED / "cpp" / "answers.cpp"),
                "-o",
                "program",
            ]
        )
        self.command = [str(self.folder / "program")]


CPP = r"""
#include <cstdio>
#include <iostream>

std::string json(const std::string& text) {
  std::string out = "\"";
  for (const unsigned char c : text) {
    char code[8];
    std::snprintf(code, sizeof code, "\\u%04x", c);
    out += code;
  }
  return out + "\"";
}

void failed(const char* kind, const std::string& text, const char* unclear) {
  std::cout << "{\"error\": " << json(kind) << ", \"text\": " << json(text)
            << ", \"unclear\": " << unclear << "}\n";
}
"""
CPP_CASE = """
template <typename F>
void answer_NAME(F call) {
  try {
    call();
    std::cout << "{}\\n";
  } catch (const NAME::InvalidValue& error) {
    failed("InvalidValue", error.what(), "null");
  } catch (const NAME::SendFailed& error) {
    failed("SendFailed", error.what(), error.unclear ? "true" : "false");
  }
}

void run_NAME(const std::string& endpoint) {
  NAME::Settings settings;
  settings.endpoint = endpoint;
  const NAME::Sms sms(settings);
  const auto told = [](auto call) { answer_NAME(call); };
CALLS
}
"""
CPP_MAIN = """
int main(int, char** argv) {
  const std::string asked = argv[1];
SWITCH
}
"""

DECLARED_WORKSHOPS: Mapping[str, type[Workshop]] = {
    each.name: each for each in (Php, CSharp, Cpp)
}
