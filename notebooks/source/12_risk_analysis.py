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
    from cep_toolkit.course.listed_prices import low_prices

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
# ## Home exercises
#
# *For the evening or the office, eight to twenty minutes each, without the reading. Nobody needs them to follow the course.*
#
# ### Origin: who can answer the doubt?
#
# **Origin** is where goods were made. It is not the port of loading, and not the place they were sent from. A **preference** is the lower rate of a trade agreement. It must be claimed, and it rests on a **proof of origin**: a certificate, or a declaration of the exporter. Most agreements add a **direct transport rule**: on the way the goods stay under Customs control, and nothing is done to them beyond loading, unloading and keeping them in good condition.
#
# | what the papers show | what is open | who can answer |
# |---|---|---|
# | one bill from the declared origin to here, whether or not the goods changed vessels | nothing: one transport document for the whole way is the usual proof of direct transport | nobody is asked |
# | the bill begins elsewhere and does not name the origin | the first part of the way | the importer: papers of the whole way, or a **certificate of non-manipulation** from the Customs of the place between |
# | one bill from elsewhere, and the goods only changed vessels at the declared origin | no work was done there on this way. Either the goods were made there before and come back, or the proof is wrong | the importer, who has the papers of the way; or the competent authority of the exporting side (in some agreements the exporter or producer directly), which verifies the proof |
# | the proof itself is in doubt | whether the goods were made there, as it says | the exporting side, in the same way |
# | no preference is claimed | nothing about a preference. Origin still matters where anti-dumping duty, a quota, a sanction or the most-favoured-nation rate depends on it | nobody is asked about a preference |
# | the goods are in **Customs transit** | nothing: they are not imported and pay no duty; a guarantee secures it | the office of destination of the transit (here our office of exit), which confirms the arrival |
#
# A change of vessel in a hub is no fraud. A doubt is no refusal: while the answer is awaited, the goods may go against security, unless they are prohibited or restricted, or fraud is suspected. The importer is asked first about the way: that is quick, and verification may still follow. The preference is refused, in writing, when the answer is no, or when none comes in time. Agreements differ in detail: read your own.
#
# *Sources: Revised Kyoto Convention, Specific Annex K (origin, its proof and its control) and Specific Annex E, chapter 1 (transit); WTO Agreement on Rules of Origin, Annex II; WTO Trade Facilitation Agreement, Article 11 (transit).*

# %%
from cep_toolkit.figures import readable
from cep_toolkit.risk.origin import claims_by_way, sentence

ways = claims_by_way(wb.world)
print(sentence(ways))
readable(ways)

# %% [markdown]
# ### 4 · Origin and transit: what the papers show
#
# *About eight minutes. Follow each way from its beginning.*

# %% tags=["exercise:origin"]
wb.ask("origin")

# %% tags=["solution:origin"]
@wb.answer("origin")
def my_answer():
    """Return what the papers show and the first step, as {"A": {...}, "B": {...}, ...}."""
    from cep_toolkit.course.origin import decide

    return decide(wb.question("origin"), first="claim")  # ____ claim

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Ask first: "Is anything claimed?" Then let somebody draw each way on the board, from its beginning. Over many of these worlds about four in five claims whose goods were loaded elsewhere are honest (in one world from half to nearly all): an origin without a port, a stock in a hub, a proof that the exporting side confirmed. Those who refuse at once often know a real case; ask them which authority confirmed it, and how long that took.

# %% [markdown]
# ### Quantity: compare masses of the same kind
#
# **Net mass** is the goods alone. **Gross mass** is goods and packing. The carrier's bill gives a gross mass, from the shipper, who need not know what the importer will declare. So it is compared with the gross mass declared. Honest masses differ too: pallets, packing counted twice, moisture lost on the way, two scales, rounding. The office therefore sets a **tolerance**; here it is a tenth, and never less than one kilogram. Your own tolerance is not published.
#
# Who declares too little leaves out mass and price together, so the price per kilogram looks right. A bill that is too heavy is a reason to weigh and to examine, not to fine. Pallets and packing are taken off. Further duty rests on what the weighing proves, and on what these goods are worth: first ask what the invoice price covers.
#
# Before a container goes on board, the shipper must state its **verified gross mass**: weighed full, or summed from the packages and the tare. Less the tare it is a second figure. It is independent only if a terminal weighed the container.
#
# *Sources: Revised Kyoto Convention, General Annex, chapter 3 (checking the declaration, examination of the goods) and chapter 6 (control); SOLAS, chapter VI, regulation 2 (the verified gross mass of containers). The tolerance is the course's own.*

# %%
from cep_toolkit.risk.quantity import mass_figure

mass_figure(wb.world)

# %% [markdown]
# ### 5 · Quantity: which consignments to weigh
#
# *About eight minutes. Add a tenth of the gross mass declared, or 1 kg if that is more, then compare.*

# %% tags=["exercise:quantity"]
wb.ask("quantity")

# %% tags=["solution:quantity"]
@wb.answer("quantity")
def my_answer():
    """Return the consignments to weigh, the next step, and the mass on which further duty rests."""
    from cep_toolkit.course.quantity import too_heavy

    heavy = too_heavy(wb.question("quantity"), compare="gross mass")  # ____ gross mass
    return {"declarations": heavy, "next": "weigh", "proved": "weighed"}

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Ask a table that chose by kilograms: "How much do the pallets of that load weigh?" Over many of these worlds about half of the bills that are too heavy have an innocent reason (in one world from few to two thirds), and nobody can tell which before the weighing. Short declarations by road and rail leave no bill to compare; what would your office compare there?

# %% [markdown]
# ### Mirror statistics
#
# What a partner counts as exports to us, we count as imports. The two are **mirror statistics**. They never agree, for honest reasons (*IMTS 2010* is the United Nations' standard for trade statistics):
#
# | look at, in this order | why both sides differ | how to make them comparable |
# |---|---|---|
# | confidentiality | A cell with few traders may be kept secret. Empty is not zero | Leave the cell out, or ask the partner |
# | freight and insurance | Exports are valued free on board (**FOB**), imports with freight and insurance (**CIF**) | Compare the masses first; take both off the import value |
# | rates of exchange, statistical value | Each side converts at its own rate, of another day. Some administrations take a statistical value of their own in place of the declared one | Allow for some per cent of value; masses have neither |
# | time | Goods leave in March and arrive in April | Compare the whole year; only its two ends remain |
# | hubs | Exports are counted by the last known destination, imports by origin. A hub counts what was made elsewhere | Add our imports that were sent from the partner but made elsewhere |
# | codes | The two sides may classify the same goods differently | Add the competing code |
#
# **What is left deserves a question.** Same mass and lower value: ask about prices. Less mass: ask about quantity. Less under one code and more under another that pays less: ask about classification. Studies found this pattern in the averages of many goods: the higher the duty, the more is missing. An average does not tell which declaration is wrong. And a gap does not tell which side is wrong: exporters may declare too much. Ask the partner, too.
#
# *Sources: United Nations, International Merchandise Trade Statistics: Concepts and Definitions 2010; R. Fisman and S.-J. Wei, Tax rates and tax evasion: evidence from "missing imports" in China, Journal of Political Economy 112 (2004); B. S. Javorcik and G. Narciso, Differentiated products and evasion of import tariffs, Journal of International Economics 76 (2008).*
#
# The table counts the cells whose figures leave no doubt. The figure shows the largest one that a hub explains.

# %%
from cep_toolkit.figures import readable
from cep_toolkit.risk.mirror_reading import explained

readable(explained(wb.world))

# %%
from cep_toolkit.risk.mirror_figure import hub_figure

hub_figure(wb.world)

# %% [markdown]
# ### 6 · What explains the gap?
#
# *About twenty minutes. Read each cell from its first line down.*

# %% tags=["exercise:mirror_gap"]
wb.ask("mirror_gap")

# %% tags=["solution:mirror_gap"]
@wb.answer("mirror_gap")
def my_answer():
    """Return what explains both gaps of each cell and what may be said, as {"A": {...}, "B": {...}, ...}."""
    from cep_toolkit.course.mirror_gap import decide

    return decide(wb.question("mirror_gap"), forget="nothing")  # ____ nothing

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Draw a ship between two quarters on the board and ask which side counts it when. Those who call a gap evasion mostly compared one quarter by origin: let them read the third line aloud. In the debrief ask what the room would write to the partner, under which agreement, and about which single cell. A gap of price leads back to exercise 2, a gap of code to exercise 3; nobody in these tables is accused.

# %% [markdown]
# ### First digits
#
# In about 30 of 100 amounts the first digit is a 1, and in fewer than 5 a 9. Many sets of amounts are like that (**Benford's law**). Some look for false amounts in this way. **Three questions come first, in this order.**
#
# | question | leave the test out when | examples |
# |---|---|---|
# | How did the numbers arise? | a rule set them, or somebody gave them out | rates of duty; numbers of invoices |
# | How many are there? | they are some dozens: the law may hold, but chance alone makes them stray | 40 invoices of one trader |
# | How far do they reach? | they lie within about one power of ten | prices of one kind of goods; loads of a lorry |
#
# The **mean absolute deviation** (MAD) is the average distance of the nine shares from the law. Nigrini's bands name it: up to 0.006 close, up to 0.012 acceptable, up to 0.015 marginal, above that nonconforming. The bands are for large sets. What chance alone does to a set of the same size is measured by drawing sets from the law itself.
#
# **A departure names nobody, and a good fit clears nobody.** Wages, one kind of goods in one packing, or values just below a limit make honest sets depart. A value cut by half keeps to the law. What follows from a departure is to look for its honest reason, and then to read the documents of a sample.
#
# <details><summary>Why not chi-square?</summary>
#
# $\chi^2=\sum_d (n_d-n p_d)^2/(n p_d)$ with $p_d=\log_{10}(1+1/d)$ and 8 degrees of freedom grows with the number of amounts $n$ for the same distance from the law. Among very many amounts, a difference too small to matter is significant; among few, a large one is not. The MAD does not grow with $n$, but chance makes it larger in small sets: sets of $n$ amounts drawn from the law have about $\frac19\sum_d\sqrt{2p_d(1-p_d)/(\pi n)}\approx 0.23/\sqrt n$.
# </details>
#
# *Sources: F. Benford, The law of anomalous numbers, Proceedings of the American Philosophical Society 78 (1938); C. Durtschi, W. Hillison and C. Pacini, The effective use of Benford's law to assist in detecting fraud in accounting data, Journal of Forensic Accounting 5 (2004); M. J. Nigrini, Benford's Law (2012).*

# %%
from cep_toolkit.risk.first_digits import chance_deviation, digits_of, false_alarms

for size in (40, 200, 1_000, 5_000):
    wrong, limit = 100 * false_alarms(size), chance_deviation(size)
    print(f"{size:>5,} amounts drawn from the law: 95 of 100 sets stay below {limit:.3f}; {wrong:.0f} of 100 are called nonconforming.")
customs_values = digits_of(wb.world.declarations["customs_value"])
rare = "fewer than 1 in 1,000" if customs_values.chance < 0.001 else f"about {1_000 * customs_values.chance:,.0f} in 1,000"
print(f"All customs values: chi-square {customs_values.chi_square:,.1f}; by chance alone {rare} sets drawn from the law would have more.")
customs_values.figure()

# %% [markdown]
# ### 7 · May the first digits be asked?
#
# *About twelve minutes. Leave the deviation aside until the three questions are answered.*

# %% tags=["exercise:first_digits"]
wb.ask("first_digits")

# %% tags=["solution:first_digits"]
@wb.answer("first_digits")
def my_answer():
    """Return the first objection and what follows for each set, as {"A": {...}, "B": {...}, ...}."""
    from cep_toolkit.course.first_digits import judge

    return judge(wb.question("first_digits"), believe="documents")  # ____ documents

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Let each table note the first digits of 20 amounts from its own purse or telephone, and compare: no two tables agree. Then show the line for 40 amounts drawn from the law. The usual mistake is to test everything and to accuse whoever stands in the small set. Ask: what would you write to this trader, and what would you tell the judge the digits prove?

# %% [markdown]
# ### Letters: let the replies choose the next one
#
# An office can send only so many **letters of doubt** (Decision 6.1). Each needs its own reason, and each costs the importer time. So the order counts: a reply tells about the seller's other consignments too.
#
# | the reply shows | what it tells about the same goods of the same seller | next |
# |---|---|---|
# | a paper with a higher price, or silence | the low prices may be false there too | write about the next one |
# | an independent paper that agrees | the low prices have a reason | no reason to ask is left |
# | no paper, or only the seller's word | nothing yet | others first, then come back |
#
# Silence proves nothing. After the time to answer is over, Customs gives its grounds in writing, and decides in writing; then the next valuation method. The usual price only raises the doubt.
#
# This exercise is a **play**: you choose, you see what comes back, you choose again. What you have seen cannot be taken back; to begin again counts as a try. In code you write a function that takes the **offer**: `offer.facts` holds what can be seen.
#
# *Sources: WTO Decision 6.1 (Decision regarding cases where Customs administrations have reasons to doubt the truth or accuracy of the declared value); WCO, Guidelines on the Development and Use of a National Valuation Database. The limit, the counts and the weights are the course's own.*
#
# ### 8 · Ten letters
#
# *About ten minutes. Read every reply before the next letters.*

# %% tags=["exercise:ten_letters"]
wb.ask("ten_letters")

# %% tags=["solution:ten_letters"]
@wb.answer("ten_letters")
def my_move(offer):
    """Return this week's letters, for example {"letters": ["A1", "B2"]}."""
    from cep_toolkit.course.choosing_letters import choose

    return {"letters": choose(offer, first="replies")}  # ____ replies

# %% [markdown] tags=["facilitator"]
# **Facilitator.** Let two tables play the same list, one with a plan made in advance, and compare the letters to honest importers. Ask after week 1: "What do you know now about the lines you did not ask about?" Those who asked about the largest value first should read its price aloud: usual. Those who sent a letter after a good paper should say which reason they would write in it. The replies are the world's own: a guilty importer often answers without a paper, so one weak reply proves nothing.

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

# %% tags=["tool"]
wb.hand_in()  # in a pack, a button appears here
