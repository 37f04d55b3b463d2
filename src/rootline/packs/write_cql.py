"""A library in the two forms that systems run: CQL text for people and translators, ELM for engines.

Both are written from the same definitions by `readers/cql` and `readers/elm`; what they hold is not decided here.
"""

from __future__ import annotations

from rootline.logic.tree import Any
from rootline.logic.values import YES_NO, Amount, FactType
from rootline.packs.cql_library import Library, Parameter
from rootline.readers.cql import cql, operand, quoted
from rootline.readers.elm import SYSTEM, Elm, elm, reference


def as_cql(library: Library) -> str:
    """The library as CQL 1.5 text. Raises `PackError` for an amount that CQL cannot say."""
    names = library.names
    blocks = [
        "".join(_comment(line) for line in library.says)
        + f"library {library.name} version {quoted(library.version, chr(39))}",
        "\n".join(
            f"{_comment(one.says)}parameter {quoted(one.fact)} {_type(one.type)} default null as {_type(one.type)}"
            for one in library.parameters
        ),
        "context Unfiltered",
        *(
            f"// What was found outweighs what was told.\ndefine {quoted(names.of_fact(fact))}:\n"
            f"  ({operand(Any(nodes), names, 4)} is true) or {quoted(fact)}"
            for fact, nodes in library.findings.items()
        ),
        *(
            f"{_comment(one.says)}define {quoted(one.name)}:\n  {cql(one.when, names, 4).lstrip()}"
            for one in library.definitions
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def _comment(text: str) -> str:
    return f"// {' '.join(text.split())}\n" if text else ""


def _type(type_: FactType) -> str:
    if isinstance(type_, Amount):
        return "Decimal"
    return "Boolean" if type_ == YES_NO else "String"


def as_elm(library: Library) -> Elm:
    """The library as ELM, ready for JSON. Raises `PackError` for an amount that CQL cannot say."""
    names = library.names
    found = [
        _define(
            names.of_fact(fact),
            {"type": "Or", "operand": [{"type": "IsTrue", "operand": elm(Any(nodes), names)}, reference(fact, names)]},
        )
        for fact, nodes in library.findings.items()
    ]
    notes = [{"name": "note", "value": line} for line in library.says]
    return {
        "library": {
            "annotation": [{"type": "Annotation", "t": notes}],
            "identifier": {"id": library.name, "version": library.version},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {"def": [{"localIdentifier": "System", "uri": "urn:hl7-org:elm-types:r1"}]},
            "contexts": {"def": [{"name": "Unfiltered"}]},
            "parameters": {"def": [_parameter(one) for one in library.parameters]},
            "statements": {"def": [*found, *(_define(one.name, elm(one.when, names)) for one in library.definitions)]},
        }
    }


def _define(name: str, expression: Elm) -> Elm:
    return {"name": name, "context": "Unfiltered", "accessLevel": "Public", "expression": expression}


def _parameter(one: Parameter) -> Elm:
    type_ = {"type": "NamedTypeSpecifier", "name": f"{SYSTEM}{_type(one.type)}"}
    # without a typed null as default, an engine may take an omitted parameter for an object, which counts as true
    default = {"type": "As", "strict": False, "operand": {"type": "Null"}, "asTypeSpecifier": type_}
    return {"name": one.fact, "accessLevel": "Public", "default": default, "parameterTypeSpecifier": type_}
