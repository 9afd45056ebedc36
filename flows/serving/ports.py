"""Whether the service can listen where it was told to, asked before anything starts."""

import errno
import socket

from deid.errors import SettingsError

_WHY = {
    errno.EADDRINUSE: "is taken by another program; end that one, or change {setting} in deid.yaml",
    errno.EADDRNOTAVAIL: "is no address of this machine; change serve.host in deid.yaml",
    errno.EACCES: "needs root; choose one above 1023 with {setting} in deid.yaml",
}


def check(setting: str, host: str, port: int) -> None:
    """Bind and let go.

    Raises:
        SettingsError: The address cannot be had; the message names the setting to change.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(1)
    except socket.gaierror:
        raise SettingsError("serve.host in deid.yaml is no address") from None
    except OSError as error:
        why = _WHY.get(error.errno or 0, "cannot be used; see {setting} in deid.yaml")
        raise SettingsError(f"port {port} on {host} {why.format(setting=setting)}") from None
