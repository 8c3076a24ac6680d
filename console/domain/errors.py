"""The one way the domain says no: a code and its facts; the words live above."""


class Refused(Exception):  # noqa: N818  a refusal is an answer, not a fault
    """An act that may not be done now.

    `code` is lower_snake and stable; `facts` fill the words of that code (console.words).
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and (self.code, self.facts) == (other.code, other.facts)

    def __hash__(self) -> int:
        return hash(self.code)

    def __str__(self) -> str:
        named = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({named})" if named else self.code
