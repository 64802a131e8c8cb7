"""The next lawful step when a declared price is in doubt.

Customs value is the transaction value and methods 1 to 6 in their order (WTO Valuation Agreement). Where Customs has
reason to doubt, Decision 6.1 says: ask, give time to answer, give the grounds in writing, decide in writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.errors import UnknownValueError

if TYPE_CHECKING:
    from cep_toolkit.world import World

AGREES_WITHIN = 0.01

STEPS = {
    "accept": "Accept the declared value: the paper agrees with the invoice",
    "document": "Ask the importer for a document that shows it",
    "relationship": "Examine whether the relationship influenced the price",
    "grounds": "Give the grounds in writing and time to respond, then decide",
    "refer": "Keep the paper and pass the file on: it shows a higher price",
}


@dataclass(frozen=True)
class ValuationFile:
    """What is on file about one doubted price.

    Parameters
    ----------
    declaration_id : str
    invoice_value : float
        Declared, in ``currency``.
    currency : str
        Currency of the invoice.
    related : bool
        Buyer and seller are related (Article 15).
    reply : str
        What the importer wrote; empty while there is no reply.
    document : str
        Kind of paper offered; empty if none.
    document_amount : float
        Total price that the paper shows, in ``currency``; NaN if none.
    document_text : str
        What the paper says.
    """

    declaration_id: str
    invoice_value: float
    currency: str
    related: bool
    reply: str
    document: str
    document_amount: float
    document_text: str


def next_step(file: ValuationFile) -> str:
    """Return the next lawful step, one of ``STEPS``.

    A paper that shows a higher price outweighs every explanation. Otherwise a related sale is examined (Article 1.2),
    unless a transfer pricing study is already on file; an explanation is accepted with a paper that agrees with the
    invoice, and not without one. Silence is answered with the grounds in writing (Decision 6.1).

    Examples
    --------
    >>> paper = ValuationFile("1", 900.0, "XAL", False, "Old stock.", "contract", 900.0, "Contract over 900.00 XAL.")
    >>> next_step(paper)
    'accept'
    """
    if file.document and file.document_amount > file.invoice_value * (1 + AGREES_WITHIN):
        return "refer"
    if not file.reply:
        return "grounds"
    if file.related and file.document != "transfer_pricing_study":
        return "relationship"
    return "accept" if file.document else "document"


def valuation_file(world: World, declaration_id: object) -> ValuationFile:
    """Return the file of a declaration whose price was doubted.

    Raises
    ------
    UnknownValueError
        No letter was written about this declaration.
    """
    letters = world.table("correspondence")
    of_this = letters[letters["declaration_id"].astype("str") == str(declaration_id)]
    if of_this.empty:
        raise UnknownValueError("declaration with letters", declaration_id, letters["declaration_id"].astype(str)[:5])
    declarations = world.declarations
    row = declarations[declarations["declaration_id"].astype("str") == str(declaration_id)].iloc[0]
    reply = of_this[of_this["kind"] == "reply"]
    paper = of_this[of_this["kind"] == "document"]
    has_paper = len(paper) > 0
    return ValuationFile(
        declaration_id=str(declaration_id),
        invoice_value=float(row["invoice_value"]),
        currency=str(row["invoice_currency"]),
        related=bool(row["related_parties"]),
        reply=str(reply["text"].iloc[0]) if len(reply) else "",
        document=str(paper["document"].iloc[0]) if has_paper else "",
        document_amount=float(paper["amount"].iloc[0]) if has_paper else float("nan"),
        document_text=str(paper["text"].iloc[0]) if has_paper else "",
    )
