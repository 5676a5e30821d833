-- a synthetic record in production
synth_m0 IN ('1', '1.0', 'true')

synth_m0 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
