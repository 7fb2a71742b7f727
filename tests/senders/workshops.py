"""Languages as the tests use them: callers written, compiled once, and run.

A program takes a case and an endpoint, makes the calls of the case one by one and
prints a line of JSON for each: what came back, or the error with its whole chain.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from sender_worlds import Send

from smsform.senders.language import ProgrammingLanguage, language
from smsform.senders.languages.go import message as go_message
from smsform.senders.languages.go import value as go_value
from smsform.senders.languages.java import factory
from smsform.senders.model import Argument, Sender
from smsform.senders.names import NamedFunction, named
from smsform.senders.render import module
from toolchains import java_libraries, lacking, tool

HERE = Path(__file__).parent
NODE = Path(__file__).parents[1] / "node"
SOURCES = {".py", ".ts", ".js", ".java", ".go", ".php", ".cs", ".cpp", ".h"}


class Case(NamedTuple):
    """A generated module called *name*, and what a program sends with it.

    ``required``: a number that is refused is to be an error.
    """

    name: str
    sender: Sender
    templates: Path
    sends: Sequence[Send] = ()
    required: bool = False


class Workshop(ABC):
    """One language: how a call is written, and how a folder becomes a program."""

    name: ClassVar[str]
    runs: ClassVar[bool] = True
    compiled: ClassVar[bool] = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.card: ProgrammingLanguage = language(self.name)
        self.command: list[str] = []
        self.fresh = False
        folder.mkdir(parents=True, exist_ok=True)

    # --- what a language says ------------------------------------------------------

    def unavailable(self) -> str:
        """Why it cannot be tried here, "" where it can."""
        return ""

    def path(self, case: Case) -> Path:
        """Where the module of *case* lies."""
        return self.folder / f"{case.name}{self.card.suffix}"

    def names(self, case: Case) -> Mapping[str, str]:
        """Package and class of the module."""
        return {"package": "", "stem": case.name}

    @abstractmethod
    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        """One call, as an expression or a statement of the program."""

    @abstractmethod
    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        """The files of the program, with the calls of each case."""

    @abstractmethod
    def compile(self, cases: Sequence[Case]) -> None:
        """Make it runnable: one call of the compiler; sets ``command``."""

    # --- the same for all ----------------------------------------------------------

    def build(self, cases: Sequence[Case]) -> None:
        """Write modules and program, and compile them."""
        for case in cases:
            self.write(case)
        calls = [(case, self.calls(case)) for case in cases]
        for name, text in self.program(calls).items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.fresh = self._digest() == self._remembered()
        self.compile(cases)
        (self.folder / ".built").write_text(self._digest(), encoding="utf-8")

    def _digest(self) -> str:
        """Of all sources: what was built from the same need not be built again."""
        found = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if (
                path.suffix in SOURCES
                and path.is_file()
                and "node_modules" not in path.parts
            ):
                found.update(path.read_bytes())
        return found.hexdigest()

    def _remembered(self) -> str:
        mark = self.folder / ".built"
        return mark.read_text(encoding="utf-8") if mark.exists() else ""

    def judge(self, command: Sequence[str]) -> None:
        """Run a compiler, unless it has seen the very same."""
        if not self.fresh:
            tool(command, self.folder)

    def write(self, case: Case) -> None:
        """Put the module there."""
        path = self.path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = module(case.sender, self.card, case.templates, self.names(case))
        path.write_text(text, encoding="utf-8")

    def calls(self, case: Case) -> list[str]:
        """What the program does in *case*."""
        functions = {
            each.function.key: each for each in named(case.sender, self.card.convention)
        }
        calls = [self.call(case, functions[s.function.key], s) for s in case.sends]
        return [self.required(case, each) for each in calls] if case.required else calls

    def required(self, case: Case, call: str) -> str:
        """*call*, with the demand that no number is refused."""
        return f"{call}.require_ok()"

    def given(
        self, function: NamedFunction, send: Send
    ) -> list[tuple[str, Argument, str]]:
        """Identifier, argument and the value as a literal, in the callers' order."""
        return [
            (
                each.name,
                each.argument,
                self.card.literal(send.values[each.argument.name]),
            )
            for each in function.sorted
        ]

    def run(
        self, case: str, endpoint: str, keys: Mapping[str, str], **more: str
    ) -> list[dict[str, Any]]:
        """What the program printed for *case*."""
        environment = {**os.environ, **keys, **more}
        printed = tool([*self.command, case, endpoint], self.folder, environment)
        return [json.loads(line) for line in printed.splitlines()]


class Python(Workshop):
    """CPython; strictly typed."""

    name = "python"

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = "".join(f", {n}={v}" for n, _, v in self.given(function, send))
        number = self.card.literal(send.number)
        return f"sms.{function.name}([{number}]{values})"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        imports = "".join(f"import {case.name}\n" for case, _ in cases)
        table = ""
        for case, calls in cases:  # mypy looks into functions, not into every lambda
            sms, made = f"{case.name}.Sms", f"calls_{case.name}"
            table += f"{made}: list[Callable[[{sms}], {case.name}.Result]] = []\n"
            for call in calls:
                table += f"@{made}.append\ndef _(sms: {sms}) -> {case.name}.Result:\n"
                table += f"    return {call}\n"
        names = "".join(
            f"    {case.name!r}: ({case.name}.Sms, calls_{case.name}),\n"
            for case, _ in cases
        )
        return {
            "program.py": f"{PYTHON}{imports}{table}CASES: Any = {{\n{names}}}\n{MAIN}"
        }

    def compile(self, cases: Sequence[Case]) -> None:
        self.command = [sys.executable, "program.py"]
        self.judge(
            [
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "program.py",
                "--disable-error-code=import-untyped",
                "--cache-dir=.mypy_cache",
            ]
        )


PYTHON = """\
import json
import sys
from collections.abc import Callable
from typing import Any

"""
MAIN = """
def chain(error: BaseException | None) -> str:
    if error is None:
        return ""
    own = f"{error!r} {error} {error.args} {vars(error)}\\n"
    return own + chain(error.__cause__) + chain(error.__context__)

Sms, calls = CASES[sys.argv[1]]
sms = Sms(endpoint=sys.argv[2])
for call in calls:
    try:
        result = call(sms)
        told = {"ok": result.ok, "codes": [each.code for each in result.receipts]}
    except Exception as error:
        told = {"error": type(error).__name__, "text": chain(error)}
        told["unclear"] = getattr(error, "unclear", None)
    print(json.dumps(told))
"""


class Script(Workshop):
    """What both ways of using Node have in common."""

    def unavailable(self) -> str:
        if not (NODE / "node_modules" / "typescript").is_dir():
            return "run npm ci in tests/node"
        return lacking("node")

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = ", ".join(f"{n}: {v}" for n, _, v in self.given(function, send))
        number = self.card.literal(send.number)
        typed = f": {case.name}.Sms" if self.name == "typescript" else ""
        return f"(sms{typed}) => sms.{function.name}([{number}], {{ {values} }})"

    def required(self, case: Case, call: str) -> str:
        return f"{call}.then((result) => result.requireOk())"

    def table(self, cases: Sequence[tuple[Case, list[str]]]) -> str:
        """The calls of every case, by its name."""
        return "".join(
            f"  {case.name}: [{case.name}.Sms, [{', '.join(calls)}]],\n"
            for case, calls in cases
        )

    def compile(self, cases: Sequence[Case]) -> None:
        link = self.folder / "node_modules"
        if not link.is_symlink():
            link.symlink_to(NODE / "node_modules")
        self.command = ["node", "program.js"]


class Node(Script):
    """CommonJS, the way most servers are written."""

    name = "node"
    compiled = False

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        imports = "".join(
            f'const {case.name} = require("./{case.name}.js");\n' for case, _ in cases
        )
        table = f"const cases = {{\n{self.table(cases)}}};\n"
        return {"program.js": f"{imports}{table}{SCRIPT.replace(']!', ']')}"}


class TypeScript(Script):
    """Compiled by tsc at its strictest."""

    name = "typescript"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        imports = "".join(
            f'import * as {case.name} from "./{case.name}";\n' for case, _ in cases
        )
        table = f"const cases: any = {{\n{self.table(cases)}}};\n"
        script = SCRIPT
        for untyped, typed in TYPED:
            script = script.replace(untyped, typed)
        return {"program.ts": f"{imports}{table}{script}"}

    def compile(self, cases: Sequence[Case]) -> None:
        super().compile(cases)
        self.judge(
            [
                "node_modules/.bin/tsc",
                "--strict",
                "--noUncheckedIndexedAccess",
                "--exactOptionalPropertyTypes",
                "--noUnusedLocals",
                "--skipLibCheck",
                "--esModuleInterop",
                "--target",
                "es2022",
                "--module",
                "commonjs",
                "--types",
                "node,ws",
                "program.ts",
            ]
        )


SCRIPT = """
function chain(error) {
  if (!error) return "";
  const own = JSON.stringify(Object.getOwnPropertyNames(error).map((n) => error[n]));
  return `${error} ${error.message} ${own}\\n${chain(error.cause)}`;
}

async function main() {
  const [Sms, calls] = cases[process.argv[2]!];
  const sms = new Sms({ endpoint: process.argv[3]! });
  for (const call of calls) {
    let told;
    try {
      const result = await call(sms);
      told = { ok: result.ok, codes: result.receipts.map((each) => each.code) };
    } catch (error) {
      told = { error: error.name, text: chain(error), unclear: error.unclear };
    }
    console.log(JSON.stringify(told));
  }
}
main();
"""
TYPED = (
    ("chain(error) {", "chain(error: any): string {"),
    ("(each) => each.code", "(each: any) => each.code"),
    ("catch (error)", "catch (error: any)"),
    ("let told;", "let told: any;"),
)


class Java(Workshop):
    """Java 8 by a newer javac, with every warning an error."""

    name = "java"
    lint = "-Xlint:all"

    def unavailable(self) -> str:
        return lacking("javac", "java", "mvn")

    def path(self, case: Case) -> Path:
        return self.folder / case.name / "Sms.java"

    def names(self, case: Case) -> Mapping[str, str]:
        return {"package": case.name, "stem": "Sms"}

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        values = "".join(f".{n}({v})" for n, _, v in self.given(function, send))
        sms = f"{case.name}.Sms"
        made = f"{sms}.{factory(function.function.key)}(){values}"
        number = self.card.literal(send.number)
        return f"sms.{function.name}(Arrays.asList({number}), {made})"

    def required(self, case: Case, call: str) -> str:
        return f"{call}.requireOk()"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        found = {}
        switch = ""
        for case, calls in cases:
            sms = f"{case.name}.Sms"
            lines = "".join(f"    told(out, () -> answer({c}));\n" for c in calls)
            found[f"Run_{case.name}.java"] = JAVA_CASE.format(
                name=case.name, sms=sms, calls=lines
            )
            switch += f'    if (args[0].equals("{case.name}")) '
            switch += f"Run_{case.name}.run(args[1]);\n"
        return {**found, "Program.java": JAVA.replace("SWITCH", switch)}

    def compile(self, cases: Sequence[Case]) -> None:
        jars = java_libraries(self.folder)
        [self.formatter] = (
            jar for jar in jars if jar.name.startswith("google-java-format")
        )
        self.jars = os.pathsep.join(str(jar) for jar in jars if jar != self.formatter)
        sources = [str(path) for path in sorted(self.folder.rglob("*.java"))]
        self.javac(sources)
        self.command = ["java", "-cp", f"{self.jars}{os.pathsep}out", "Program"]

    def javac(self, sources: Sequence[str]) -> None:
        """Compile; every warning is an error."""
        self.judge(
            [
                "javac",
                "--release",
                "8",
                self.lint,
                "-Werror",
                "-encoding",
                "UTF-8",
                "-cp",
                self.jars,
                "-d",
                "out",
                *sources,
            ]
        )


JAVA_CASE = """\
import java.util.Arrays;

final class Run_{name} {{
  private Run_{name}() {{}}

  static void told(StringBuilder out, java.util.function.Supplier<String> call) {{
    Program.told(out, call);
  }}

  static String answer({sms}.Result result) {{
    StringBuilder codes = new StringBuilder();
    for ({sms}.Receipt each : result.receipts) {{
      codes.append(codes.length() == 0 ? "" : ", ").append(Program.json(each.code));
    }}
    return "{{\\"ok\\": " + result.isOk() + ", \\"codes\\": [" + codes + "]}}";
  }}

  static void run(String endpoint) {{
    {sms}.Settings settings = new {sms}.Settings();
    settings.endpoint = endpoint;
    {sms} sms = new {sms}(settings);
    StringBuilder out = new StringBuilder();
{calls}    System.out.print(out);
    System.out.flush();
    System.exit(0);
  }}
}}
"""
JAVA = """\
final class Program {
  private Program() {}

  public static void main(String[] args) throws Exception {
    System.setOut(new java.io.PrintStream(System.out, true, "UTF-8"));
SWITCH  }

  static void told(StringBuilder out, java.util.function.Supplier<String> call) {
    try {
      out.append(call.get()).append("\\n");
    } catch (RuntimeException error) {
      String unclear = "null";
      try {
        unclear = error.getClass().getField("unclear").get(error).toString();
      } catch (ReflectiveOperationException none) {
        unclear = "null";
      }
      StringBuilder chain = new StringBuilder();
      for (Throwable each = error; each != null; each = each.getCause()) {
        chain.append(each).append(' ').append(each.getMessage()).append('\\n');
        for (Throwable other : each.getSuppressed()) {
          chain.append(other);
        }
      }
      out.append("{\\"error\\": ").append(json(error.getClass().getSimpleName()));
      out.append(", \\"text\\": ").append(json(chain.toString()));
      out.append(", \\"unclear\\": ").append(unclear).append("}\\n");
    }
  }

  static String json(String text) {
    StringBuilder out = new StringBuilder("\\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\\\' || c > '~') {
        out.append(String.format("\\\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
"""


class Go(Workshop):
    """One module of Go, a package a case."""

    name = "go"

    def unavailable(self) -> str:
        return lacking("go")

    def path(self, case: Case) -> Path:
        return self.folder / case.name / "sms.go"

    def names(self, case: Case) -> Mapping[str, str]:
        return {"package": case.name, "stem": "sms"}

    def call(self, case: Case, function: NamedFunction, send: Send) -> str:
        key, package = function.function.key, case.name
        values = ", ".join(
            f"{package}.New{go_value(argument.name, key)}({literal})"
            for _, argument, literal in self.given(function, send)
        )
        number = self.card.literal(send.number)
        made = f"{package}.New{go_message(key)}({values})"
        return f"sms.{function.name}(ctx, []string{{{number}}}, {made})"

    def required(self, case: Case, call: str) -> str:
        return f"required_{case.name}({call})"

    def program(self, cases: Sequence[tuple[Case, list[str]]]) -> Mapping[str, str]:
        imports, runs, switch = "", "", ""
        for case, calls in cases:
            imports += f'\t"senders/{case.name}"\n'
            lines = "".join(
                f"\tanswer_{case.name}(func() ({case.name}.Result, error) "
                f"{{ return {call} }})\n"
                for call in calls
            )
            runs += GO_CASE.replace("NAME", case.name).replace("CALLS\n", lines)
            switch += f'\tcase "{case.name}":\n\t\trun_{case.name}(os.Args[2])\n'
        text = GO.replace("IMPORTS\n", imports).replace("SWITCH\n", switch)
        return {"program.go": text + runs}

    def compile(self, cases: Sequence[Case]) -> None:
        for name in ("go.mod", "go.sum"):
            shutil.copy(HERE / "go" / name, self.folder)
        self.judge(["go", "build", "-o", "program", "."])
        self.judge(["go", "vet", "./..."])
        self.command = [str(self.folder / "program")]


GO = """\
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

IMPORTS
)

var ctx = context.Background()

func main() {
	switch os.Args[1] {
SWITCH
	}
}

func say(told map[string]any) {
	line, _ := json.Marshal(told)
	fmt.Println(string(line))
}

func failed(err error, kind string, unclear any) {
	text := ""
	for each := err; each != nil; each = errors.Unwrap(each) {
		text += fmt.Sprintf("%v %#v\\n", each, each)
	}
	say(map[string]any{"error": kind, "text": text, "unclear": unclear})
}
"""
GO_CASE = """
func required_NAME(result NAME.Result, err error) (NAME.Result, error) {
	if err == nil {
		err = result.Err()
	}
	return result, err
}

func answer_NAME(call func() (NAME.Result, error)) {
	result, err := call()
	var invalid *NAME.InvalidValueError
	var send *NAME.SendError
	var refused *NAME.NotAcceptedError
	switch {
	case errors.As(err, &refused):
		failed(err, "NotAccepted", nil)
	case errors.As(err, &invalid):
		failed(err, "InvalidValue", nil)
	case errors.As(err, &send):
		failed(err, "SendFailed", send.Unclear)
	case err != nil:
		failed(err, "?", nil)
	default:
		codes := []string{}
		for _, each := range result.Receipts {
			codes = append(codes, each.Code)
		}
		say(map[string]any{"ok": result.OK(), "codes": codes})
	}
}

func run_NAME(endpoint string) {
	sms, err := NAME.New(NAME.Settings{Endpoint: endpoint})
	if err != nil {
		panic(err)
	}
CALLS
}
"""


WORKSHOPS: Mapping[str, type[Workshop]] = {
    each.name: each for each in (Python, TypeScript, Node, Java, Go)
}
