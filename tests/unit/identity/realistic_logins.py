"""Logins as they look in real systems: name, address, and what they are."""

HUMAN = """
Dana Kim | dana.kim@acme.test
Dana Kim | dkim@acme.test
Dana Kim | danak@acme.test
Dana Kim | dana@acme.test
Dana Kim | d.kim+zoomtest@acme.test
Dana Kim | dana.kim@gmail.test
Dana Kim | dana.kim.ext@acme.test
Dana Kim | kim.dana@acme.test
KIM, Dana | dana.kim@acme.test
Kim, Dana (Marketing) | dana.kim@acme.test
Dana (contractor) | dana@brightfox.test
Dana | dana@brightfox.test
Dana Kim (Contractor) | dana.kim@brightfox.test
Dana Kim - Brightfox | dana@brightfox.test
Dana Kim [External] | dkim@brightfox.test
Dana Kim (EMEA) | dana.kim@acme.test
Dana Okafor | dana.kim@acme.test
Dana Okafor-Kim | dana.kim@acme.test
Bill Smith | william.smith@acme.test
William Smith | bill.smith@acme.test
Kate Walsh | katherine.walsh@acme.test
Bob Jones | rjones@acme.test
Mike O'Neill | michael.oneill@acme.test
Ravi Menon | ravi.menon@acme.test
Priya Raghunathan | p.raghunathan@acme.test
Subramaniam Venkatesan | s.venkatesan@acme.test
Venkatesh | venkatesh@acme.test
Wei Zhang | wzhang@acme.test
Zhang Wei | wei.zhang@acme.test
Wei (Vivian) Zhang | vivian.zhang@acme.test
Nguyễn Văn An | an.nguyen@acme.test
Trần Thị Mai | mai.tran@acme.test
山田 太郎 | t.yamada@acme.test
김민수 | minsu.kim@acme.test
王小明 | xiaoming.wang@acme.test
Олена Шевченко | olena.shevchenko@acme.test
Иван Петров | i.petrov@acme.test
محمد علي | mohammed.ali@acme.test
प्रिया शर्मा | priya.sharma@acme.test
Μαρία Παπαδοπούλου | m.papadopoulou@acme.test
Łukasz Wiśniewski | lukasz.wisniewski@acme.test
Jürgen Groß | juergen.gross@acme.test
Søren Kjærgaard | s.kjaergaard@acme.test
Zoë van der Berg | zoe.vanderberg@acme.test
José María García López | jm.garcia@acme.test
María José | mariajose@acme.test
Thandiwe Ndlovu | tndlovu@acme.test
Oluwaseun Adebayo | seun.adebayo@acme.test
Chukwuemeka Obi | emeka@acme.test
Siobhan Ní Bhriain | siobhan@acme.test
Fatima al-Hassan | f.alhassan@acme.test
Ngozi Okonjo | nokonjo@acme.test
Yuki Tanaka | yuki.tanaka@acme.test
Ines | ines@agency.test
Thiago Souza | tsouza@acme.test
Dr. Anna Weber | anna.weber@acme.test
Prof. Elif Demir | elif.demir@acme.test
Ms Jane Doe | jdoe@acme.test
Jane Doe Jr | jane.doe@acme.test
Jane Doe, Sales Ops | jane.doe@acme.test
Jane Doe | Marketing Ops | jane.doe@acme.test
Admin Jane Doe | jane.doe.admin@acme.test
Jane Doe (Admin) | jane.doe@acme.test
Robin Slack | robin.slack@acme.test
Larry Page | larry.page@acme.test
Hope Price | hope.price@acme.test
Max Power | max.power@acme.test
Victor Drift | victor.drift@acme.test
Tom Clay | tclay@acme.test
Capi Servicewala | capi.servicewala@acme.test
jane.doe@acme.test | jane.doe@acme.test
jane.doe | jane.doe@acme.test
 | ravi.menon@acme.test
 | fatima.hassan@acme.test
Ravi Menon | ravi_menon@acme.test
Ravi Menon | ravi-menon@acme.test
RAVI MENON | RAVI.MENON@ACME.TEST
ravi menon | ravi.menon2@acme.test
Ravi K. Menon | rkmenon@acme.test
R. Menon | r.menon@acme.test
Anne-Marie Dupont | am.dupont@acme.test
Jean Claude Van Damme | jc.vandamme@acme.test
Muhammad Ali Khan | ali.khan@acme.test
Grace Field | grace.field@acme.test
Marta Brand | mbrand@acme.test
Okafor, Dana | dana.okafor@acme.test
D. Okafor | dana.okafor@acme.test
DO | dana.okafor@acme.test
OD | dana.okafor@acme.test
Na Li | na.li@acme.test
Priya Anand | priya@priya-anand.test
Uyen Tran | uyen@uyen-tran.test
priya anand | panand@priya-anand.test
Uschi Braun | ubraun@acme.test
Wojtek Zielinski | wojtek.zielinski@acme.test
Dana Kim (Integrations) | dana.kim@acme.test
Dana Kim, Head of API | dana.kim@acme.test
Dana Kim - Automation Lead | dana.kim@acme.test
"""

PROGRAM = """
HubSpot Integration | hubspot@acme.test
HubSpot Integration | dana.kim@acme.test
HubSpot Sync User | dana.kim@acme.test
Marketo Sync | marketo.sync@acme.test
Marketo Sync | dana.kim@acme.test
Marketo Sync Dana | dana.kim@acme.test
Marketo Integration (Dana) | marketo@acme.test
Marketo API | api.marketo@acme.test
Marketo | marketo@acme.test
Marketo Prod | marketo.prod@acme.test
Pardot Connector | pardot@acme.test
B2BMA Integration | b2bma@acme.test
Salesforce Integration User | sfdc-integration@acme.test
SFDC API User | sfdcapi@acme.test
Zapier | zapier@acme.test
Zapier Integration | dana.kim+zapier@acme.test
Zapier Bot | zapier@acme.test
Workato Integration | workato@acme.test
Workato Service Account | svc-workato@acme.test
n8n | n8n@acme.test
n8n Service | svc-n8n@acme.test
svc-n8n | svc-n8n@acme.test
svc-dkim | svc-dkim@acme.test
svc_dana_kim | svc_dana_kim@acme.test
Dana Kim | svc-dana.kim@acme.test
Dana Kim | api.dana.kim@acme.test
Dana Kim API | api.dana.kim@acme.test
Dana Kim API User | dana.kim.api@acme.test
API Dana Kim | api-dkim@acme.test
Segment | segment@acme.test
Segment Sync | data-sync@acme.test
Fivetran | fivetran@acme.test
Fivetran User | fivetran_user@acme.test
Snowflake Loader | snowflake@acme.test
ZoomInfo Enrichment | zoominfo@acme.test
Zoominfo Enrichment | zoominfo.enrichment@acme.test
LeanData Routing | leandata.routing@acme.test
LeanData | leandata@acme.test
Clearbit Enrichment | clearbit@acme.test
6sense Integration | 6sense@acme.test
Outreach Sync | outreach-sync@acme.test
Gong Integration | gong@acme.test
Drift Connector | drift@acme.test
Gainsight API | gainsight-api@acme.test
DocuSign Integration | docusign@acme.test
NetSuite Connector | netsuite@acme.test
Boomi Integration | boomi@acme.test
MuleSoft API | mulesoft@acme.test
Informatica Cloud | informatica@acme.test
Jitterbit Loader | jitterbit@acme.test
Data Loader | data.loader@acme.test
Dataloader | dataloader@acme.test
Integration User | integration@acme.test
Integration User | dana.kim@acme.test
Integration User 2 | integration2@acme.test
API User | apiuser@acme.test
Api Only User | api.only@acme.test
Service Account | serviceaccount@acme.test
ServiceAccount | dana.kim@acme.test
Automated Process | autoproc@acme.test
System | noreply@acme.test
No Reply | noreply@acme.test
 | no-reply@acme.test
 | hubspot-sync@acme.test
 | svc.marketing@acme.test
 | api@acme.test
ETL Job | etl@acme.test
Webhook User | webhooks@acme.test
Scheduler | scheduler@acme.test
Acme Sync | sync@acme.test
Acme Uploader | uploads@acme.test
CRM Migration | migration@acme.test
RPA Robot | rpa@acme.test
Lead Import | lead-import@acme.test
Bot | bot@acme.test
Daten-Synchronisierung | sync@acme.test
Dana Kim API | dana.kim@acme.test
Dana Kim (API) | dana.kim@acme.test
Dana Kim (API user) | dana.kim@acme.test
Dana Kim API User | dkim@acme.test
Dana Kim Integration | dana.kim@acme.test
Dana Kim - Connector | dana.kim@acme.test
Dana Kim [Sync] | dana.kim@acme.test
Dana Kim Service Account | dana.kim@acme.test
Dana Kim (Bot) | dana.kim@acme.test
Dana Kim Bot | dana.kim@acme.test
Dana (API) | dana@acme.test
Dana's sync | dana.kim@acme.test
Dana's Eloqua sync | dkim@acme.test
Workato - Dana token | dana.kim@acme.test
Eloqua sync (Dana) | dana.kim@acme.test
Segment - Ravi API key | ravi.menon@acme.test
Dana Kim | dana.kim.api@acme.test
Dana Kim | dana.kim-integration@acme.test
Dana Kim | dkim.sync@acme.test
 | dana.kim-webhook@acme.test
srv.eloqua | srv.eloqua@acme.test
srv-boomi | srv-boomi@acme.test
srv.eloqua | dana.kim@acme.test
Marvin Bot | ravi.menon@acme.test
Robbie Robot | automation@acme.test
Robbie Robot | integrations@acme.test
"""

SEVERAL = """
Marketing | marketing@acme.test
Marketing Ops | marketing-ops@acme.test
Marketing Operations | mops@acme.test
Marketing Team | marketing.team@acme.test
RevOps | revops@acme.test
Demand Gen | demandgen@acme.test
Webinars | webinars@acme.test
Events EMEA | events.emea@acme.test
Sales Inbox | sales@acme.test
Shared Mailbox Sales | sales-shared@acme.test
Support | support@acme.test
Customer Success | customer.success@acme.test
Billing | billing@acme.test
Finance Team | finance@acme.test
Info | info@acme.test
Acme Marketing | marketing@acme.test
Growth Team | growth@acme.test
SDR Team | sdr-team@acme.test
Partner Marketing | partners@acme.test
Social Media | socialmedia@acme.test
IT Helpdesk | helpdesk@acme.test
HR | hr@acme.test
 | newsletter@acme.test
 | deal-desk@acme.test
Marketing Iberia | marketing-iberia@acme.test
Sales Nordics | sales.nordics@acme.test
Events DACH | events-dach@acme.test
Webinars France | webinars_france@acme.test
Press Office UK | press-uk@acme.test
Partner Team Benelux | partners-benelux@acme.test
Accounts Payable | ap@acme.test
Accounts Payable EMEA | ap-emea@acme.test
Accounts Receivable APAC | ar.apac@acme.test
Front Desk | reception@acme.test
Bright Fox | hello@bright-fox.test
Front Desk Spain | reception-spain@acme.test
 | support-latam@acme.test
Salesforce Admin | sfadmin@acme.test
Salesforce Admin EMEA | sfadmin-emea@acme.test
System Administrator | admin.user@acme.test
System Administrator DACH | admin-dach@acme.test
IT Admin | it-admin@acme.test
HubSpot Owner APAC | hubspot-owner-apac@acme.test
Marketing Admin Americas | marketing.admin-americas@acme.test
"""

NOT_TOLD = """
Martin Batch | m.batch@acme.test
Dana Kim | dana.kim+zapier@acme.test
Ravi - Data Loader | ravi@acme.test
Bot Chatterjee | b.chatterjee@acme.test
Lena Bot | lena.bot@acme.test
Dana Kim | ravi.menon@acme.test
Dana Kim | marketing@acme.test
Dana Kim | api@acme.test
Campaign Console | campaign.console@acme.test
System Administrator | dana.kim@acme.test
Salesforce Admin | r.menon@acme.test
Robbie Robot | robbie.robot@acme.test
Marvin Bot | marvin_bot@acme.test
Niamh Robot | nrobot@acme.test
Sylvan France | sylvan.france+eloqua@acme.test
QA | quality.assurance@acme.test
API Dana | dana@acme.test
Xylo | xylo@acme.test
"""
