"""What our socket port does otherwise than pyserial's."""

from __future__ import annotations

import select
import socket

from hardware.serial_port import _SocketPort


def test_what_the_other_side_says_first_is_kept_and_the_socket_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = _SocketPort(None, timeout=5)
        port.port = f"socket://127.0.0.1:{server.getsockname()[1]}"
        port.open()
        far, _ = server.accept()
        with far:
            far.sendall(b"0|5|\r\n")
            select.select([port.fileno()], [], [], 5)  # it is there before the port is made clean
            port.reset_input_buffer()
            assert port.read() == b"0|5|\r\n"
        port.close()  # a socket left open is a ResourceWarning, which fails the test
        assert not port.is_open
