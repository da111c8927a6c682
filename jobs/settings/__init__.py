"""The settings: the environment and `tracker.toml`, read in one place."""

from jobs.settings.settings import CONFIG_VARIABLE as CONFIG_VARIABLE
from jobs.settings.settings import PREFIX as PREFIX
from jobs.settings.settings import SECRET_FILE as SECRET_FILE
from jobs.settings.settings import Settings as Settings
from jobs.settings.settings import config_path as config_path
from jobs.settings.settings import defaults as defaults
from jobs.settings.settings import load as load
from jobs.settings.settings import secrets_in as secrets_in
from jobs.settings.settings import unknown_variables as unknown_variables
from jobs.settings.settings import variables as variables
