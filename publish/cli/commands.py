"""The table of commands.  The module of a command is loaded only when it is called."""

from __future__ import annotations

__all__ = ["COMMANDS", "Command"]


class Command:
    """A command; its module has `add_arguments(parser)` and `run(arguments) -> exit code`.

    `mixed` lets options stand between the words of an argument.  This is no dataclass, since
    loading `dataclasses` would take a third of the time of `publish --help`.
    """

    __slots__ = ("help", "mixed", "module", "name")

    def __init__(self, name: str, help: str, mixed: bool = False) -> None:
        self.name = name
        # `import` alone is a word of Python.
        self.module = f"publish.cli.{name.replace('-', '_')}{'_' * (name == 'import')}"
        self.help = help
        self.mixed = mixed


COMMANDS = {
    command.name: command
    for command in (
        Command("init", "create a workspace in an empty folder"),
        Command("build", "make the editions: PDF, EPUB, HTML"),
        Command("plan", "list what a build would make and how long it would take"),
        Command("status", "show how far each translation is"),
        Command("update", "update the catalogs after a change of the source"),
        Command("check", "find mistakes in the translations"),
        Command("review", "list, accept, approve or reject translations", mixed=True),
        Command("desk", "translate and review in a browser"),
        Command("diff", "show a translator what changed in the source"),
        Command("explain", "explain what a check looks for"),
        Command("kit", "export a translation to a file and import it back"),
        Command("import", "make a source of a Word file, web page or text, or take a translation"),
        Command("tm", "export or import a translation memory (TMX)"),
        Command("glossary", "list terms that nobody verified, or export the terms", mixed=True),
        Command("release", "put signed editions in a folder to hand out"),
        Command("verify", "check that a release is complete and unchanged"),
        Command("extract", "write the catalog templates (.pot)"),
        Command("fonts", "say which fonts cover the texts and which letters lack one"),
        Command("language", "add a language to the workspace"),
        Command("merge-po", "merge two versions of a catalog; git can call it"),
    )
}
