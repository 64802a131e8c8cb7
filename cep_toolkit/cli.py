"""The command ``cep``: a thin face on the rooms."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import click

from cep_toolkit.errors import CepError

FILE = click.Path(path_type=Path)
_PORT = click.option("--port", type=click.IntRange(1, 65535), help="The port on this machine.")
_NO_BROWSER = click.option("--no-browser", "browser", flag_value=False, default=True, help="Print the address only.")


class Trouble(click.ClickException):
    """What went wrong, in one paragraph on standard error."""

    def show(self, file: Any = None) -> None:
        """Print the paragraph."""
        click.echo(self.format_message(), file=file, err=file is None)


class WrongUse(Trouble):
    """What was asked for cannot be done at all; no part of it was."""

    exit_code = 2


class Commands(click.Group):
    """Commands whose errors are one paragraph: what, where, what to do."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; no error on purpose, and none of the disk's, shows a traceback."""
        try:
            return super().invoke(context)
        except CepError as error:
            raise Trouble(" ".join(str(error).split())) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # somebody stopped reading, as `head` does: click ends quietly
            raise Trouble(_of_the_disk(error)) from error
        except KeyboardInterrupt as stopped:
            raise click.exceptions.Exit(130) from stopped


def _of_the_disk(error: OSError) -> str:
    from cep_toolkit.checking.files import reason

    name = error.filename or "Writing or reading failed"
    return f"{name}: {reason(error)} ({error.strerror or error}). Check its name, the permission and the space left."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cep-toolkit")
def main() -> None:
    """CEP Workshop: notebooks on one simulated Customs administration."""


@main.command()
@_NO_BROWSER
@_PORT
def lab(browser: bool, port: int | None) -> None:
    """Open JupyterLab at your copy of the first notebook."""
    from cep_toolkit.workshop.lab import open_lab

    raise click.exceptions.Exit(open_lab(browser=browser, port=port))


@main.command()
@click.argument("notebook", default="00_start_here")
@_NO_BROWSER
@_PORT
def page(notebook: str, browser: bool, port: int | None) -> None:
    """Open a notebook as a page with its code hidden; the first one where none is named."""
    from cep_toolkit.widgets.page import serve
    from cep_toolkit.workshop import places

    serve(str(places.built(notebook)), port=port, open_browser=browser)


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


@main.command()
@click.argument("notebooks", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; say whether the stored notebooks are up to date.")
def build(notebooks: tuple[str, ...], check: bool) -> None:
    """Build notebooks from their sources; all of them where none is named."""
    from cep_toolkit.workshop import build as building
    from cep_toolkit.workshop import places
    from cep_toolkit.workshop.progress import bar

    sources, built = places.source_folder(), places.built_folder()
    for name in _chosen(notebooks, sources):
        with bar(title=name) as moving:
            if check:
                building.check(name, sources, built, moving.update)
                said = "up to date"
            else:
                said = "built" if building.build(name, sources, built, moving.update) else "built, nothing changed"
        click.echo(f"{name}: {said}")


def _chosen(notebooks: tuple[str, ...], sources: Path) -> list[str]:
    from cep_toolkit.workshop import places

    return [places.named(name, sources) for name in notebooks or places.sources(sources)]


@main.command()
@click.argument("notebook", required=False)
@click.option("--scenarios", "count", type=click.IntRange(1, 10_000), default=1, show_default=True)
def gate(notebook: str | None, count: int) -> None:
    """Try every exercise through every door, with every known mistake."""
    from cep_toolkit.workshop import gate as gates
    from cep_toolkit.workshop import places
    from cep_toolkit.workshop.progress import bar
    from cep_toolkit.workshop.source import read_source

    folder = places.source_folder()
    sources = [read_source(name, folder) for name in _chosen((notebook,) if notebook else (), folder)]
    with bar(gates.scenarios(count), title="Worlds") as worlds:
        verdicts = gates.gate(sources, worlds)
    for verdict in verdicts:
        click.echo(str(verdict))
    if not all(verdict.ok for verdict in verdicts):
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("notebook")
@click.option("-p", "--parameter", "lines", multiple=True, metavar="NAME=VALUE", help="For example seed=7.")
@click.option("-f", "--file", "file", type=FILE, help="A YAML file of parameters.")
@click.option("--solved", is_flag=True, help="With the solutions and the facilitator's notes.")
@click.option("-o", "--out", required=True, type=FILE, help="The notebook to write.")
def variant(notebook: str, lines: tuple[str, ...], file: Path | None, solved: bool, out: Path) -> None:
    """Run a notebook in another world, or on your own data."""
    from cep_toolkit.workshop import places
    from cep_toolkit.workshop.source import read_source
    from cep_toolkit.workshop.variants import make_variant, read_parameters

    folder = places.source_folder()
    source = read_source(places.named(notebook, folder), folder)
    if wrong := [line for line in lines if "=" not in line]:
        raise click.BadParameter(f'"{wrong[0]}" is not NAME=VALUE, for example seed=7.', param_hint="-p")
    make_variant(source, read_parameters(source.parameters, lines, file), out, solved=solved)
    click.echo(f"Written: {out}")


@main.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", required=True, help="Name of a mapping that ships with the course, or a YAML file.")
@click.option("--out", required=True, type=FILE, help="The folder to make.")
def import_(file: Path, mapping: str, out: Path) -> None:
    """Read an administration's own declarations."""
    from cep_toolkit.own_data import import_declarations
    from cep_toolkit.workshop.progress import bar

    with bar(title="Reading") as moving:

        def read(done: int, whole: int) -> None:
            moving.total = whole
            moving.update(done - moving.n)

        report = import_declarations(file, mapping, out, read)
    click.echo(str(report))


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
