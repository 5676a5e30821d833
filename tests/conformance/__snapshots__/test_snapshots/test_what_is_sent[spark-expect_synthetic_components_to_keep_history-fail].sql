-- components that keep less
(
  NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
)
AND (
  (
    `version` IS NULL OR TRIM(' \t\r\n ' FROM `version`) = ''
  )
)

(
  NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
)
AND (
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `marker_history`)) IN ('1', '1.0', 'true'), FALSE)
)

(
  NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
)
AND (
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `provenance_history`)) IN ('1', '1.0', 'true'), FALSE)
)

(
  NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
)
AND (
  (
    `synthetic` IS NULL OR synth_m0 = ''
  )
)

NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
