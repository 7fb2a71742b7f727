"""Reading drafts back as files: none may differ from the entry it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.definitions import Definitions
from smsform.drafts.layout import one_line
from smsform.drafts.notes import at_provider
from smsform.drafts.reading import Read, TargetProject, errors, read_back
from smsform.drafts.surroundings import reach
from smsform.drafts.values import (
    Cause,
    ChosenEntry,
    Draft,
    Join,
    SkippedEntry,
    SkipReason,
)
from smsform.errors import Problem
from smsform.model import (
    Address,
    Definition,
    Desired,
    Existing,
    Kind,
    Review,
    Signature,
    Template,
)
from smsform.plan.equality import Owned, review_only_equal, shown, unowned_equal
from smsform.plan.taking import remembered
from smsform.provider import Context
from smsform.state.memory import Slot
from smsform.validate import check
from smsform.words import say


class Proof(Struct):
    """The drafts that are right and what each wants; the entries of those that are not.

    ``apart`` are picks that cannot share a definition, by provider, kind and id, with
    the reason.
    """

    drafts: list[Draft] = field(default_factory=list)
    wanted: dict[Address, Desired] = field(default_factory=dict)
    left: list[tuple[str, SkippedEntry]] = field(default_factory=list)
    apart: dict[tuple[str, Kind, str], Join] = field(default_factory=dict)


def prove(drafts: Sequence[Draft], ground: TargetProject) -> Proof:
    """Read *drafts* back and compare them with their entries.

    An approved text that rules would refuse now is stated verbatim: then rules only
    warn.
    """
    read, lost = read_back(drafts, ground)
    kept = [_as_reviewed(draft, read, ground) for draft in drafts]
    if kept != [*drafts]:
        drafts = kept
        read, lost = read_back(drafts, ground)
    refused = _refused(drafts, read, ground)
    if refused:
        drafts = [_as_approved(each, refused, ground) for each in drafts]
        read, lost = read_back(drafts, ground)
    proof, names = Proof(), _names(read, ground)
    for draft in drafts:
        _prove(draft, read.get((draft.kind, draft.key)), lost, names, ground, proof)
    return proof


def _names(read: Read, ground: TargetProject) -> Mapping[str, str]:
    """The names of all signatures by key."""
    signatures = {
        **ground.definitions.signatures,
        **{key: each for (_, key), each in read.items() if isinstance(each, Signature)},
    }
    return {key: each.name for key, each in signatures.items()}


def _as_reviewed(draft: Draft, read: Read, ground: TargetProject) -> Draft:
    """*draft* without its signature, where a rejected entry was reviewed without it."""
    template = read.get((draft.kind, draft.key))
    rejected = any(p.entry.review is Review.REJECTED for p in draft.unit.picks)
    if (
        not (rejected and draft.is_new and isinstance(template, Template))
        or not template.signature
    ):
        return draft
    names = _names(read, ground)
    for at, pick in draft.addresses():
        spec = ground.spec(pick.provider)
        context = Context(
            ground.config.providers[pick.provider], ground.evidence, names
        )
        want = spec.desired(at, template, context)
        bare = spec.desired(at, replace(template, signature=None), context)
        differ = _differing(pick.entry, want, spec, strict=True)
        if len(_differing(pick.entry, bare, spec, strict=True)) < len(differ):
            assert isinstance(draft.definition, Template)
            unsigned = replace(draft.definition, signature=None)
            check = tuple(what for what in draft.check if what != "signature")
            return replace(draft, definition=unsigned, check=check)
    return draft


def _prove(
    draft: Draft,
    read: Definition | None,
    lost: Mapping[Slot, str],
    names: Mapping[str, str],
    ground: TargetProject,
    proof: Proof,
) -> None:
    """Put *draft* into the right list of *proof*."""
    alone = draft.is_new and len(draft.unit.picks) == 1
    wrong: dict[tuple[str, Kind, str], Join] = {}
    wanted = {}
    for at, pick in draft.addresses():
        if read is None:
            what = lost.get((draft.kind, draft.key), "")
            wrong[pick.named] = Join(Cause.UNREADABLE, what)
            continue
        spec = ground.spec(pick.provider)
        provider = ground.config.providers[pick.provider]
        want = spec.desired(at, read, Context(provider, ground.evidence, names))
        wanted[at] = want
        if differ := _differing(pick.entry, want, spec, strict=not alone):
            wrong[pick.named] = Join(Cause.DIFFERS, ", ".join(differ))
    if read is not None and draft.changes and not _as_before(draft, read, ground):
        wrong |= {pick.named: Join(Cause.DIFFERS) for pick in draft.unit.picks}
    if not wrong:
        proof.drafts.append(draft)
        proof.wanted |= wanted
    elif alone:
        [pick] = draft.unit.picks
        what = say("drafts.reads_differently")
        if wrong[pick.named].cause is Cause.UNREADABLE:
            what = wrong[pick.named].what or what
        for entry in (*pick.beside, pick.entry):
            proof.left.append(
                (pick.provider, SkippedEntry(entry, SkipReason.UNWRITABLE, what))
            )
    else:
        proof.apart |= wrong


def _differing(
    entry: Existing, want: Desired, spec: ProviderSpec, strict: bool
) -> list[str]:
    """The attributes in which a definition differs from *entry*.

    When *strict*, a rejected entry must have told reviewers the same: otherwise the
    next plan would submit it again.
    """
    kind = spec.kinds[entry.kind]
    if not entry.serves(want.international):
        return ["international"]
    if not unowned_equal(kind, entry, want):
        visible = shown(kind, entry, {})
        return [name for name in visible if visible[name] != want.delivered[name]] or [
            kind.name
        ]
    if not strict or entry.review is not Review.REJECTED or want.lookup_only:
        return []
    owned = Owned(remembered(kind, entry, want, 0.0), entry)
    if review_only_equal(kind, owned, want):
        return []
    seen = entry.attributes
    return [
        name
        for name in kind.review_only
        if name in want.review_only and seen.get(name) != want.review_only[name]
    ]


def _as_before(draft: Draft, read: Definition, ground: TargetProject) -> bool:
    """Whether the definition wants what it did at the providers it went to before."""
    base = draft.unit.base
    assert base is not None
    names = {key: each.name for key, each in ground.definitions.signatures.items()}
    for name in reach(base, ground.config):
        if draft.pick(name) is None:
            spec, at = ground.spec(name), Address(name, draft.kind, draft.key)
            context = Context(ground.config.providers[name], ground.evidence, names)
            before = spec.desired(at, base, context)
            if spec.desired(at, read, context).delivered != before.delivered:
                return False
    return True


# --- texts that rules refuse by now -------------------------------------------------

RefusedTexts = Mapping[
    str, Sequence[tuple[str, Problem]]
]  # key -> providers and problems


def _refused(
    drafts: Sequence[Draft], read: Read, ground: TargetProject
) -> RefusedTexts:
    """Approved texts, not verbatim yet, that a service's rules would refuse now."""
    signatures = dict(ground.definitions.signatures)
    templates, by_key = {}, {}
    for draft in drafts:
        definition = read.get((draft.kind, draft.key))
        if isinstance(definition, Signature):
            signatures[definition.key] = definition
        elif definition is not None and draft.is_new:
            templates[definition.key] = definition
            by_key[definition.key] = draft
    problems = check(
        Definitions(signatures, templates, ()),
        replace(ground.config, strict=False, lint_ignore=frozenset()),
        ground.specs,
    )
    refused: dict[str, list[tuple[str, Problem]]] = {}
    for problem in errors(problems):
        key = problem.address.partition(f"{Kind.TEMPLATE}.")[2]
        # A text that breaks a rule for everybody breaks it in any spelling.
        for name in problem.provider.split(", ") if problem.provider else ():
            template = by_key.get(key)
            if template is not None and _may_state(template, name, ground):
                refused.setdefault(key, []).append((name, problem))
    return refused


def _may_state(draft: Draft, provider: str, ground: TargetProject) -> bool:
    """Whether a provider's text is approved there and not stated verbatim yet."""
    pick = draft.pick(provider)
    return (
        pick is not None
        and pick.entry.review is Review.APPROVED
        and "native" not in _own(draft.definition, ground.spec(provider).type)
    )


def _as_approved(draft: Draft, refused: RefusedTexts, ground: TargetProject) -> Draft:
    """*draft* with its text as the services have it where they would refuse it."""
    template = draft.definition
    if not isinstance(template, Template) or template.key not in refused:
        return draft
    stated, notes = dict(template.overrides), [*draft.notes]
    for pick, problem in _first_of_each(draft, refused[template.key]):
        type = ground.config.providers[pick.provider].type
        if "native" not in _own(template, type):
            stated[type] = {"native": ground.text(pick), **_own(template, type)}
            what = one_line(problem.message)
            note = say("drafts.approved", rule=problem.rule, what=what)
            notes.append(at_provider(draft.unit, pick, note))
    everywhere = {ground.config.providers[name].type for name in draft.unit.providers}
    template = replace(template, overrides=stated)
    if all("native" in _own(template, type) for type in everywhere):
        template = replace(template, content=())
    return replace(draft, definition=template, notes=tuple(notes))


def _own(definition: Definition, type: str) -> Mapping[str, object]:
    """What a definition says below a type."""
    return definition.overrides.get(type, {})


def _first_of_each(
    draft: Draft, refused: Sequence[tuple[str, Problem]]
) -> Iterator[tuple[ChosenEntry, Problem]]:
    first: dict[str, Problem] = {}
    for name, problem in refused:
        first.setdefault(name, problem)
    for name, problem in first.items():
        if pick := draft.pick(name):
            yield pick, problem
