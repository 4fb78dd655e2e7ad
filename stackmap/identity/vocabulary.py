"""The words that tell what a login is for. Data: most are somebody's surname too, so no single one decides."""

from __future__ import annotations

__all__ = [
    "ANY_MACHINE",
    "DEPARTMENTS",
    "FUNCTIONS",
    "MACHINE",
    "MARKS",
    "NAME_PARTS",
    "OFFICES",
    "PRODUCTS",
    "PRODUCTS_OR_NAMES",
    "REGIONS",
    "ROBOTS",
    "ROLES",
    "SERVICE_MARKS",
    "SHARED",
    "SHORT_ROLES",
    "STAGES",
    "SURNAMES",
    "TEAM_SUFFIXES",
    "TITLES",
    "TITLE_WORDS",
    "VOCABULARY",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DEPARTMENTS = _set("automation automations integrations process service system")
"""What programs are called and what departments are called."""

MACHINE = _set(
    """api apis apiuser automated automation automations autoproc connector connectors cron daemon dataloader
    dataflow donotreply etl export exporter exports healthcheck import importer imports ingest ingestion integration
    integrations integrationuser intg jwt loader middleware migration monitoring noreply oauth poller provisioning
    replication rpa scheduler scim scraper serviceaccount serviceuser srv svc svcacct sync synchronisation
    synchronization syncs token tokens unattended uploader webhook webhooks enrichment deployment cicd
    연동 자동화 동기화 同期 連携 自動 集成 同步 接口 自动化 интеграция синхронизация
    integracion integração integracao intégration sincronizacion synchronisierung schnittstelle"""
)
"""Nobody's surname: a login called so has to do with a program, though it may still be a person's."""

_MACHINE_OR_SURNAME = _set("batch bot bots process robot script service system")
ANY_MACHINE = MACHINE | _MACHINE_OR_SURNAME
SERVICE_MARKS = _set("donotreply noreply serviceaccount serviceuser srv svc svcacct apiuser integrationuser")
"""Beside these, somebody's name says after whom the login is called, not who uses it."""

MARKS = _set(
    """api apis apiuser connector daemon etl integration integrationuser middleware oauth scim serviceaccount
    serviceuser srv svc svcacct sync synchronisation synchronization syncs token tokens webhook webhooks
    연동 동기화 同期 連携 同步 接口 интеграция синхронизация integración integração intégration schnittstelle"""
)
"""Behind somebody's name these say that a program is called after them. The plural of some is a department."""

ROBOTS = _set("bot bots robot")
STAGES = _set("user account login key keys client only dev prod production qa sandbox staging test uat")
"""What may stand behind such a word and changes nothing."""

TITLES = _set(
    """admin administrator analyst architect associate chief consultant contractor coordinator developer director
    engineer executive external extern founder freelancer head intern junior lead leader manager officer owner
    president principal senior specialist strategist temp trainee vp dr herr frau mr mrs ms prof 管理者 관리자 管理员
    администратор"""
)

ROLES = _set(
    """accounts accounting admin admins adops billing brand bizops campaignops campaigns careers community contact crm
    crmadmin customercare customerservice customersuccess customersupport dealdesk demandgen events feedback finance
    fieldmarketing frontdesk growth hello helpdesk hr inbound info invoices invoicing it itadmin jobs leadgen leads
    legal mail marketing marketingops martech mktg mktops mops newsletter newsletters office operations ops
    orders partners partnerships payroll postmaster press privacy procurement reception recruiting recruitment
    renewals revops sales salesops salesenablement sdr sdrs bdr bdrs security service servicedesk services social
    socialmedia studio support sysadmin talent team webinar webinars webmaster websupport sfadmin sfdcadmin
    hubspotadmin mktadmin"""
)
"""Mailboxes of a function. Several people read them, so several can sign in with them."""

SHORT_ROLES = _set("ap ar fpna qbr rfp")
"""Mailboxes of a function, where nothing but a region stands beside: accounts payable, say."""

OFFICES = _set("admin admins administrator owner sysadmin sfadmin sfdcadmin crmadmin hubspotadmin itadmin mktadmin")
"""Jobs that logins are made for, whoever has them."""

SHARED = _set("mailbox inbox shared generic everyone")
"""Words that say that several people use it."""

TEAM_SUFFIXES = _set("crew group team")
FUNCTIONS = ROLES | _set(
    """ads advertising agency analytics business care client commercial communications comms content customer
    data demand department dept desk digital media ecommerce email engineering enablement experience field front gen
    growth operations paid partner payable people processes product receivable reporting revenue success
    systems"""
)
_NEUTRAL = _set(
    """account app apps backup campaign company console corp dashboard default dev gmbh inc lead llc
    login ltd main platform portal prod production qa report reports router routing sandbox scoring server staging
    test testing tool tools uat user users web website amer apac dach emea eu eur global latam uk us usa
    access connect connection consent engine feed feeds hub mapper quote territory warehouse workflow workflows
    pipeline upload database backend gateway"""
)
REGIONS = _set(
    """africa amer america americas anz apac asean australia austria belgium benelux brasil brazil canada cee china
    dach denmark deutschland emea españa eu eur europe finland france gcc germany global iberia india international
    intl ireland italy japan korea latam mea mena mexico na netherlands nordic nordics norway poland
    portugal spain sweden switzerland uae uk uki us usa eastern western northern southern central"""
)
"""Places, beside a word for what people do there."""

SURNAMES = _set("field brand")
"""Functions that are somebody's surname too, more often than what is left of a team's name behind a given name."""

PRODUCTS = _set(
    """6sense activecampaign adobe airbyte airtable amplitude anypoint appsflyer  aws azure b2bma bigquery bizible
    boomi  bombora  calendly census chilipiper clari  clearbit cloudingo cognism  copado coupler
    databricks datadog dataiku dataloaderio demandbase demandtools docusign  dynamics eloqua facebook fivetran
    formstack freshdesk fullcircle gainsight github gitlab  google gsheets highspot hightouch hubspot informatica
    iterable jira jitterbit klaviyo knak  leandata leadspace linkedin looker lusha mailchimp  marketo
    marketingcloud matillion  microsoft mixpanel mulesoft n8n netsuite okta on24 openprise optimizely oracle
    outlook outreach ownbackup pardot pipedrive pipedream postgres powerbi powerautomate qualtrics quickbooks
    redshift ringcentral ringlead rudderstack salesforce salesloft  seamless sendgrid servicenow seismic sfdc
    sharepoint shopify sisense  snaplogic snowflake snowplow   supermetrics tableau talend terminus
    tibco  trayio twilio typeform unbounce uberflip validity vidyard webex wordpress workato workday workfront
    wrike  xplenty zapier zendesk zoho zoom zoominfo zuora"""
)
"""Names of products, as words: a login called after one is called after nobody. Nothing else hangs on them."""

PRODUCTS_OR_NAMES = _set(
    """asana box braze census clay conga drift front gong heap intercom lattice loop make merkle ramp sap segment slack
    stitch stripe tray xero"""
)
"""Names of products that are somebody's name too: beside another name they are one."""

VOCABULARY = ANY_MACHINE | FUNCTIONS | _NEUTRAL | TEAM_SUFFIXES | SHARED | PRODUCTS
TITLE_WORDS = VOCABULARY | TITLES | _set("and for of the")
NAME_PARTS = FUNCTIONS | _MACHINE_OR_SURNAME
"""Words that may be somebody's surname."""
