-- name: 'postgresql'
-- sqlglot: 'postgres'
-- package: 'psycopg[binary]'
-- extra: 'postgres'
-- sample_address: 'postgresql+psycopg://user:word@host/crm'
-- doubles_percent: True
-- data_source_type: 'postgres'
-- strict_address: True
-- quotes_capitals: True
-- second_digits: 9
-- row_security_off: 'SET LOCAL row_security = off'
-- shares_subexpressions: True
-- prefilter: 'words'
-- optimizer_fence: "'0'"
-- reads_distinct_values: True
-- rules_worth_a_scan: 3
-- max_patterns: 30
-- text: 18, 19, 25, 1042, 1043
-- true or false: 16
-- a number: 20, 21, 23, 26
-- a decimal number: 
-- a floating-point number: 700, 701, 1700
-- a date: 1082
-- a time without zone: 1114
-- a time with zone: 1184
-- bytes: 
-- of a type that is written as text: 
-- without a type: 
-- a UUID: 2950
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')
-- or
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE) AND LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(TRIM(' ␉␍␊⍽' FROM "odd ""name")) = 'x'
-- blank text
("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- blank time
"zoned" IS NULL
-- given text
NOT ("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
-- given float
NOT ("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- among one text
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = 'ab'
-- among texts
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'it''s \ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = '${x}'
-- not among texts
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
-- among booleans
"flag" = TRUE
-- not among booleans
NOT COALESCE("flag" = FALSE, FALSE)
-- among numbers
"count" IN (-3, 1, 7)
-- not among numbers
NOT COALESCE("count" = 1, FALSE)
-- among decimals
"amount" IN (2.5, 7)
-- among floats
"share" IN (2.5, 7)
-- not among floats
NOT COALESCE("share" = 2.5, FALSE)
-- among dates, no time
FALSE
-- among dates
LOWER(TRIM(' ␉␍␊⍽' FROM CAST("day" AS TEXT))) = '2026-11-22'
-- matches
TRIM(' ␉␍␊⍽' FROM "text") ~ '^((tr?ue)|([a-z]+true))$'
-- not matches
NOT COALESCE(TRIM(' ␉␍␊⍽' FROM "text") ~ '^((ab)|([0-9]+))$', FALSE)
-- matches with a dot
TRIM(' ␉␍␊⍽' FROM "text") ~ '^(a.b)$'
-- matches mail
TRIM(' ␉␍␊⍽' FROM "text") ~ '^([^@]+@[A-Za-z]+[.]COM)$'
-- matches in any case
CASE WHEN "text" ~ '(?i)^[ ␉␍␊⍽]*([a-z.]+@(.*[.])?example[.](com|net))[ ␉␍␊⍽]*$' THEN TRIM(' ␉␍␊⍽' FROM LOWER(TRIM(' ␉␍␊⍽' FROM "text"))) ~ '^([a-z.]+@(.*[.])?example[.](com|net))$' ELSE FALSE END
-- matches normalised mail
CASE WHEN "text" ~ '(?i)^[ ␉␍␊⍽]*([a-z.]+@(.*[.])?example[.](com|net))[ ␉␍␊⍽]*$' THEN NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '') ~ '^([a-z.]+@(.*[.])?example[.](com|net))$' ELSE FALSE END
-- matches digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', '', 'g'), '') ~ '^(42+.*)$'
-- matches a number
TRIM(' ␉␍␊⍽' FROM CAST("count" AS TEXT)) ~ '^(-?[0-9])$'
-- matches a float
TRIM(' ␉␍␊⍽' FROM CASE WHEN CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION) THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS TEXT) ELSE CAST("share" AS TEXT) END) ~ '^([0-9.]+)$'
-- matches a decimal
TRIM(' ␉␍␊⍽' FROM CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS TEXT) ELSE CAST("amount" AS TEXT) END) ~ '^([0-9])$'
-- matches a date
TRIM(' ␉␍␊⍽' FROM CAST("day" AS TEXT)) ~ '^(2026-11-2.)$'
-- matches a boolean
TRIM(' ␉␍␊⍽' FROM CAST("flag" AS TEXT)) ~ '^(t.*)$'
-- equal texts
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = LOWER(TRIM(' ␉␍␊⍽' FROM "other"))
-- not equal texts
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = LOWER(TRIM(' ␉␍␊⍽' FROM "other")), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE PRECISION) > 1
-- number of decimal
CAST("amount" AS DOUBLE PRECISION) > 2
-- number of float
CASE WHEN CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION) THEN NULL ELSE CAST("share" AS DOUBLE PRECISION) END > 2
-- normalised exact
NULLIF(TRIM(' ␉␍␊⍽' FROM "text"), '') = 'True'
-- normalised text
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '') = 'true'
-- normalised email
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '') = 'jo.smith@example.com'
-- normalised name
NULLIF(LOWER(CASE WHEN OCTET_LENGTH("text") = LENGTH("text") THEN TRANSLATE("text", ' ␉␍␊.,;:''`"()/-_', '') ELSE TRANSLATE(R…940 508ce5bb…ËÌÍÎÏÑÒÓÔÕÖ…502 677056ac…⍽.,;:''’‘`´"()/-‐‑–—_', 'aaaaaaceeeeiiiinooooo…453 71c0fd15…uuuuuuuuuuuuuyyyyyyyy') END), '') = 'ab'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' ␉␍␊⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', '', 'g'), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g'), '^0', '+44', 'g'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g'), '^0', '+44', 'g') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(TRANSLATE(CASE WHEN CASE WHEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "…3221 522a3c16…⍽' FROM "other")), '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g') END END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS TEXT))), '') = '7'
-- normalised nothing
NULLIF(TRIM(' ␉␍␊⍽' FROM "other"), '') = NULLIF(TRIM(' ␉␍␊⍽' FROM "other"), '')
-- key
"other" || '␟' || NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS TEXT))), '') = 'true␟-3'
-- record key of text
CASE WHEN OCTET_LENGTH(TRIM(' ␉␍␊⍽' FROM "text")) <= 13 AND LOWER(REPLACE(TRIM(' ␉␍␊⍽' FROM "text"), 'I', 'i')) IN ('', '-', …1688 b47817b4…9A-Fa-f]{12}[}]$') THEN SUBSTRING(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) FROM 2 FOR 36) ELSE TRIM(' ␉␍␊⍽' FROM "text") END = 'True'
-- record key of a number
CAST("count" AS TEXT) = '7'
-- joined
"other" || NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS TEXT))), '') = 'true-3'
-- hashed
MD5('7:' || "other") = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT "naive" IS NULL
-- unreadable
NOT ("time" IS NULL OR TRIM(' ␉␍␊⍽' FROM "time") = '') AND (CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5]…484 7faa6a51…N "time" ~ '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$' THEN '' ELSE 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END IS NULL)
-- as of
"zoned" AT TIME ZONE 'UTC' < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMP) < "naive"
-- as of, earlier
"zoned" AT TIME ZONE 'UTC' < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
-- instant
"zoned" AT TIME ZONE 'UTC' < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMP)
-- later by months
(CAST("day" AS TIMESTAMP) + INTERVAL '3 MONTH') < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMP) < ("naive" + INTERVAL '7776000000000 MICROSECOND')
-- later by both
(("zoned" AT TIME ZONE 'UTC' + INTERVAL '14 MONTH') + INTERVAL '273906000000 MICROSECOND') < CAST('2028-11-22 12:00:00' AS TIMESTAMP)
-- second
CAST(DATE_TRUNC('SECOND', "zoned" AT TIME ZONE 'UTC') AS TEXT) = CAST(DATE_TRUNC('SECOND', "naive") AS TEXT)
-- not before
NOT COALESCE("naive" < CAST('2026-11-22 12:00:00' AS TIMESTAMP), FALSE)
-- before, text
CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGTH("time") = 10 THEN "t…458 e352a51d…(:?[0-5][0-9])?)$' THEN '' ELSE 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of text
CAST(CAST(CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGTH("time") = …498 3ab50f29…E 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, date
CAST("day" AS TIMESTAMP) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, naive
"naive" < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of naive
CAST(CAST("naive" AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, zoned
"zoned" AT TIME ZONE 'UTC' < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of zoned
CAST(CAST("zoned" AT TIME ZONE 'UTC' AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- distinct values are known
"text" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" IS NULL OR "text" IN ('', '␉'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" IS NULL OR m1 = '')
-- computed before, of another value
LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('1', '1.0', 'true')
-- values repeat, blank
("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
