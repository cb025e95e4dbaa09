"""The field of languages: those that matter here are ticked, any other is written by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from console.forms.field import Body, Field, FieldFaultsError, Situation, Values, get, one
from console.translation import _

_NEAR = 12  # languages that are offered for ticking


@dataclass(frozen=True)
class Languages(Field):
    """Languages: those that matter here are ticked, any other is written by its name."""

    kind: ClassVar[str] = "languages"

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the tags."""
        return {self.name: sorted(get(body, self.path) or [])}

    def own(self, values: Values) -> dict[str, list[str]]:
        """Return the tags in a fixed order."""
        return {name: sorted(given) for name, given in super().own(values).items()}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the tags, new ones last. Raises FieldFaultsError: there is no such language."""
        ticked = [*values.get(self.name, [])]
        tags = {name.casefold(): tag for tag, name in situation.languages.items()}
        for written in one(values, self._other).replace("\n", ",").split(","):
            name = written.strip().casefold()
            if name and name not in tags and written.strip() not in situation.languages:
                words = _("We do not know the language “%(name)s”.") % {"name": written.strip()}
                raise FieldFaultsError({self._other: words})
            if name:
                ticked.append(tags.get(name, written.strip()))
        before = [tag for tag in get(body, self.path) or [] if tag in ticked]
        return [*dict.fromkeys([*before, *ticked])]

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the names of the languages."""
        return [situation.languages.get(tag, tag) for tag in get(body, self.path) or []]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the tags as options, and what was written beside them."""
        ticked = [*values.get(self.name, [])]
        near = [*dict.fromkeys([*ticked, *[*situation.languages][:_NEAR]])]
        return {
            "values": ticked,
            "options": [(tag, situation.languages.get(tag, tag)) for tag in near],
            "other": self._other,
            "other_value": one(values, self._other),
        }

    @property
    def _other(self) -> str:
        return f"{self.name}.other"
