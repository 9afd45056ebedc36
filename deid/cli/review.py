"""``deid review``: the review desk, on this machine until it is told otherwise."""

import gc
from typing import Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.errors import UsageError
from deid.site import programme_of

PORT = 4280


def review(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = PORT,
    public_name: Annotated[
        list[str] | None,
        typer.Option("--public-name", help="A name that a reverse proxy with TLS gives the desk."),
    ] = None,
) -> None:
    """Serve the review desk in the browser, until Ctrl-C.

    Whoever signs in needs an account: `deid users add`. It listens on this machine alone; a trust
    that wants it elsewhere puts its reverse proxy with TLS before it, and says under which name;
    under such a name the browser keeps the session to encrypted connections. `review.proxy` in
    deid.yaml has it take that proxy's signed word for who somebody is.
    """
    import uvicorn  # noqa: PLC0415 - heavy, and only this command needs it

    from deid.review import create_app  # noqa: PLC0415 - as above
    from deid.review.desk import Desk  # noqa: PLC0415 - as above
    from deid.review.guard import LOCAL_HOSTS  # noqa: PLC0415 - as above
    from deid.review.trusting import trusted  # noqa: PLC0415 - as above

    told = programme_of(workspace, config).review.proxy
    desk = Desk(workspace, config, proxy=trusted(told, workspace))
    settings = uvicorn.Config(
        create_app(desk, hosts=[*LOCAL_HOSTS, *(public_name or ())]),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
    )
    gc.freeze()  # what is loaded now stays; looking through it again and again makes pages wait
    console.print(f"Review desk: http://{host}:{port}/ (stop with Ctrl-C)", markup=False)
    try:
        uvicorn.Server(settings).run()
    except SystemExit:
        raise UsageError(
            f"port {port} cannot be listened on; is another desk running? see --port"
        ) from None
    finally:
        desk.close()
