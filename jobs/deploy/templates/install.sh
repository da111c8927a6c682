#!/bin/sh
# Installs the tracker on Debian or Ubuntu, for all users of the machine; run it again with a newer wheel to upgrade.
# As root: sh install.sh FILE.whl [EXTRA[,EXTRA]…]
#
# EXTRA: postgres (the driver, and pg_dump for backups), channels (chats and webhooks).
# The program goes to /opt/tracker, its command to /usr/local/bin/tracker, its user is `tracker`, its data may go to
# /var/lib/tracker. TRACKER_UID: the number of that user, where it must be the same everywhere, as in containers.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ ! -f "$1" ]; then
    echo "usage: sh install.sh FILE.whl [EXTRA[,EXTRA]…]; there must be such a file" >&2
    exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "error: run this as root" >&2
    exit 1
fi
wheel=$1 extras=${2:-} number=${TRACKER_UID:-}

packages="ca-certificates python3 python3-venv"
case ",$extras," in *,postgres,*) packages="$packages postgresql-client" ;; esac
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # several words
apt-get install -qq --yes --no-install-recommends $packages

[ -x /opt/tracker/bin/python ] || python3 -m venv /opt/tracker
/opt/tracker/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --upgrade \
    "$wheel${extras:+[$extras]}"
ln -sf /opt/tracker/bin/tracker /usr/local/bin/tracker

if ! id tracker >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # two words or none
    useradd ${number:+--uid $number} --system --home-dir /var/lib/tracker --shell /usr/sbin/nologin \
        --key SYS_UID_MAX="${number:-999}" tracker
fi
install -d -o tracker -g tracker -m 750 /var/lib/tracker
tracker --version
