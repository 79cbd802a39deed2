"""The table of commands: name, module, one line of help.  A module is loaded when it is called."""

from __future__ import annotations

__all__ = ["COMMANDS", "Command"]


class Command:
    """A command; its module has `add_arguments(parser)` and `run(arguments) -> exit code`.

    `mixed` lets the words of one argument stand on both sides of an option.  No dataclass: what
    those load would take a third of the time of `publish --help`.
    """

    __slots__ = ("help", "mixed", "module", "name")

    def __init__(self, name: str, module: str, told: str, mixed: bool = False) -> None:
        self.name = name
        self.module = module
        self.help = told
        self.mixed = mixed


COMMANDS = {
    command.name: command
    for command in (
        Command("init", "publish.cli.init", "start a workspace in an empty folder"),
        Command("build", "publish.cli.build", "make the PDF and EPUB editions"),
        Command("plan", "publish.cli.plan", "tell what a build would make, and what it costs"),
        Command("status", "publish.cli.status", "show how far each language is"),
        Command("update", "publish.cli.update", "bring every catalog up to its source"),
        Command("check", "publish.cli.check", "find what is wrong in the translations"),
        Command(
            "review",
            "publish.cli.review",
            "approve translations, and see what is approved",
            mixed=True,
        ),
        Command("diff", "publish.cli.diff", "show a translator what changed in the source"),
        Command("explain", "publish.cli.explain", "tell what a check looks for"),
        Command("kit", "publish.cli.kit", "send a translation out, and take it back"),
        Command("tm", "publish.cli.tm", "exchange translations with other programs' memories"),
        Command(
            "glossary", "publish.cli.glossary", "look through the table of terms, or export it"
        ),
        Command("release", "publish.cli.release", "put signed editions into a folder to hand out"),
        Command("verify", "publish.cli.verify", "tell whether a release is as it was made"),
        Command("extract", "publish.cli.extract", "write the catalog templates (.pot)"),
        Command("language", "publish.cli.language", "add a language to the workspace"),
        Command("merge-po", "publish.cli.merge_po", "merge two versions of a catalog, for git"),
    )
}
