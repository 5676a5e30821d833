-- name: 'duckdb'
-- sqlglot: 'duckdb'
-- package: 'duckdb-engine'
-- second_digits: 9
-- name_folding: 'any'
-- map_sign: '='
-- dot_all: '(?s)'
-- is_interrupted: True
-- shares_subexpressions: True
-- stages_subexpressions: True
-- replaces_before_patterns: True
-- prefilter: 'all'
-- rules_worth_a_scan: 3
-- joins_words: 10
-- text: VARCHAR, TEXT, STRING, varchar(20), ENUM('a', 'b')
-- true or false: BOOLEAN
-- a number: TINYINT, SMALLINT, INTEGER, BIGINT, HUGEINT, UBIGINT
-- a decimal number: DECIMAL(18,4), decimal
-- a floating-point number: FLOAT, DOUBLE
-- a date: DATE
-- a time without zone: TIMESTAMP, timestamp(3), TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_NS
-- a time with zone: TIMESTAMP WITH TIME ZONE, TIMESTAMP_NS WITH TIME ZONE
-- bytes: BLOB
-- of a type that is written as text: 
-- without a type: 
-- a UUID: UUID
-- smallest: MIN(x, 20)
-- nothing
FALSE
-- everything
TRUE
-- and
NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true') AND NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab')
-- or
NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true') OR NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true') OR NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true') AND NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab'), FALSE) AND NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true'))
-- not not
COALESCE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'true'), FALSE)
-- odd name
NFC_NORMALIZE(LOWER(TRIM("odd ""name", '{white space}'))) = 'x'
-- blank text
CASE WHEN "text" IS NULL THEN TRUE WHEN "text" BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_MATCHES("text", '^[{white space}]*$') END
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR (NOT ISFINITE("share") AND NOT ISINF("share")))
-- blank time
"zoned" IS NULL
-- given text
NOT CASE WHEN "text" IS NULL THEN TRUE WHEN "text" BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_MATCHES("text", '^[{white space}]*$') END
-- given float
NOT ("share" IS NULL OR (NOT ISFINITE("share") AND NOT ISINF("share")))
-- among one text
NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) = 'ab'
-- among texts
NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'it''s \ %s', 'nottrue', 'true')
-- among texts with a variable
NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) = '${x}'
-- not among texts
NOT COALESCE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM(CAST("day" AS TEXT), '{white space}')) = '2026-11-22'
-- matches
CASE WHEN REGEXP_MATCHES("text", '^[{white space}]*(tr?ue|[a-z]+true)[{white space}]*$') THEN REGEXP_MATCHES(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END, '^((tr?ue)|([a-z]+true))$') ELSE FALSE END
-- not matches
NOT COALESCE(REGEXP_MATCHES(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END, '^((ab)|([0-9]+))$'), FALSE)
-- matches with a dot
CASE WHEN REGEXP_MATCHES("text", '(?s)^[{white space}]*(a.b)[{white space}]*$') THEN REGEXP_MATCHES(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END, '(?s)^(a.b)$') ELSE FALSE END
-- matches mail
CASE WHEN REGEXP_MATCHES("text", '^[{white space}]*([^@]+@[A-Za-z]+[.]COM)[{white space}]*$') THEN REGEXP_MATCHES(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END, '^([^@]+@[A-Za-z]+[.]COM)$') ELSE FALSE END
-- matches in any case
CASE WHEN REGEXP_MATCHES("text", '(?s)(?i)^[{white space}]*([a-z.İ]+@(.*[.])?example[.](com|net))[{white space}]*$') THEN REGEXP_MATCHES(REGEXP_REPLACE(NFC_NORMALIZE(LOWER(TRIM("text", '{white space}'))), '^[{white space}]+|[{white space}]+$', '', 'g'), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$') ELSE FALSE END
-- matches normalised mail
CASE WHEN REGEXP_MATCHES("text", '(?s)(?i)^[{white space}]*([a-z.İ]+@(.*[.])?example[.](com|net))[{white space}]*$') THEN REG…597 86e5ca43…'^[{white space}]+|[{white space}]+$', '', 'g') END)) END, ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$') ELSE FALSE END
-- matches digits
REGEXP_MATCHES(NULLIF(CASE WHEN REGEXP_MATCHES(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("text", ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '[^0-9]') THEN REGEXP_REPLACE("text", '[^0-9]', '', 'g') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("text", ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') END, ''), '(?s)^(42+.*)$')
-- matches a number
REGEXP_MATCHES(REGEXP_REPLACE(CAST("count" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g'), '^(-?[0-9])$')
-- matches a float
REGEXP_MATCHES(REGEXP_REPLACE(CASE WHEN (NOT ISFINITE("share") AND NOT ISINF("share")) THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS TEXT) ELSE CASE WHEN REGEXP_MATCHES(CAST("share" AS TEXT), '^-?[0-9]+[.][0-9]*$') THEN REGEXP_REPLACE(CAST("share" AS TEXT), '([.]|[.]?0+)$', '', 'g') ELSE CAST("share" AS TEXT) END END, '^[{white space}]+|[{white space}]+$', '', 'g'), '^([0-9.]+)$')
-- matches a decimal
REGEXP_MATCHES(REGEXP_REPLACE(CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS TEXT) ELSE CASE WHEN REGEXP_MATCHES(CAST("amount" AS TEXT), '^-?[0-9]+[.][0-9]*$') THEN REGEXP_REPLACE(CAST("amount" AS TEXT), '([.]|[.]?0+)$', '', 'g') ELSE CAST("amount" AS TEXT) END END, '^[{white space}]+|[{white space}]+$', '', 'g'), '^([0-9])$')
-- matches a date
REGEXP_MATCHES(REGEXP_REPLACE(CAST("day" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g'), '(?s)^(2026-11-2.)$')
-- matches a boolean
REGEXP_MATCHES(REGEXP_REPLACE(CAST("flag" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g'), '(?s)^(t.*)$')
-- equal texts
NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END)) = NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("other", -1) BETWEEN '!' AND '~' AND "other" BETWEEN '!' AND '~' THEN "other" ELSE REGEXP_REPLACE("other", '^[{white space}]+|[{white space}]+$', '', 'g') END))
-- not equal texts
NOT COALESCE(NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END)) = NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("other", -1) BETWEEN '!' AND '~' AND "other" BETWEEN '!' AND '~' THEN "other" ELSE REGEXP_REPLACE("other", '^[{white space}]+|[{white space}]+$', '', 'g') END)), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE) > 1
-- number of decimal
CAST("amount" AS DOUBLE) > 2
-- number of float
CASE WHEN (NOT ISFINITE("share") AND NOT ISINF("share")) THEN NULL ELSE CAST("share" AS DOUBLE) END > 2
-- normalised exact
NULLIF(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END, '') = 'True'
-- normalised text
NULLIF(NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END)), '') = 'true'
-- normalised email
NULLIF(CASE WHEN NFC_NORMALIZE(LOWER(CASE WHEN SUBSTR("text", -1) BETWEEN '!' AND '~' AND "text" BETWEEN '!' AND '~' THEN "te…422 fd4c9bed…EN "text" ELSE REGEXP_REPLACE("text", '^[{white space}]+|[{white space}]+$', '', 'g') END)) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN STRLEN("text") = LENGTH("text") THEN LOWER(TRANSLATE("text", ' ␉␍␊.,;:''`"()/-_', '')) ELSE TRANSLATE(REPLAC…2041 024ae5b1…êëìíîïñòóôõö…262 537c26b5…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE("other", ' ', ''), '''', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' ␉␍␊⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(CASE WHEN REGEXP_MATCHES(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("text", ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '[^0-9]') THEN REGEXP_REPLACE("text", '[^0-9]', '', 'g') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("text", ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') END, '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(CASE WHEN REGEXP_MATCHES(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(NFC_NORMALIZ…1794 3fdf54dd…+$', '', 'g') END)), '(0)', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') END, '^00', '+', 'g') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CASE WHEN REGEXP_MATCHES(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLA…1862 10af5104…, '(0)', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') END, '^00', '+', 'g'), '^0', '+44', 'g') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_MATCHES(REGEXP_REPLACE(CASE WHEN REGEXP_MATCHES(REPLACE(REPLACE(REPLACE(REPLACE(REP…10065 bd070fca…, '', 'g') END)), '(0)', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') END, '^00', '+', 'g') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(REGEXP_REPLACE(CAST("count" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g')), '') = '7'
-- normalised nothing
NULLIF(CASE WHEN SUBSTR("other", -1) BETWEEN '!' AND '~' AND "other" BETWEEN '!' AND '~' THEN "other" ELSE REGEXP_REPLACE("other", '^[{white space}]+|[{white space}]+$', '', 'g') END, '') = NULLIF(CASE WHEN SUBSTR("other", -1) BETWEEN '!' AND '~' AND "other" BETWEEN '!' AND '~' THEN "other" ELSE REGEXP_REPLACE("other", '^[{white space}]+|[{white space}]+$', '', 'g') END, '')
-- key
"other" || '␟' || NULLIF(LOWER(REGEXP_REPLACE(CAST("count" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g')), '') = 'true␟-3'
-- record key of text
CASE WHEN (SUBSTR("text", -1) BETWEEN '0' AND '~' AND "text" BETWEEN '0' AND '~') AND STRLEN("text") < 18 AND (STRLEN("text")…2983 b9a80de6…a-f]{4}-[0-9A-Fa-f]{12}[}]$')) THEN REPLACE(LOWER(SUBSTRING(synth_v, 2, 36)), '-', '') ELSE synth_v END), 1) END END = 'True'
-- record key of a number
CAST("count" AS TEXT) = '7'
-- joined
"other" || NULLIF(LOWER(REGEXP_REPLACE(CAST("count" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g')), '') = 'true-3'
-- ranked text
SHA256('7|' || (NFC_NORMALIZE(CASE WHEN (SUBSTR("other", -1) BETWEEN '0' AND '~' AND "other" BETWEEN '0' AND '~') AND STRLEN(…3118 20f8cf57…th_v, 2, 36)), '-', '') ELSE synth_v END), 1) END END))) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
SHA256('7|' || (CAST("count" AS TEXT))) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING("other", 2, 1) = 'b'
-- guarded
CASE WHEN NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('2.5', 'a', 'ab') THEN "other" END = 'ab'
-- remainder
CASE WHEN SUBSTRING("text", 1, LENGTH("other")) = "other" THEN SUBSTRING("text", LENGTH("other") + 1) END = '␊'
-- hashed
MD5('7:' || "other") = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT CAST("naive" AS TIMESTAMP) IS NULL
-- unreadable
NOT CASE WHEN "time" IS NULL THEN TRUE WHEN "time" BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_MATCHES("time", '^[{white space…549 d1400a4e…HEN REGEXP_MATCHES("time", '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$') THEN '' ELSE 'Z' END END AS TIMESTAMPTZ))) END IS NULL)
-- as of
MAKE_TIMESTAMP(EPOCH_US("zoned")) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMP) < CAST("naive" AS TIMESTAMP)
-- as of, earlier
MAKE_TIMESTAMP(EPOCH_US("zoned")) < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
-- instant
MAKE_TIMESTAMP(EPOCH_US("zoned")) < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMP)
-- later by months
(CAST("day" AS TIMESTAMP) + INTERVAL '3' MONTH) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMP) < (CAST("naive" AS TIMESTAMP) + INTERVAL '7776000000000' MICROSECOND)
-- later by both
((MAKE_TIMESTAMP(EPOCH_US("zoned")) + INTERVAL '14' MONTH) + INTERVAL '273906000000' MICROSECOND) < CAST('2028-11-22 12:00:00' AS TIMESTAMP)
-- second
CAST(DATE_TRUNC('SECOND', MAKE_TIMESTAMP(EPOCH_US("zoned"))) AS TEXT) = CAST(DATE_TRUNC('SECOND', CAST("naive" AS TIMESTAMP)) AS TEXT)
-- not before
NOT COALESCE(CAST("naive" AS TIMESTAMP) < CAST('2026-11-22 12:00:00' AS TIMESTAMP), FALSE)
-- before, text
CASE WHEN REGEXP_MATCHES("time", '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$') THEN MAKE_TIMESTAMP(EPOCH_US(CAS…442 f90010e0…](0[0-9]|1[0-4])(:?[0-5][0-9])?)$') THEN '' ELSE 'Z' END END AS TIMESTAMPTZ))) END < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of text
CAST(CAST(CASE WHEN REGEXP_MATCHES("time", '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$') THEN MAKE_TIMESTAMP(EP…482 7c5ba947…?)$') THEN '' ELSE 'Z' END END AS TIMESTAMPTZ))) END AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, date
CAST("day" AS TIMESTAMP) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, naive
CAST("naive" AS TIMESTAMP) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of naive
CAST(CAST(CAST("naive" AS TIMESTAMP) AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
-- before, zoned
MAKE_TIMESTAMP(EPOCH_US("zoned")) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of zoned
CAST(CAST(MAKE_TIMESTAMP(EPOCH_US("zoned")) AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
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
NFC_NORMALIZE(LOWER(TRIM("other", '{white space}'))) IN ('1', '1.0', 'true')
-- values repeat, blank
CASE WHEN "text" IS NULL THEN TRUE WHEN "text" BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_MATCHES("text", '^[{white space}]*$') END
-- a capital first
CASE WHEN "text" BETWEEN 'a' AND '{' THEN FALSE ELSE CASE WHEN REGEXP_MATCHES("text", '^[{white space}]*([A-Z][a-z]+)[{white space}]*$') THEN REGEXP_MATCHES(NULLIF(TRIM("text", '{white space}'), ''), '^([A-Z][a-z]+)$') ELSE FALSE END END
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
