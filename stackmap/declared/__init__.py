"""What people write: settings, notes and fact files. Read strictly, with line and column of every mistake."""

from stackmap.declared.config import (
    Config,
    ConnectorConfig,
    SettingLike,
    WorkspaceSettings,
    check_settings,
    load_config,
    parse_config,
    resolve_settings,
)
from stackmap.declared.factfile import BadLine, FactFile, read_facts
from stackmap.declared.factwriting import SourceHead, write_facts, write_readings
from stackmap.declared.manifest import Manifest, load_manifest, parse_manifest
from stackmap.declared.schemas import SCHEMAS, schema
from stackmap.declared.secrets import (
    SecretRef,
    SecretResolver,
    parse_reference,
    read_private_file,
    run_command,
)
from stackmap.declared.templates import config_template, manifest_template

__all__ = [
    "SCHEMAS",
    "BadLine",
    "Config",
    "ConnectorConfig",
    "FactFile",
    "Manifest",
    "SecretRef",
    "SecretResolver",
    "SettingLike",
    "SourceHead",
    "WorkspaceSettings",
    "check_settings",
    "config_template",
    "load_config",
    "load_manifest",
    "manifest_template",
    "parse_config",
    "parse_manifest",
    "parse_reference",
    "read_facts",
    "read_private_file",
    "resolve_settings",
    "run_command",
    "schema",
    "write_facts",
    "write_readings",
]
