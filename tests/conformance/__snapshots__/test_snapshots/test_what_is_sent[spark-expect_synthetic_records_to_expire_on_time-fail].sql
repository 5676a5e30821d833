-- one violation of each kind
(
  synth_m2 IN ('1', '1.0', 'true')
) AND (
  synth_m0 IS NULL
)

(
  synth_m2 IN ('1', '1.0', 'true')
)
AND (
  synth_m1 = 'test' AND synth_m0 < CAST('2026-08-24 12:00:00Z' AS TIMESTAMP_LTZ)
)

(
  synth_m2 IN ('1', '1.0', 'true')
)
AND (
  synth_m1 = 'training'
  AND synth_m0 < CAST('2024-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
)

(
  synth_m2 IN ('1', '1.0', 'true')
)
AND (
  NOT COALESCE(synth_m1 IN ('test', 'training'), FALSE)
)

synth_m2 IN ('1', '1.0', 'true')

synth_m2 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m2 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)

CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ) < synth_m0
