"""The names under which compile writes what the policy accepts into the metadata of an asset, each with its last day."""

ROW_LEVEL_SECURITY = "synth_row_level_security_accepted_until"
NO_DAY = "synth_no_day_allowed_until"
