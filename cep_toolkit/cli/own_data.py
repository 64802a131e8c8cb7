"""``cep import``: an administration's own declarations."""

from __future__ import annotations

from pathlib import Path

import click

from cep_toolkit.cli.group import FILE, Trouble, main


@main.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", help="Name of a mapping that ships with the course, or a YAML file.")
@click.option("--out", type=FILE, help="The folder to make; with --suggest, the mapping's file.")
@click.option("--suggest", is_flag=True, help="Write a first mapping for FILE and import nothing.")
@click.option("--pseudonymise", type=FILE, metavar="KEYFILE", help="Put keyed codes for names and identifiers.")
def import_(file: Path, mapping: str | None, out: Path | None, suggest: bool, pseudonymise: Path | None) -> None:
    """Read an administration's own declarations: CSV, Excel (.xlsx) or Parquet."""
    if suggest:
        if mapping or pseudonymise:
            raise click.UsageError("--suggest goes with FILE and --out only.")
        return _suggest(file, out or Path(f"{file.stem}.yaml"))
    if mapping is None or out is None:
        missing = "--mapping" if mapping is None else "--out"
        raise click.UsageError(f"Missing option '{missing}'. For a first mapping: cep import FILE --suggest.")
    return _import(file, mapping, out, pseudonymise)


def _suggest(file: Path, out: Path) -> None:
    from cep_toolkit.own_data import suggest_mapping

    text = suggest_mapping(file)
    try:
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise Trouble(f"{out}: this is there already. Give another name with --out.") from error
    unsure = text.count("# NOT SURE")
    click.echo(f"Written: {out}. Name the currency, settle {unsure} lines that are not sure, and read the others.")


def _import(file: Path, mapping: str, out: Path, key: Path | None) -> None:
    from cep_toolkit.own_data import import_declarations
    from cep_toolkit.workshop.progress import bar

    new_key = key is not None and not key.exists()
    with bar(title="Reading") as moving:

        def read(done: int, whole: int) -> None:
            moving.total = whole
            moving.update(done - moving.n)

        report = import_declarations(file, mapping, out, read, pseudonymise=key)
    click.echo(str(report))
    if new_key:
        click.echo(f"\nA new key was made: {key}. Keep it apart from the data; without it codes cannot be made again.")
