"""Words that describe rows, and what happened to rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, link


class Taxonomy(Base):
    """A set of words to describe with."""

    __tablename__ = "taxonomy"

    name: Mapped[str] = mapped_column(comment="Name of the taxonomy.")
    description: Mapped[str] = mapped_column(comment="What it describes.")
    uri: Mapped[str | None] = mapped_column(comment="Where it is published.")
    version: Mapped[str | None] = mapped_column(comment="Its version.")


class TaxonomyTerm(Base):
    """One word of a taxonomy."""

    __tablename__ = "taxonomy_term"

    code: Mapped[str | None] = mapped_column(comment="Code of the term.")
    name: Mapped[str] = mapped_column(comment="The term itself.")
    description: Mapped[str] = mapped_column(comment="What it means.")
    parent_id: Mapped[str | None] = mapped_column(
        index=True, comment="The wider term; not checked, it may be unknown here."
    )
    taxonomy: Mapped[str | None] = mapped_column(
        comment="Name of the taxonomy where it has no row."
    )
    language: Mapped[str | None] = mapped_column(comment="Language of the term.")
    taxonomy_id: Mapped[str | None] = link(
        "taxonomy", on_delete="RESTRICT", comment="The taxonomy it belongs to."
    )
    term_uri: Mapped[str | None] = mapped_column(comment="Where the term is published.")


class Attribute(Base):
    """A term said of a row of any table."""

    __tablename__ = "attribute"

    link_id: Mapped[str] = mapped_column(index=True, comment="Which row.")
    taxonomy_term_id: Mapped[str] = link(
        "taxonomy_term", on_delete="RESTRICT", comment="What is said of it."
    )
    link_type: Mapped[str | None] = mapped_column(comment="What the term describes.")
    link_entity: Mapped[str] = mapped_column(comment="Table of the row.")
    value: Mapped[str | None] = mapped_column(comment="The value, where the term needs one.")


class Metadata(Base):
    """A change of a row of any table."""

    __tablename__ = "metadata"

    resource_id: Mapped[str] = mapped_column(index=True, comment="Which row changed.")
    resource_type: Mapped[str] = mapped_column(comment="Table of the row.")
    last_action_date: Mapped[date] = mapped_column(comment="Day of the change.")
    last_action_type: Mapped[str] = mapped_column(comment="What was done.")
    field_name: Mapped[str] = mapped_column(comment="Which column.")
    previous_value: Mapped[str] = mapped_column(comment="Its value before.")
    replacement_value: Mapped[str] = mapped_column(comment="Its value after.")
    updated_by: Mapped[str] = mapped_column(comment="Who changed it.")


class MetaTableDescription(Base):
    """What a table of a file is written in."""

    __tablename__ = "meta_table_description"

    name: Mapped[str | None] = mapped_column(comment="Name of the table.")
    language: Mapped[str | None] = mapped_column(comment="Its language.")
    character_set: Mapped[str | None] = mapped_column(comment="Its character set.")
