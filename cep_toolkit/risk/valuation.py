"""The next lawful step when a declared price is in doubt.

Customs value is the transaction value and methods 1 to 6 in their order (WTO Valuation Agreement). Where Customs has
reason to doubt, Decision 6.1 says: ask, give time to answer, give the grounds in writing, decide in writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.prices import FEWEST, with_price
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

AGREES_WITHIN = 0.01
OF_THE_SELLER_ALONE = frozenset({"seller_letter"})
"""Papers behind which nobody but the seller stands: they repeat the invoice and prove nothing more."""

FACTS = {
    "agrees": "An independent paper agrees with the invoice",
    "seller": "Only the seller confirms the invoice",
    "higher": "A paper shows a higher price",
    "no_paper": "A reply came without any paper",
    "no_reply": "There is no reply",
}

STEPS = {
    "accept": "Accept the declared value",
    "document": "Ask the importer for an independent paper",
    "relationship": "Examine whether the relationship influenced the price",
    "grounds": "Give the grounds in writing and time to respond, then decide",
    "refer": "Copy the paper and pass the file to investigation",
}


@dataclass(frozen=True)
class ValuationFile:
    """What is on file about one doubted price.

    Parameters
    ----------
    declaration_id : str
    invoice_number : str
        Of the commercial invoice.
    invoice_value : float
        Declared, in ``currency``.
    currency : str
        Currency of the invoice.
    related : bool
        Buyer and seller are related (Article 15).
    reply, reason : str
        What the importer wrote and the reason it ticked; empty while there is none.
    document : str
        Kind of paper offered; empty if none.
    document_amount : float
        Total price that the paper shows, in ``currency``; 0 if none.
    document_text : str
        What the paper says.
    importer, seller : str
        Names of the firms.
    hs, origin : str
        Subheading and origin as declared.
    price_per_kg : float
        Declared, in the host's currency.
    typical_price : float
        Median price per kg of the year's declarations of that subheading and origin; 0 where fewer than 30 can be
        compared.
    compared : int
        How many they are.
    """

    declaration_id: str
    invoice_number: str
    invoice_value: float
    currency: str
    related: bool
    reply: str
    reason: str
    document: str
    document_amount: float
    document_text: str
    importer: str = ""
    seller: str = ""
    hs: str = ""
    origin: str = ""
    price_per_kg: float = 0.0
    typical_price: float = 0.0
    compared: int = 0


def fact(file: ValuationFile) -> str:
    """Return what the file shows, one of ``FACTS``."""
    if not file.document:
        return "no_paper" if file.reply else "no_reply"
    if file.document_amount > file.invoice_value * (1 + AGREES_WITHIN):
        return "higher"
    return "seller" if file.document in OF_THE_SELLER_ALONE else "agrees"


def next_step(file: ValuationFile) -> str:
    """Return the next lawful step, one of ``STEPS``.

    A paper that shows a higher price outweighs every explanation. Otherwise a related sale is examined (Article 1.2),
    unless a transfer pricing study is already on file. An explanation is accepted with an independent paper that agrees
    with the invoice, and not without one: the right of Customs to satisfy itself of the truth of any paper stands
    (Article 17), and what the seller alone wrote for the sale adds nothing to its invoice. Silence is answered with the
    grounds in writing (Decision 6.1).

    Examples
    --------
    >>> sale = dict(declaration_id="1", invoice_number="AB-1", invoice_value=900.0, currency="XAL")
    >>> sale |= dict(reply="Old stock.", reason="stock_lot")
    >>> paper = dict(document="contract", document_amount=900.0, document_text="Contract over 900.00 XAL.")
    >>> next_step(ValuationFile(**sale, **paper, related=False))
    'accept'
    >>> next_step(ValuationFile(**sale, **paper, related=True))
    'relationship'
    """
    shown = fact(file)
    if shown == "higher":
        return "refer"
    if shown == "no_reply":
        return "grounds"
    if file.related and file.document != "transfer_pricing_study":
        return "relationship"
    return "accept" if shown == "agrees" else "document"


def valuation_files(world: World) -> pd.DataFrame:
    """Return every file opened under Decision 6.1, one row a declaration.

    Returns
    -------
    DataFrame
        The fields of ``ValuationFile``, by ``declaration_id``.
    """
    letters = world.table("correspondence")
    replies = letters[letters["kind"] == "reply"].set_index("declaration_id")[["text", "reason"]]
    papers = letters[letters["kind"] == "document"].set_index("declaration_id")[["document", "amount", "text"]]
    opened = letters.loc[letters["kind"] == "doubt", ["declaration_id"]].drop_duplicates()
    table = opened.merge(_declared(world), on="declaration_id")
    table = table.join(replies.rename(columns={"text": "reply"}), on="declaration_id")
    papers = papers.rename(columns={"amount": "document_amount", "text": "document_text"})
    table = table.join(papers, on="declaration_id")
    words = ["currency", "reply", "reason", "document", "document_text", "hs", "origin"]
    table[words] = table[words].astype(object).fillna("")
    numbers = ["document_amount", "price_per_kg", "typical_price", "compared"]
    table[numbers] = table[numbers].fillna(0)
    table = table.astype({"declaration_id": "str", "compared": "int64"})
    return table.sort_values("declaration_id", ignore_index=True)


def _declared(world: World) -> pd.DataFrame:
    """Return what was declared, the names of the firms, and the typical price of the goods of that origin."""
    declared = world.declarations[
        ["declaration_id", "importer_id", "supplier_id", "hs", "origin", "invoice_number", "invoice_value"]
    ].assign(currency=world.declarations["invoice_currency"], related=world.declarations["related_parties"])
    declared["importer"] = declared["importer_id"].map(world.table("traders").set_index("importer_id")["name"])
    declared["seller"] = declared["supplier_id"].map(world.table("suppliers").set_index("supplier_id")["name"])
    priced = with_price(world.declarations)
    prices = priced.groupby(["hs", "origin"], observed=True)["price_per_kg"]
    priced = priced[["declaration_id", "price_per_kg"]].assign(compared=prices.transform("size"))
    priced["typical_price"] = prices.transform("median").where(priced["compared"] >= FEWEST)
    return declared.merge(priced, on="declaration_id", how="left")


def valuation_file(world: World, declaration_id: object) -> ValuationFile:
    """Return the file of a declaration whose price was doubted.

    Raises
    ------
    UnknownValueError
        No letter was written about this declaration.
    """
    table = valuation_files(world)
    found = table[table["declaration_id"] == str(declaration_id)]
    if found.empty:
        raise UnknownValueError("declaration with letters", declaration_id, list(table["declaration_id"][:5]))
    return instances(ValuationFile, found)[0]
