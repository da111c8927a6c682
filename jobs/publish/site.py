"""What is the same on every page, as the settings have it: on those of the report, and on those that the daemon makes
in its looks."""

from datetime import datetime

from jobs.clock import local
from jobs.settings import Settings
from tracker.publish.report.render import Site


def site(settings: Settings, moment: datetime) -> Site:
    """As of a moment; days are counted in the zone of the settings."""
    here = local(moment, settings)
    return Site(
        today=here.date(),
        built=here,
        public_url=settings.report_url.rstrip("/"),
        contact=settings.contact,
        licence=settings.data_licence,
        remark_url=settings.remark_url,
        sign_up_url=settings.sign_up_url,
        serves_documents=settings.serve_documents,
    )
