"""The command ``cep`` itself: its errors are one paragraph."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import click

from cep_toolkit.errors import CepError

FILE = click.Path(path_type=Path)


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
