"""What a report is made of, answered from timelines in a list; and the site of them, whole."""

from collections import Counter
from itertools import groupby

from tracker.model import Stage
from tracker.publish.report import update_site
from tracker.publish.report.catalogue import PolicyCount, Step
from tracker.publish.report.policies import with_facts
from tracker.publish.report.render import Site
from tracker.publish.report.summaries import summary, with_agendas, with_documents, with_feeds


class ListCatalogue:
    """`tracker.publish.report.catalogue.Catalogue`; notes in `asked` which places were loaded."""

    def __init__(self, timelines, today, sheet=(), texts=()):
        self.sheet, self._texts = sheet, {one.line.id: one for one in texts}
        self.documents = [one.line for one in texts]
        self.kept_files = {}
        self.today, self.asked = today, []
        self._timelines = {timeline.jurisdiction.id: timeline for timeline in timelines}
        self._summaries = {name: summary(self._timelines[name], today) for name in sorted(self._timelines)}
        self._whole = {}
        self.marks = {
            name: with_agendas(with_feeds(one.mark, self._timelines[name].coverage), self._timelines[name].agendas)
            for name, one in self._summaries.items()
        }
        self.marks = {
            name: with_documents(mark, [line for line in self.documents if line.place == name])
            for name, mark in self.marks.items()
        }
        self.agendas = {name: one.agendas for name, one in self._timelines.items() if one.agendas}

    def timelines(self, places):
        self.asked += places
        return (self._timelines[name] for name in places if name in self._timelines)

    def states(self):
        return list(dict.fromkeys(one.place.state for one in self._summaries.values()))

    def places(self, state):
        lines = [one.place for one in self._summaries.values() if one.is_listed and one.place.state == state]
        return sorted(lines, key=lambda line: (line.name, line.address, line.id))

    def policies(self, topic, state="", most=None):
        return [
            (one.place, policy)
            for one in self._summaries.values()
            for policy in one.policies
            if policy.topic == topic and state in ("", one.place.state)
        ][:most]

    def policy_counts(self):
        rows = [
            (policy.topic, one.place.state, Stage(policy.stage), policy.word, one.place.id, policy.entries)
            for one in self._summaries.values()
            for policy in one.policies
        ]
        groups = [(key, list(members)) for key, members in groupby(sorted(rows), key=lambda row: row[:4])]
        return [PolicyCount(*key, len(rows), sum(row[5] for row in rows), rows[0][4]) for key, rows in groups]

    def stages(self):
        found = {}
        for _, line in self._lines():
            found.setdefault(line.topic, Counter())[Stage(line.stage)] += 1
        return found

    def activity(self):
        return Counter((line.year, line.month, Stage(line.stage)) for _, line in self._lines() if line.year is not None)

    def newest(self, most, state="", topic=""):
        lines = [pair for pair in self._lines() if state in ("", pair[0].state) and topic in ("", pair[1].topic)]
        lines.sort(key=lambda pair: (pair[1].reported, pair[1].date), reverse=True)
        return self._steps(lines[:most])

    def soonest(self, most, state=""):
        today = self.today.isoformat()
        lines = [pair for pair in self._lines() if state in ("", pair[0].state) and pair[1].comes >= today]
        lines.sort(key=lambda pair: (pair[1].date, pair[1].stage, pair[1].id))
        return self._steps(lines[:most])

    def agreements(self):
        return list(self.sheet)

    def document(self, line):
        return self._texts[line.id]

    def document_file(self, version_id):
        return self.kept_files.get(version_id)

    def _lines(self):
        return [(one.place, line) for one in self._summaries.values() for line in one.entries]

    def _steps(self, lines):
        return [self._step(place, line) for place, line in lines]

    def _step(self, place, line):
        if place.id not in self._whole:
            self._whole[place.id] = with_facts(self._timelines[place.id], self.today)
        found = (Step(policy, entry) for policy in self._whole[place.id].policies for entry in policy.entries)
        return next(step for step in found if step.entry.id == line.id)


def write_site(
    timelines, out, *, now, public_url="", coverage=(), troubles=(), sheet=(), texts=(), kept_files=None, **site
):
    """The site of these places in a folder, every file looked at; `sheet` are rows of agreements,
    `texts` published documents, `kept_files` what is kept of their versions."""
    made = Site(today=now.date(), built=now, public_url=public_url.rstrip("/"), **site)
    catalogue = ListCatalogue(timelines, made.today, sheet, texts)
    catalogue.kept_files = kept_files or {}
    return update_site(catalogue, out, made, coverage=coverage, troubles=troubles, whole=True)
