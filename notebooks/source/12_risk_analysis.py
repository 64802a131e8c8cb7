# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 12 · Risk analysis: the declared price and the declared code
#
# *90 minutes: briefing 10, demonstration 10, exercises 35, questions for the plenary 15; the rest is spare time.*
#
# After this notebook you can
#
# - find prices that deserve a question, and say how many of them are low by chance;
# - look for the innocent explanation, and take the next lawful step;
# - tell a wrong code from a code that only pays less duty.
#
# The region, the firms and the people are invented, and the data is simulated, unless the line below says *own data*. It is a training analogue, not a WCO tool. **Your own data:** an administration can put its own declarations in place of these (see *Own data* in the documentation). Then all tools and figures work on them. An exercise that cannot be made from your data says so.

# %% [markdown] tags=["lab"]
# **To begin:** open the menu *Run* and choose *Run All Cells*. Then read from the top and fill in the forms. You do not need to read or write code. While a star `[*]` stands beside a cell, the notebook is still working: what you press waits until the star is gone.

# %% tags=["parameters"]
administration: str = "XA"
seed: int = 2016
level: str = "practitioner"
declarations: int = 50_000
data: str = ""

# %% tags=["opening"]
from cep_toolkit import Workbook

wb = Workbook("12_risk_analysis", administration, seed, level, declarations, data)
wb.world

# %% [markdown]
# ## Briefing
#
# **A price is compared with its own kind only.** Goods of one **subheading** (six digits of the Harmonized System) and one **origin** (the country or territory where they were made) are compared by their price per kilogram. A chapter mixes goods of very different worth. Origins differ for honest reasons.
#
# **A fence, not an average.** The **typical price** is the median: half of the prices lie above it, half below. The **fence** lies so far below it that fewer than one honest price of the whole group is expected there by chance. The more prices we compare, the lower it moves, because every price is one more chance to be wrong.
#
# <details><summary>The formula</summary>
#
# With $x=\ln(\text{price per kg})$, the typical value is the median of $x$ and the spread is $s = 1.4826\cdot\operatorname{median}|x-\operatorname{median}(x)|$. The fence is $\operatorname{median}(x) + s\,t_{30}^{-1}(0.5/n)$ for $n$ prices, with $t_{30}$ Student's distribution with 30 degrees of freedom. Source: F. R. Hampel, *The influence curve and its role in robust estimation*, JASA 69 (1974).
# </details>
#
# **A low price is not undervaluation.** It is a reason to ask. The law goes step by step (WTO Valuation Agreement):
#
# | step | what Customs does | where it stands |
# |---|---|---|
# | 1 | The value is the **transaction value**: the price actually paid or payable, with the additions of Article 8 | Articles 1 and 8 |
# | 2 | In doubt, Customs asks for an explanation and for documents | Decision 6.1 |
# | 3 | Where buyer and seller are related, Customs examines whether that influenced the price | Articles 1.2 and 15 |
# | 4 | If doubt remains, or no reply comes, Customs gives its grounds (in writing if the importer asks; good practice: always) and a fair chance to respond | Decision 6.1 |
# | 5 | Customs decides in writing. Only then come methods 2 to 6, in their order; the importer may ask to exchange methods 4 and 5 (Article 4) | Decision 6.1; Articles 2 to 7 |
# | 6 | The goods may go in the meantime, against a security; the importer may appeal | Articles 13 and 11 |
# | 7 | A paper that shows another price than the invoice is copied, and the file goes to investigation; the right to respond stays | national law |
#
# A price database may raise a doubt. It may never set a value. Duty evaded rests on the price that is proved, by a second invoice or a payment.
#
# *Sources: WTO Agreement on Customs Valuation (1994); Committee on Customs Valuation, Decision 6.1; WCO, Guidelines on the Development and Use of a National Valuation Database.*

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Say the sentence "a low price is a reason to ask" before anybody opens a form, and have the room repeat what the law asks for next. Timing: briefing 10 minutes, demonstration 10, exercises 12 + 12 + 11. Tables of four: the navigator reads the fence aloud, the recorder writes down the reason for each pick. If time is short, leave out the third exercise and debrief the second.

# %% [markdown]
# ## Demonstration: one group of goods
#
# The picture shows the group with the most prices below its fence. The line called threshold stands at the fence. Each bar counts declarations at one price per kilogram; each triangle is a declaration below the fence. The line called mirror lies as far above the typical price as the threshold lies below it; below, *The price explorer* tells what it is for. A low price can have many causes: a special offer, a small defect, or other goods under this code (exercise 3).

# %%
from cep_toolkit.risk.price_book import doubtful, fences, price_book
from cep_toolkit.risk.screening import in_words, screen

book = price_book(wb.world)
groups = fences(book)
chosen = groups.loc[groups["below"].idxmax()]
screen(wb.world, chosen["hs"], chosen["origin"]).figure()

# %% [markdown]
# ### Many groups at once
#
# The whole year is one large search. If each group allows half a false alarm, many groups make many false alarms. The procedure of **Benjamini and Hochberg** (1995) moves the limit so that, of all the prices it returns, no more than a chosen share is expected to be honest. Where few prices are very low, it returns fewer than the single fences do. Where very many are, it may return more.

# %%
strict = doubtful(book, share=0.2)
print(f"{len(groups):,} groups with 30 or more declarations; {groups['below'].sum():,} prices lie below their own fence.")
print(f"By chance alone about {0.5 * len(groups):,.0f} would. With one limit for all: {len(strict):,} prices.")
print(f"Of these {len(strict):,}, the five whose price is least likely to be so low by chance:")
in_words(strict.head(5), wb.world.currency)

# %% [markdown]
# ### The table explorer
#
# Filter, sort and group the declarations yourself. The last column, the price per kilogram, is computed: customs value divided by net mass.

# %% tags=["explorer"]
columns = ("declaration_id", "hs", "description", "origin", "lane", "net_mass_kg", "customs_value", "price_per_kg")
wb.explore("declarations", columns=columns)

# %% [markdown]
# ### The price explorer
#
# Choose a subheading and an origin. Move the threshold. Read how many declarations fall below it, how much duty they might owe, and how many of them may be honest. The mirror is a fair test: about as many honest prices lie far *above* the typical price as far below it, and nobody declares too much to save duty. So the number above tells how many below may be honest. Where the two numbers differ, believe the larger one. In the groups of exercise 1 they agree.

# %% tags=["explorer"]
from cep_toolkit.widgets.prices import PriceExplorer

PriceExplorer(wb.world)

# %% [markdown]
# ## 1 · Which prices deserve a question?
#
# *About ten minutes. Use the price explorer above: choose each group in turn, and leave the threshold at its fence.*

# %% tags=["exercise:unit_price"]
wb.ask("unit_price")

# %% tags=["solution:unit_price"]
@wb.answer("unit_price")
def my_answer():
    """Return the declarations to ask about, and the two facts you rely on."""
    from cep_toolkit.course.unit_price import low_prices

    question = wb.question("unit_price")
    low = low_prices(wb.world, question, compare="subheading and origin")  # ____ subheading and origin
    return {"declarations": low, "facts": ["like", "chance"]}

# %% [markdown] tags=["facilitator"]
# **Facilitator.** The usual mistakes: the cheapest of the chapter, one fence for all origins, the smallest totals. Ask a table that took the chapter: "Would you compare a shirt with a coat?" In the debrief, count together: how many honest importers would each table have asked?

# %% [markdown]
# ## 2 · Innocent explanations and the next lawful step
#
# *About twelve minutes. Read the letters before you decide.*

# %% tags=["exercise:innocent_explanation"]
wb.ask("innocent_explanation")

# %% tags=["solution:innocent_explanation"]
@wb.answer("innocent_explanation")
def my_answer():
    """Return what each file shows and the next step, as {"A": {...}, "B": {...}, ...}."""
    from cep_toolkit.course.innocent_explanation import decide

    return decide(wb.question("innocent_explanation"), first="paper")  # ____ paper

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Ask of each paper: who made it? A letter that the seller wrote for this one sale is the invoice once more; honest and dishonest importers send it alike. Let two tables argue over the related sale: being related is not a ground for refusal, and no excuse either. Ask who pays while the question is open (the goods may go, against a security). Nobody in these files is accused; where a paper shows a higher price, the file goes to those who investigate, with the paper kept.

# %% [markdown]
# ## 3 · Competing codes, different duty
#
# *About ten minutes. The next steps of this case are in the notebooks on controls and on case development.*

# %% tags=["exercise:adjacent_rates"]
wb.ask("adjacent_rates")

# %% tags=["solution:adjacent_rates"]
@wb.answer("adjacent_rates")
def my_answer():
    """Return the declarations whose papers contradict the code, and what decides a code first."""
    from cep_toolkit.course.adjacent_rates import contradicted

    found = contradicted(wb.question("adjacent_rates"), test="description")  # ____ description
    return {"declarations": found, "rule": "terms"}

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Those who pick the widest gaps reason from the motive. The competing code with the highest duty is shown to make the motive visible; a description may name the goods of another one. Ask them to read code and description aloud, one after the other. The advance ruling starts a good discussion: may Customs doubt its own ruling? (It may revoke it, for the future, after notice: WTO Trade Facilitation Agreement, Article 3.)

# %% [markdown]
# ## Questions for the plenary
#
# 1. Which honest importers would your own price checks ask most often? How would you know?
# 2. What does your administration write in a letter of doubt, and how long may the importer take to answer?
# 3. Who in your office may see the prices of a competitor?
#
# ## Summary
#
# - Compare like with like: one subheading, one origin, price per kilogram.
# - Count the false alarms before you ask the first question.
# - Explanation, document, grounds in writing, decision in writing: in this order.
# - A lower rate is a motive. The description, the papers and the notes decide the code.
#
# **Take back to the office:** choose one subheading of your own, compare its prices by origin, and write down how many letters you would send, and how many of them to honest importers.

# %%
wb.progress()
