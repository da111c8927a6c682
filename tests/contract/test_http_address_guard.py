"""The address guard over real sockets: what counts is the address that is connected to, however it is written."""

import socket
from typing import Any

import pytest

from support.servers.small_web import served
from tracker.errors import AddressRefused, NetworkError
from tracker.gather.http.addresses import checked, refusal
from tracker.gather.http.client import Client

ALWAYS_REFUSED = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::a9fe:a9fe",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "2002:a9fe:a9fe::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "168.63.129.16",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "ff02::1",
]
PRIVATE = [
    "127.0.0.1",
    "127.77.3.4",
    "::1",
    "::ffff:127.0.0.1",
    "::7f00:1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "64:ff9b::10.0.0.1",
    "2002:0a00:0001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fec0::1",
    "fc00::1",
    "240.0.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("address", ALWAYS_REFUSED)
def test_some_addresses_are_refused_whatever_is_allowed(address: str) -> None:
    assert refusal(address, allow_private=True)
    assert refusal(address)


@pytest.mark.parametrize(("host", "is_lifted"), [("192.168.1.1", True), ("169.254.169.254", False), ("0.0.0.0", False)])
def test_only_what_the_setting_lifts_is_said_to_be_lifted(host: str, is_lifted: bool) -> None:
    with pytest.raises(AddressRefused) as refused:
        checked(f"http://{host}/feed")
    assert ("allow_private_addresses" in str(refused.value)) == is_lifted


@pytest.mark.parametrize("address", PRIVATE)
def test_private_ones_are_refused_unless_allowed(address: str) -> None:
    assert refusal(address)
    assert refusal(address, allow_private=True) is None or address in ("240.0.0.1", "255.255.255.255")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_ones_are_not(address: str) -> None:
    assert refusal(address) is None


LOOPBACKS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:7f00:1]",
    "①27.0.0.1",
]


@pytest.mark.parametrize("host", LOOPBACKS)
async def test_no_way_to_write_loopback_leads_there(host: str) -> None:
    async with served({"/feed": "news"}) as web, Client(gap_s=0, total_s=5) as client:
        with pytest.raises((AddressRefused, NetworkError)):
            await client.get(f"http://{host}:{web.at('127.0.0.1').rpartition(':')[2]}/feed")
    assert not web.asked


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["::ffff:127.0.0.1"], ["10.255.255.1", "127.0.0.1"]])
async def test_a_name_is_judged_by_each_address_that_it_has_when_it_is_connected_to(
    answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [
            (families[":" in each], socket.SOCK_STREAM, 6, "", (each, port, 0, 0) if ":" in each else (each, port))
            for each in answers
        ]

    async with served({"/feed": "news"}) as web, Client(gap_s=0, total_s=5) as client:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(AddressRefused):
            await client.get(f"{web.at('changes.example')}/feed")
        monkeypatch.undo()
    assert not web.asked


async def test_a_name_that_changes_its_answer_between_two_requests_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first answer may be asked, the second is the metadata service."""
    told = iter(["127.0.0.1", "169.254.169.254", "169.254.169.254"])

    def look_up(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    async with served({"/feed": "news"}) as web, Client(allow_private=True, gap_s=0, total_s=5) as client:
        address = f"{web.at('changes.example')}/feed"
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        assert (await client.get(address)).body == b"news"
        client_that_looks_again = Client(allow_private=True, gap_s=0, total_s=5)
        async with client_that_looks_again as again:
            with pytest.raises(AddressRefused, match="metadata"):
                await again.get(address)
        monkeypatch.undo()
    assert len(web.asked) == 1
