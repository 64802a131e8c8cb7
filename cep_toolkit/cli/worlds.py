"""``cep world``: a simulated world in files."""

from __future__ import annotations

from pathlib import Path

import click

from cep_toolkit.cli.group import FILE, main


@main.command()
@click.option("--administration", default="XA", show_default=True, help="Code of the host, invented or real.")
@click.option("--seed", default=2016, show_default=True, help="Another seed is another world.")
@click.option("--level", default="practitioner", show_default=True, help="foundation, practitioner or advanced.")
@click.option("--declarations", default=50_000, show_default=True, help="How many, 5,000 to 10,000,000.")
@click.option("--out", type=FILE, help="The folder to make, with Parquet tables.")
@click.option("--with-truth", is_flag=True, help="Write the truth too, into OUT/truth.")
@click.option("--table", "names", multiple=True, help="Write this table only into OUT; may be given several times.")
@click.option("--csv", "sheets", type=FILE, help="The folder to make, with CSV tables for a spreadsheet.")
@click.option("--megabytes", type=click.IntRange(1), help="Shorten CSV tables that none points to until all fit.")
@click.option("--report", type=FILE, help="The HTML page to write: for instructors, it tells the truth.")
def world(
    administration: str,
    seed: int,
    level: str,
    declarations: int,
    out: Path | None,
    with_truth: bool,
    names: tuple[str, ...],
    sheets: Path | None,
    megabytes: int | None,
    report: Path | None,
) -> None:
    """Write a simulated world: as Parquet tables, as CSV, or as a page that reports on it.

    The host is an invented administration (XA), or in national mode a real one by its ISO 3166 code (FJ).
    """
    from cep_toolkit.workshop.progress import bar
    from cep_toolkit.workshop.spreadsheets import write_spreadsheets
    from cep_toolkit.workshop.world_folder import write_world
    from cep_toolkit.workshop.world_report import write_report
    from cep_toolkit.world import Scenario

    if not (out or sheets or report):
        raise click.UsageError("Say what to write: --out FOLDER, --csv FOLDER or --report FILE.html.")
    scenario = Scenario(administration, seed, level, declarations)
    with bar(title="Tables") as moving:
        if out:
            write_world(scenario, out, with_truth=with_truth, names=names, progress=lambda name: moving.update())
        if sheets:
            write_spreadsheets(scenario, sheets, megabytes)
        if report:
            write_report(scenario, report, progress=lambda name: moving.update())
    made = ", ".join(str(path) for path in (out, sheets, report) if path)
    click.echo(f"{scenario.declarations:,} declarations of {administration}, seed {seed}, {level}, are in {made}.")
