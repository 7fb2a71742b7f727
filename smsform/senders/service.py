"""What the services' parts share: an argument from its definition."""

from __future__ import annotations

from smsform.model import Parameter, Template
from smsform.senders.model import Argument, ValueCheck, ValueType

FORMS = {"number": ValueType.INTEGER, "money": ValueType.DECIMAL}


def described(
    name: str,
    native: str,
    check: ValueCheck,
    parameter: Parameter | None,
    template: Template | None,
) -> Argument:
    """An argument with what the definition says of it.

    A ``max_length`` narrows the check. An empty sample allows empty values.
    """
    if parameter is None or template is None:
        return Argument(name, native, check)
    most = [each for each in (check.maximum, parameter.max_length) if each]
    samples = [case.get(parameter.name) for case in template.sample_values().values()]
    check = check._replace(
        maximum=min(most, default=0), minimum=0 if "" in samples else check.minimum
    )
    return Argument(
        name,
        native,
        check,
        FORMS.get(parameter.kind, ValueType.TEXT),
        parameter.sample,
        parameter.description,
    )
