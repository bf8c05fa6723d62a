"""Where the web server listens, and what is said when it cannot."""

import socket

import pytest

from lsp.embedded.address import Address, check_free, chosen_address
from lsp.embedded.trouble import Trouble


def test_a_port_in_use_is_told_with_the_way_out(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), pytest.raises(Trouble) as told:
        check_free(Address("127.0.0.1", port))
    assert f"Port {port} of 127.0.0.1 is in use" in str(told.value)
    assert f"PORT={port + 1} script/server" in str(told.value)


def test_a_free_port_is_free_again_after_the_check(port: int) -> None:
    check_free(Address("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Trouble, match=r"HOST=192\.0\.2\.1 is no address of this machine"):
        check_free(Address("192.0.2.1", 8000))


@pytest.mark.parametrize("written", ["no", "0", "65536", "-1", "٣"])
def test_a_port_that_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("PORT", written)
    with pytest.raises(Trouble, match="PORT has to be a number from 1 to 65535"):
        chosen_address()


def test_host_and_port_choose_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_address().url == "http://127.0.0.1:8000"
    monkeypatch.setenv("HOST", "::")
    monkeypatch.setenv("PORT", "8001")
    assert (chosen_address().bind, chosen_address().url) == ("[::]:8001", "http://[::1]:8001")
