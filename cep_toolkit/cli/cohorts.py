"""Cohorts: packs for participants, and marks for what they hand in."""

from __future__ import annotations

from pathlib import Path

import click

from cep_toolkit.cli.group import FILE, WrongUse, main
from cep_toolkit.errors import CepError


@main.command()
@click.argument("submissions", type=FILE)
@click.option("--key", required=True, type=FILE, help="The folder `key` that `cep pack` wrote.")
@click.option("--out", type=FILE, help="The folder to make, with mark sheet, feedback pages and statistics.")
@click.option("--dry-run", is_flag=True, help="Write nothing; only say what would come of each file.")
def mark(submissions: Path, key: Path, out: Path | None, dry_run: bool) -> None:
    """Mark a folder of what participants handed in, without running any of it.

    Ends with 0 where every file is marked, 1 where some are refused, 2 where nothing could be marked as asked.
    """
    from cep_toolkit.workshop.marking.run import mark_folder, summary
    from cep_toolkit.workshop.progress import bar

    if (out is None) != dry_run:
        raise click.UsageError("Say either where to write, --out FOLDER, or --dry-run.")
    try:
        with bar(title="Files") as moving:
            marking = mark_folder(submissions, key, out, lambda name: moving.update())
    except CepError as error:
        raise WrongUse(" ".join(str(error).split())) from error
    click.echo(summary(marking))
    if out:
        click.echo(f"Written: {out}")
    if marking.refused:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("roster", type=FILE)
@click.option("--notebooks", default="all", show_default=True, help="By number or name, for example 00,12; or all.")
@click.option("--mode", required=True, help="room: one world for all. practice: a world each. assessment: see docs.")
@click.option("--level", default="practitioner", show_default=True, help="foundation, practitioner or advanced.")
@click.option("--declarations", default=50_000, show_default=True, help="The size of each world.")
@click.option(
    "--administration", default="", help="One host for all, in place of the roster's; in a room XA if not named."
)
@click.option("--seed", type=int, help="Of the room's world, or the start of the practice worlds.  [default: 2016]")
@click.option("--out", required=True, type=FILE, help="The cohort's folder; run again, what is missing is made.")
@click.option("--zip", "zipped", is_flag=True, help="Write each pack as a zip file too.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be made.")
def pack(
    roster: Path,
    notebooks: str,
    mode: str,
    level: str,
    declarations: int,
    administration: str,
    seed: int | None,
    out: Path,
    zipped: bool,
    dry_run: bool,
) -> None:
    """Make a pack for each participant or team of a roster, and beside them the instructor's key."""
    from cep_toolkit.course.pack import ASSESSMENT
    from cep_toolkit.workshop import places
    from cep_toolkit.workshop.packs import command
    from cep_toolkit.workshop.packs.plan import Plan, chosen

    folder = places.source_folder()
    default_seed = 0 if mode == ASSESSMENT else 2016
    known = places.sources(folder)
    first = default_seed if seed is None else seed
    plan = Plan(mode, chosen(notebooks, known), level, declarations, administration, first)
    if not command.pack(plan, roster, out, folder, zipped=zipped, dry_run=dry_run, say=click.echo):
        raise click.exceptions.Exit(1)
