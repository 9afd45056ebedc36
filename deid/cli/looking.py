"""``deid look-again``: what a fresh look finds in what was written, for the desk's queue."""

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.cli.owner import system_user


def look_again(workspace: WorkspaceOption = DEFAULT_WORKSPACE, config: ConfigOption = None) -> None:
    """Run detection once more over what was written and not looked at since; counts turns.

    The review desk's queue then puts those first in which something may still be left. It takes
    as long as a run over the same transcripts in one process, and a run may go on meanwhile.
    """
    from deid.freshlook import look  # noqa: PLC0415 - loads spaCy, which takes seconds

    *_, (done, _due) = look(workspace, config, actor=system_user())
    console.print(f"Looked again at {done} transcripts; see the queue of `deid review`.")
