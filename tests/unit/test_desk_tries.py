"""How many passwords strangers may try, and who need not wait for them."""

from jobs.web.desk import passwords
from jobs.web.desk.passwords import SignInLimits


def test_many_addresses_together_are_slowed_down_and_who_is_known_is_not() -> None:
    now = [0.0]
    counted = SignInLimits(lambda: now[0])
    assert counted.late("eve", "9.9.9.9") == 0
    counted.right("eve", "9.9.9.9")
    made = 0
    while not counted.late(f"name {made}", f"8.8.{made // 250}.{made % 250}"):
        made += 1
    assert made == passwords.OF_STRANGERS
    assert counted.late("eve", "7.7.7.7") == passwords.OF_STRANGERS_S
    assert counted.late("eve", "9.9.9.9") == 0, "from an address where she signed in"
    assert counted.late("ada", "9.9.9.9") > 0, "which is known for her alone"
    assert counted.late("eve", "7.7.7.7", "her browser") == 0
    now[0] += passwords.OF_STRANGERS_S
    assert counted.late("eve", "7.7.7.7") == 0


def test_a_stolen_cookie_gives_so_many_tries_whatever_the_address() -> None:
    counted = SignInLimits(lambda: 0.0)
    late = [counted.late("eve", f"8.8.8.{number}", "her browser") for number in range(passwords.TRIES + 1)]
    assert late == [0] * passwords.TRIES + [passwords.TRY_AGAIN_S]
    assert counted.late("eve", "8.8.8.8") == 0


def test_who_waits_is_not_made_to_wait_longer_by_trying_again() -> None:
    counted = SignInLimits(lambda: 0.0)
    for _ in range(3 * passwords.TRIES):
        wait = counted.late("eve", "8.8.8.8")
    assert wait == passwords.TRY_AGAIN_S
