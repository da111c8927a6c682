"""The HTML timeline report: a static site that works from a file, offline, with no script."""

from tracker.publish.report.site import SiteResult, update_site

__all__ = ["SiteResult", "update_site"]
