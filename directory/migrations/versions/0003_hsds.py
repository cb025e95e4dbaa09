"""All tables of HSDS 3.0, in a schema of their own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "hsds"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True)


_KINDS = {
    "text": sa.Text(),
    "number": sa.Numeric(),
    "date": sa.Date(),
    "time": sa.Time(),
    "moment": sa.DateTime(timezone=True),
    "status": one_of("service_status", "active", "inactive", "defunct", "temporarily closed"),
    "weekday": one_of("weekday", "MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "freq": one_of("frequency", "WEEKLY", "MONTHLY"),
    "placetype": one_of("place_type", "physical", "postal", "virtual"),
}
# Column, what it is or which table it refers to and what happens with the row when that goes,
# whether it must be there ("!") or has an index ("*"), what it says.
_TABLES = (
    (
        "organization",
        "Somebody who offers services.",
        (
            ("name", "text", "!", "Official name."),
            ("alternate_name", "text", "", "Another name it goes by."),
            ("description", "text", "!", "What it does; empty where nobody said."),
            ("email", "text", "", "Electronic mail of the organization."),
            ("website", "text", "", "Its home page."),
            ("tax_status", "text", "", "Tax status, as given."),
            ("tax_id", "text", "", "Tax number, as given."),
            ("year_incorporated", "number", "", "Year of foundation."),
            ("legal_status", "text", "", "Legal form, as given."),
            ("logo", "text", "", "Address of its logo."),
            ("uri", "text", "", "A lasting address that identifies it."),
            (
                "parent_organization_id",
                "text",
                "",
                "The organization it is part of; not checked, it may be unknown here.",
            ),
        ),
    ),
    (
        "organization_identifier",
        "A number by which others know an organization.",
        (
            ("organization_id", "organization CASCADE", "!*", "Whose number it is."),
            ("identifier_scheme", "text", "", "Code of the scheme, as org-id.guide has it."),
            ("identifier_type", "text", "!", "What kind of number it is."),
            ("identifier", "text", "!", "The number itself."),
        ),
    ),
    (
        "program",
        "Services of one organization under one heading.",
        (
            ("organization_id", "organization CASCADE", "!*", "Whose program it is."),
            ("name", "text", "!", "Name of the program."),
            ("alternate_name", "text", "", "Another name of the program."),
            ("description", "text", "!", "What the program does."),
        ),
    ),
    (
        "service",
        "Something people may come for.",
        (
            ("organization_id", "organization RESTRICT", "!*", "Who offers it."),
            ("program_id", "program SET NULL", "*", "The program it is part of."),
            ("name", "text", "!", "Name of the service."),
            ("alternate_name", "text", "", "Another name of the service."),
            ("description", "text", "", "What it offers."),
            ("url", "text", "", "Its page."),
            ("email", "text", "", "Electronic mail of the service."),
            ("status", "status", "!", "active, inactive, defunct or temporarily closed."),
            ("interpretation_services", "text", "", "Whether there are interpreters, in words."),
            ("application_process", "text", "", "How to get in, in words."),
            ("fees_description", "text", "", "What it costs, in words."),
            ("wait_time", "text", "", "How long one waits, in words."),
            ("fees", "text", "", "What it costs, as older files had it."),
            ("accreditations", "text", "", "Accreditations, as given."),
            ("eligibility_description", "text", "", "Who may come, in words."),
            ("minimum_age", "number", "", "Youngest age, in years."),
            ("maximum_age", "number", "", "Oldest age, in years."),
            ("assured_date", "date", "", "Day it was last verified."),
            ("assurer_email", "text", "", "Who verified it."),
            ("licenses", "text", "", "Licences, as given."),
            ("alert", "text", "", "A short notice about now."),
            ("last_modified", "moment", "", "Moment of the last change."),
        ),
    ),
    (
        "location",
        "A place, on the ground, for post or in a network.",
        (
            ("location_type", "placetype", "!", "physical, postal or virtual."),
            ("url", "text", "", "A page about the place."),
            ("organization_id", "organization SET NULL", "*", "Whose place it is."),
            ("name", "text", "", "Name of the place."),
            ("alternate_name", "text", "", "Another name of the place."),
            ("description", "text", "", "The place in words."),
            ("transportation", "text", "", "How to get there."),
            ("latitude", "number", "", "Degrees north, WGS 84."),
            ("longitude", "number", "", "Degrees east, WGS 84."),
            ("external_identifier", "text", "", "What another register calls it."),
            ("external_identifier_type", "text", "", "Which register that is."),
        ),
    ),
    (
        "service_at_location",
        "A service where it is offered.",
        (
            ("service_id", "service CASCADE", "!*", "What is offered."),
            ("location_id", "location CASCADE", "!*", "Where it is offered."),
            ("description", "text", "", "What is different here."),
        ),
    ),
    (
        "service_area",
        "The area whose people a service is for.",
        (
            ("service_id", "service CASCADE", "*", "The service."),
            ("name", "text", "", "Name of the area."),
            ("description", "text", "", "The area in words."),
            ("extent", "text", "", "Its outline."),
            ("extent_type", "text", "", "How the outline is written."),
            ("uri", "text", "", "An address that identifies the area."),
        ),
    ),
    (
        "schedule",
        "When something is open: a recurrence rule as RFC 5545 has it.",
        (
            ("service_id", "service CASCADE", "*", "Open hours of this service."),
            ("location_id", "location CASCADE", "*", "Open hours of this place."),
            (
                "service_at_location_id",
                "service_at_location CASCADE",
                "*",
                "Open hours of the service at this place.",
            ),
            ("valid_from", "date", "", "First day the rule holds."),
            ("valid_to", "date", "", "Last day the rule holds."),
            ("dtstart", "date", "", "DTSTART: first day of the recurrence."),
            ("timezone", "number", "", "Hours from UTC."),
            ("until", "date", "", "UNTIL: last day of the recurrence."),
            ("count", "number", "", "COUNT: how many times."),
            ("wkst", "weekday", "", "WKST: first day of the week."),
            ("freq", "freq", "", "FREQ: WEEKLY or MONTHLY."),
            ("interval", "number", "", "INTERVAL: every how many weeks or months."),
            ("byday", "text", "", "BYDAY: days, with commas."),
            ("byweekno", "text", "", "BYWEEKNO: weeks of the year."),
            ("bymonthday", "text", "", "BYMONTHDAY: days of the month."),
            ("byyearday", "text", "", "BYYEARDAY: days of the year."),
            ("description", "text", "", "The hours in words."),
            ("opens_at", "time", "", "Opens at."),
            ("closes_at", "time", "", "Closes at; 24:00 is the end of the day."),
            ("schedule_link", "text", "", "A page with the hours."),
            ("attending_type", "text", "", "How one attends."),
            ("notes", "text", "", "What else to know."),
        ),
    ),
    (
        "address",
        "A street or postal address of a place.",
        (
            ("location_id", "location CASCADE", "*", "The place."),
            ("attention", "text", "", "Whose attention to ask for."),
            ("address_1", "text", "!", "Street and number, or all of it in one line."),
            ("address_2", "text", "", "A second line."),
            ("city", "text", "!", "Town."),
            ("region", "text", "", "Region."),
            ("state_province", "text", "!", "State or province."),
            ("postal_code", "text", "!", "Postal code; empty where it is not known."),
            ("country", "text", "!", "ISO 3166-1 alpha-2."),
            ("address_type", "placetype", "!", "physical, postal or virtual."),
        ),
    ),
    (
        "accessibility",
        "What makes a place accessible.",
        (
            ("location_id", "location CASCADE", "*", "The place."),
            ("description", "text", "", "What there is."),
            ("details", "text", "", "More about it."),
            ("url", "text", "", "A page about it."),
        ),
    ),
    (
        "contact",
        "Whom to ask.",
        (
            ("organization_id", "organization CASCADE", "*", "Contact of this organization."),
            ("service_id", "service CASCADE", "*", "Contact of this service."),
            (
                "service_at_location_id",
                "service_at_location CASCADE",
                "*",
                "Contact of the service at this place.",
            ),
            ("location_id", "location CASCADE", "*", "Contact of this place."),
            ("name", "text", "", "Name of the person or desk."),
            ("title", "text", "", "Position."),
            ("department", "text", "", "Department."),
            ("email", "text", "", "Electronic mail of the contact."),
        ),
    ),
    (
        "phone",
        "A number to call or write to.",
        (
            ("location_id", "location CASCADE", "*", "Number of this place."),
            ("service_id", "service CASCADE", "*", "Number of this service."),
            ("organization_id", "organization CASCADE", "*", "Number of this organization."),
            ("contact_id", "contact CASCADE", "*", "Number of this contact."),
            (
                "service_at_location_id",
                "service_at_location CASCADE",
                "*",
                "Number of the service at this place.",
            ),
            ("number", "text", "!", "The number as it is written."),
            ("extension", "number", "", "Extension."),
            ("type", "text", "", "voice, text, fax, whatsapp and others."),
            ("description", "text", "", "When or for whom it is."),
        ),
    ),
    (
        "language",
        "A language that is spoken or interpreted.",
        (
            ("service_id", "service CASCADE", "*", "Languages of this service."),
            ("location_id", "location CASCADE", "*", "Languages of this place."),
            ("phone_id", "phone CASCADE", "*", "Languages of this number."),
            ("name", "text", "", "Name of the language."),
            ("code", "text", "", "Code of the language."),
            ("note", "text", "", "How it is offered."),
        ),
    ),
    (
        "funding",
        "Where the money comes from.",
        (
            ("organization_id", "organization CASCADE", "*", "Who gets it."),
            ("service_id", "service CASCADE", "*", "For which service."),
            ("source", "text", "", "Who pays, in words."),
        ),
    ),
    (
        "cost_option",
        "A price and for whom it is.",
        (
            ("service_id", "service CASCADE", "!*", "Price of this service."),
            ("valid_from", "date", "", "First day of the price."),
            ("valid_to", "date", "", "Last day of the price."),
            ("option", "text", "", "For whom or when."),
            ("currency", "text", "", "ISO 4217."),
            ("amount", "number", "", "How much."),
            ("amount_description", "text", "", "What it is for."),
        ),
    ),
    (
        "required_document",
        "A paper that is asked for.",
        (
            ("service_id", "service CASCADE", "*", "The service that asks."),
            ("document", "text", "", "Which paper."),
            ("uri", "text", "", "A page about it."),
        ),
    ),
    (
        "taxonomy",
        "A set of words to describe with.",
        (
            ("name", "text", "!", "Name of the taxonomy."),
            ("description", "text", "!", "What it describes."),
            ("uri", "text", "", "Where it is published."),
            ("version", "text", "", "Its version."),
        ),
    ),
    (
        "taxonomy_term",
        "One word of a taxonomy.",
        (
            ("code", "text", "", "Code of the term."),
            ("name", "text", "!", "The term itself."),
            ("description", "text", "!", "What it means."),
            ("parent_id", "text", "*", "The wider term; not checked, it may be unknown here."),
            ("taxonomy", "text", "", "Name of the taxonomy where it has no row."),
            ("language", "text", "", "Language of the term."),
            ("taxonomy_id", "taxonomy RESTRICT", "*", "The taxonomy it belongs to."),
            ("term_uri", "text", "", "Where the term is published."),
        ),
    ),
    (
        "attribute",
        "A term said of a row of any table.",
        (
            ("link_id", "text", "!*", "Which row."),
            ("taxonomy_term_id", "taxonomy_term RESTRICT", "!*", "What is said of it."),
            ("link_type", "text", "", "What the term describes."),
            ("link_entity", "text", "!", "Table of the row."),
            ("value", "text", "", "The value, where the term needs one."),
        ),
    ),
    (
        "metadata",
        "A change of a row of any table.",
        (
            ("resource_id", "text", "!*", "Which row changed."),
            ("resource_type", "text", "!", "Table of the row."),
            ("last_action_date", "date", "!", "Day of the change."),
            ("last_action_type", "text", "!", "What was done."),
            ("field_name", "text", "!", "Which column."),
            ("previous_value", "text", "!", "Its value before."),
            ("replacement_value", "text", "!", "Its value after."),
            ("updated_by", "text", "!", "Who changed it."),
        ),
    ),
    (
        "meta_table_description",
        "What a table of a file is written in.",
        (
            ("name", "text", "", "Name of the table."),
            ("language", "text", "", "Its language."),
            ("character_set", "text", "", "Its character set."),
        ),
    ),
)
# Beside those of HSDS: links to rows that nobody sent.
_LOOSE_LINK = (
    "loose_link",
    "A link to a row that is not there.",
    (
        ("row_table", "text", "!", "Table of the row that has the link."),
        ("row_id", "text", "!*", "The row that has the link."),
        ("column_name", "text", "!", "Its column."),
        ("target", "text", "!*", "The row that is not there."),
    ),
)


def upgrade() -> None:
    op.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
    for table, meaning, columns in (*_TABLES, _LOOSE_LINK):
        op.create_table(
            table,
            sa.Column("id", sa.Text, primary_key=True, comment="A UUID."),
            *(_column(*column) for column in columns),
            sa.Column(
                "ordinal",
                sa.Integer,
                server_default="0",
                nullable=False,
                comment="Position among its like in the file it came from.",
            ),
            schema=SCHEMA,
            comment=meaning,
        )


def downgrade() -> None:
    for table, _, _ in reversed((*_TABLES, _LOOSE_LINK)):
        op.drop_table(table, schema=SCHEMA)
    op.execute(sa.schema.DropSchema(SCHEMA))


def _column(name: str, kind: str, flags: str, meaning: str) -> sa.Column[object]:
    target, _, on_delete = kind.partition(" ")
    refers = [sa.ForeignKey(f"{SCHEMA}.{target}.id", ondelete=on_delete)] if on_delete else []
    made: Any = sa.Text() if on_delete else _KINDS[kind]
    return sa.Column(
        name,
        made,
        *refers,
        nullable="!" not in flags,
        index="*" in flags,
        comment=meaning,
    )
