-- a generator's name on a real record
(
  synth_m0 IN ('0', '0.0', 'false')
)
AND (
  NOT (
    `source` IS NULL OR TRIM(' \t\r\n ' FROM `source`) = ''
  )
)

(
  synth_m0 IN ('0', '0.0', 'false')
)
AND (
  NOT (
    `dataset` IS NULL OR TRIM(' \t\r\n ' FROM `dataset`) = ''
  )
)

synth_m0 IN ('1', '1.0', 'true')

synth_m0 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
