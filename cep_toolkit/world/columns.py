"""The data dictionary: every column of every table, with its unit."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column of a public table."""

    name: str
    unit: str
    meaning: str


def _table(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


DECLARATIONS = _table(
    ("declaration_id", "", "number of the declaration (one item each)"),
    ("date", "day", "date of acceptance"),
    ("office", "", "Customs office of entry"),
    ("procedure", "", "procedure code, four digits"),
    ("importer_id", "", "importer; see traders"),
    ("declarant_id", "", "declarant; see declarants"),
    ("supplier_id", "", "seller; see suppliers"),
    ("hs", "", "subheading declared, HS 2022, six digits"),
    ("description", "", "goods as described by the declarant"),
    ("origin", "", "administration where the goods were made"),
    ("departure", "", "administration the goods were sent from"),
    ("preference", "", "100 none, 300 rate of a trade agreement claimed"),
    ("incoterm", "", "delivery term, Incoterms 2020"),
    ("transport_mode", "", "air, post, rail, road or sea, at the border"),
    ("packages", "count", "number of packages"),
    ("gross_mass_kg", "kg", "mass with packing"),
    ("net_mass_kg", "kg", "mass without packing"),
    ("supplementary_quantity", "see supplementary_unit", "quantity in the tariff's unit"),
    ("supplementary_unit", "", "kg, u (pieces), pa (pairs), l, m2 or m3"),
    ("invoice_number", "", "number of the commercial invoice"),
    ("invoice_currency", "", "currency of the invoice"),
    ("exchange_rate", "host currency per unit", "rate of the week of acceptance"),
    ("invoice_value", "invoice currency", "price on the invoice, as its delivery term says"),
    ("freight", "host currency", "freight that the invoice does not include"),
    ("insurance", "host currency", "insurance that the invoice does not include"),
    ("customs_value", "host currency", "invoice value converted, plus freight and insurance"),
    ("valuation_method", "", "1 to 6, in the order of the Valuation Agreement"),
    ("related_parties", "", "buyer and seller are related (Article 15)"),
    ("duty_rate", "per cent", "rate applied"),
    ("duty", "host currency", "duty charged"),
    ("vat_rate", "per cent", "rate of value added tax"),
    ("vat", "host currency", "value added tax charged, on value and duty"),
    ("permit", "", "permit presented, empty if none"),
    ("advance_ruling", "", "advance ruling on the code, empty if none"),
    ("transport_document", "", "bill of lading, air waybill or consignment note"),
    ("transport_means", "", "vessel, flight, vehicle or train"),
    ("previous_document", "", "entry summary declaration"),
    ("aeo", "", "importer is an authorised economic operator"),
    ("amendments", "count", "times the declaration was amended before release"),
    ("lane", "", "green release, yellow documents, red physical, blue audit"),
    ("lane_rule", "", "the rule that set the lane"),
)

CONTROLS = _table(
    ("control_id", "", "number of the control"),
    ("declaration_id", "", "declaration controlled"),
    ("date", "day", "date of the result"),
    ("kind", "", "documents, physical, scan or audit"),
    ("selected_by", "", "random, rule or officer"),
    ("finding", "", "none, value, classification or other (own data: origin and quantity too)"),
    ("additional_duty", "host currency", "duty and VAT assessed in addition"),
    ("remark", "", "what the officer wrote"),
)

CORRESPONDENCE = _table(
    ("letter_id", "", "number of the letter or paper"),
    ("declaration_id", "", "declaration it is about"),
    ("date", "day", "date received or sent"),
    ("sender", "", "Customs or importer"),
    ("kind", "", "doubt (Decision 6.1), reply or document"),
    ("reason", "", "reason ticked in the reply, empty if none"),
    ("document", "", "kind of document, empty for letters"),
    ("amount", "invoice currency", "total price that the document shows, empty if none"),
    ("text", "", "what it says"),
)

TRADERS = _table(
    ("importer_id", "", "number of the importer"),
    ("name", "", "name of the firm (invented)"),
    ("registered", "day", "date of registration"),
    ("aeo", "", "authorised economic operator"),
    ("sector", "", "sector of its first line of goods"),
)

DECLARANTS = _table(
    ("declarant_id", "", "number of the declarant"),
    ("name", "", "name of the firm (invented)"),
)

SUPPLIERS = _table(
    ("supplier_id", "", "number of the seller"),
    ("name", "", "name of the firm (invented)"),
    ("administration", "", "where it is established"),
)

TARIFF = _table(
    ("hs", "", "subheading, HS 2022, six digits"),
    ("description", "", "goods, in short"),
    ("chapter", "", "chapter, two digits"),
    ("heading", "", "heading, four digits"),
    ("sector", "", "group of goods used in the course"),
    ("unit", "", "supplementary unit"),
    ("duty_rate", "per cent", "rate without preference (invented)"),
    ("vat_rate", "per cent", "rate of value added tax (invented)"),
    ("permit", "", "permit required, empty if none"),
    ("neighbours", "", "subheadings it is often confused with, separated by semicolons"),
)

ADMINISTRATIONS = _table(
    ("code", "", "code of the administration (user-assigned range of ISO 3166, unless the host is a real one)"),
    ("name", "", "name (invented, unless the host is a real one)"),
    ("currency", "", "code of its currency (likewise)"),
    ("agreement", "", "trade agreement with the host"),
)

OFFICES = _table(
    ("office", "", "code of the office"),
    ("name", "", "name (invented)"),
    ("kind", "", "seaport, airport, land, post or inland"),
    ("locode", "", "location code in the style of UN/LOCODE"),
)

TABLES = {
    "administrations": ADMINISTRATIONS,
    "offices": OFFICES,
    "tariff": TARIFF,
    "traders": TRADERS,
    "declarants": DECLARANTS,
    "suppliers": SUPPLIERS,
    "declarations": DECLARATIONS,
    "controls": CONTROLS,
    "correspondence": CORRESPONDENCE,
}

TRUTH = {
    "declarations": _table(
        ("declaration_id", "", "number of the declaration"),
        ("plot", "", "plot that touched it, empty if none"),
        ("illicit", "", "part of a guilty plot"),
        ("true_hs", "", "subheading of the goods"),
        ("true_invoice_value", "invoice currency", "price really paid"),
        ("true_customs_value", "host currency", "customs value on that price"),
        ("duty_evaded", "host currency", "duty owed less duty declared"),
        ("vat_evaded", "host currency", "VAT owed less VAT declared"),
    ),
}
