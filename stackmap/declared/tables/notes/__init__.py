"""Files to fill in about what no system tells: ads accounts, spreadsheets, scripts, agencies, contracts."""

from stackmap.declared.tables.notes.ads import ADS_ACCOUNTS
from stackmap.declared.tables.notes.agencies import AGENCY_CONTACTS
from stackmap.declared.tables.notes.renewals import RENEWALS
from stackmap.declared.tables.notes.scripts import SCRIPTS
from stackmap.declared.tables.notes.sheets import SPREADSHEETS
from stackmap.sdk import Export

__all__ = ["EXPORTS"]

EXPORTS: tuple[Export, ...] = (ADS_ACCOUNTS, SPREADSHEETS, SCRIPTS, AGENCY_CONTACTS, RENEWALS)
