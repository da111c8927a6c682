"""Labelled entries as perfect findings: what a reader would say that makes no mistake."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.model import Article, Basis, Evidence, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.read.bodies import body_name
from tracker.read.document import document
from tracker.read.encoder import Encoder
from tracker.read.evaluate import place_id
from tracker.read.findings import subject
from tracker.read.instruments import identifier
