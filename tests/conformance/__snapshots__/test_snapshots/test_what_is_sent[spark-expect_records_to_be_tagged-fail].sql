-- a value that nobody agreed on
(
  `is_synthetic` IS NULL OR synth_m0 = ''
)

NOT (
  `is_synthetic` IS NULL OR synth_m0 = ''
)
AND NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)

synth_m0 IN ('1', '1.0', 'true')

synth_m0 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
