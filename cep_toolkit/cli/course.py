"""The course: open it, build its notebooks, check them, vary them."""

from __future__ import annotations

from pathlib import Path

import click

from cep_toolkit.cli.group import FILE, main

_PORT = click.option("--port", type=click.IntRange(1, 65535), help="The port on this machine.")
_NO_BROWSER = click.option("--no-browser", "browser", flag_value=False, default=True, help="Print the address only.")


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
