-- a synthetic record in production
(
  synth_m0 IN ('1', '1.0', 'true')
)
AND (
  (
    `org` IS NULL OR synth_m1 = ''
  )
)

(
  synth_m0 IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `org` IS NULL OR synth_m1 = ''
  )
  AND NOT COALESCE(synth_m1 IN ('sandbox', 'uat'), FALSE)
)

synth_m0 IN ('1', '1.0', 'true')

synth_m0 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
