-- a reserved address and a fictional number together
(
  NOT COALESCE(synth_m1 IN ('1', '1.0', 'true'), FALSE)
)
AND (
  synth_m2 AND synth_m0
)

(
  NOT COALESCE(synth_m1 IN ('1', '1.0', 'true'), FALSE)
)
AND (
  (
    synth_m2 OR synth_m0
  )
  AND NOT (
    COALESCE(synth_m2, FALSE) AND COALESCE(synth_m0, FALSE)
  )
  AND NOT FALSE
)

(
  NOT COALESCE(synth_m1 IN ('1', '1.0', 'true'), FALSE)
) AND (
  synth_m2
)

(
  NOT COALESCE(synth_m1 IN ('1', '1.0', 'true'), FALSE)
) AND (
  synth_m0
)

synth_m1 IN ('1', '1.0', 'true')

synth_m1 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m1 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)

NOT COALESCE(synth_m1 IN ('1', '1.0', 'true'), FALSE)
