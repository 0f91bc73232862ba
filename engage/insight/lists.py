"""The built lists, each a pure function from Facts to a frame with exactly its tab's headings."""

from engage.insight.action_list import action_list
from engage.insight.attendance_list import attendance_list
from engage.insight.clashes import clash_list
from engage.insight.dashboard import dashboard
from engage.insight.engagement_list import engagement_list
from engage.insight.event_list import event_list
from engage.insight.own_figures import own_figures
from engage.insight.pledge_list import pledge_list
from engage.insight.target_list import target_list
from engage.insight.weeks_and_months import own_weeks_and_months, weeks_and_months

__all__ = [
    "action_list",
    "attendance_list",
    "clash_list",
    "dashboard",
    "engagement_list",
    "event_list",
    "own_figures",
    "own_weeks_and_months",
    "pledge_list",
    "target_list",
    "weeks_and_months",
]
