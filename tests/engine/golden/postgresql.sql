-- name: 'postgresql'
-- sqlglot: 'postgres'
-- package: 'psycopg[binary]'
-- extra: 'postgres'
-- sample_address: 'postgresql+psycopg://user:word@host/crm'
-- doubles_percent: True
-- data_source_type: 'postgres'
-- host_address: True
-- quotes_capitals: True
-- second_digits: 9
-- table_identity: 'SELECT CAST(pg_catalog.pg_postmaster_start_time() AS text), CAST(oid AS text), CAST(CAST(pg_catalog.to_regclass(:name) AS oid) AS text) FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()'
-- snapshot: 'SELECT CAST(pg_catalog.pg_current_snapshot() AS text)'
-- row_security_off: 'SET LOCAL row_security = off'
-- shares_subexpressions: True
-- prefilter: 'words'
-- optimizer_fence: "'0'"
-- reads_distinct_values: True
-- rules_worth_a_scan: 3
-- max_patterns: 30
-- text: 19, 25, 1042, 1043
-- true or false: 16
-- a number: 20, 21, 23, 26
-- a decimal number: 
-- a floating-point number: 700, 701, 1700
-- a date: 1082
-- a time without zone: 1114
-- a time with zone: 1184
-- bytes: 
-- of a type that is written as text: 18
-- without a type: 
-- a UUID: 2950
-- smallest of rows: ARRAY(SELECT k FROM kept WHERE c0 IS NOT NULL AND k IS NOT NULL ORDER BY k LIMIT 20)
-- nothing
FALSE
-- everything
TRUE
-- and
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true') AND CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab')
-- or
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true') OR CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPL…268 c799601d…('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPL…267 bcec6b0a…('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{wh…516 93152498…M('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{wh…754 752de9a9…CE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true'))
-- not not
COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true'), FALSE)
-- odd name
CASE WHEN "odd ""name" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("odd ""name" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "odd ""name" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END = 'x'
-- blank text
CASE WHEN "text" COLLATE "C" IS NULL THEN TRUE WHEN "text" COLLATE "C" BETWEEN '!' AND '~' THEN FALSE ELSE "text" COLLATE "C" ~ '^[{white space}]*$' END
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- blank time
"zoned" IS NULL
-- given text
NOT CASE WHEN "text" COLLATE "C" IS NULL THEN TRUE WHEN "text" COLLATE "C" BETWEEN '!' AND '~' THEN FALSE ELSE "text" COLLATE "C" ~ '^[{white space}]*$' END
-- given float
NOT ("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- among one text
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END = 'ab'
-- among texts
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'it''s \ %s', 'nottrue', 'true')
-- among texts with a variable
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END = '${x}'
-- not among texts
NOT COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM('{white space}' FROM CAST("day" AS TEXT))) = '2026-11-22'
-- matches
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END ~ '^((tr?ue)|([a-z]+true))$'
-- not matches
NOT COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END ~ '^((ab)|([0-9]+))$', FALSE)
-- matches with a dot
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END ~ '^(a.b)$'
-- matches mail
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END ~ '^([^@]+@[A-Za-z]+[.]COM)$'
-- matches in any case
CASE WHEN LOWER("text" COLLATE "C") LIKE ANY(ARRAY['%example.%']) THEN TRIM('{white space}' FROM CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END) ~ '^([a-z.]+@(.*[.])?example[.](com|net))$' ELSE FALSE END
-- matches normalised mail
CASE WHEN LOWER("text" COLLATE "C") LIKE ANY(ARRAY['%example.%']) THEN NULLIF(CASE WHEN CASE WHEN "text" COLLATE "C" ~ '^[!-~…588 ee5d6419… "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END END, '') ~ '^([a-z.]+@(.*[.])?example[.](com|net))$' ELSE FALSE END
-- matches digits
NULLIF(REGEXP_REPLACE("text" COLLATE "C", '[^0-9]', '', 'g'), '') ~ '^(42+.*)$'
-- matches a number
TRIM('{white space}' FROM CAST("count" AS TEXT)) ~ '^(-?[0-9])$'
-- matches a float
TRIM('{white space}' FROM CASE WHEN CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION) THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS TEXT) ELSE CASE WHEN CAST("share" AS TEXT) ~ '^-?[0-9]+[.][0-9]*$' THEN REGEXP_REPLACE(CAST("share" AS TEXT), '([.]|[.]?0+)$', '', 'g') ELSE CAST("share" AS TEXT) END END) ~ '^([0-9.]+)$'
-- matches a decimal
TRIM('{white space}' FROM CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS TEXT) ELSE CASE WHEN CAST("amount" AS TEXT) ~ '^-?[0-9]+[.][0-9]*$' THEN REGEXP_REPLACE(CAST("amount" AS TEXT), '([.]|[.]?0+)$', '', 'g') ELSE CAST("amount" AS TEXT) END END) ~ '^([0-9])$'
-- matches a date
TRIM('{white space}' FROM CAST("day" AS TEXT)) ~ '^(2026-11-2.)$'
-- matches a boolean
TRIM('{white space}' FROM CAST("flag" AS TEXT)) ~ '^(t.*)$'
-- equal texts
CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END = CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END
-- not equal texts
NOT COALESCE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END = CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END, FALSE)
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
NULLIF(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END, '') = 'True'
-- normalised text
NULLIF(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END, '') = 'true'
-- normalised email
NULLIF(CASE WHEN CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("text" COLLATE "C") ELSE NORMALIZE(LOWER(R…483 eab02142…{white space}' FROM "text" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN OCTET_LENGTH("text" COLLATE "C") = LENGTH("text" COLLATE "C") THEN LOWER(TRANSLATE("text" COLLATE "C", ' ␉␍␊…3769 37009409…êëìíîïñòóôõö…262 537c26b5…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("other" COLLATE "C", ' ', ''), '''', ''), '-', ''), '.', ''), 'I', 'i') COLLATE "default") COLLATE "C", '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(REPLACE(TRANSLATE("text" COLLATE "C", ' ␉␍␊⍽-', ''), 'I', 'i') COLLATE "default") COLLATE "C", '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text" COLLATE "C", '[^0-9]', '', 'g'), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(CASE WHEN "text" COLLATE "C" ~ '^[!-~]([ -~]*[!…506 f8de05ec…") COLLATE "C", NFC) END, '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(CASE WHEN "text" COLLATE "C" ~ '…574 f49a044f…) END, '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g'), '^0', '+44', 'g') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(CASE WHEN "other" COLLATE "C" ~ '^[!-…3475 b01fc0e8…COLLATE "C", NFC) END, '(ext|x|#|;).*$', '', 'g'), '(0)', ''), '[^0-9+]', '', 'g'), '^00', '+', 'g') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS TEXT))), '') = '7'
-- normalised nothing
NULLIF(CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "other" COLLATE "C" ELSE TRIM('{white space}' FROM "other" COLLATE "C") END, '') = NULLIF(CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "other" COLLATE "C" ELSE TRIM('{white space}' FROM "other" COLLATE "C") END, '')
-- key
"other" COLLATE "C" || '␟' || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS TEXT))), '') = 'true␟-3'
-- record key of text
CASE WHEN OCTET_LENGTH("text" COLLATE "C") < 18 AND "text" COLLATE "C" >= '0' AND (OCTET_LENGTH("text" COLLATE "C") > 13 OR "…6310 e37a13d6…"C" ~ '^[!-~]([ -~]*[!-~])?$' THEN "text" COLLATE "C" ELSE TRIM('{white space}' FROM "text" COLLATE "C") END END END = 'True'
-- record key of a number
CAST("count" AS TEXT) = '7'
-- joined
"other" COLLATE "C" || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS TEXT))), '') = 'true-3'
-- ranked text
ENCODE(SHA256(CONVERT_TO('7|' || (NORMALIZE(CASE WHEN OCTET_LENGTH("other" COLLATE "C") < 18 AND "other" COLLATE "C" >= '0' A…6563 d7426c63…TE "C") END END END, NFC)), 'UTF8')), 'hex') COLLATE "C" = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
ENCODE(SHA256(CONVERT_TO('7|' || (CAST("count" AS TEXT)), 'UTF8')), 'hex') COLLATE "C" = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING("other" COLLATE "C" FROM 2 FOR 1) = 'b'
-- guarded
CASE WHEN CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('2.5', 'a', 'ab') THEN "other" COLLATE "C" END = 'ab'
-- remainder
CASE WHEN SUBSTRING("text" COLLATE "C" FROM 1 FOR LENGTH("other" COLLATE "C")) = "other" COLLATE "C" THEN SUBSTRING("text" COLLATE "C" FROM LENGTH("other" COLLATE "C") + 1) END = '␊'
-- hashed
MD5('7:' || "other" COLLATE "C") = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT "naive" IS NULL
-- unreadable
NOT CASE WHEN "time" COLLATE "C" IS NULL THEN TRUE WHEN "time" COLLATE "C" BETWEEN '!' AND '~' THEN FALSE ELSE "time" COLLATE…742 20021053…LATE "C" ~ '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$' THEN '' ELSE 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END IS NULL)
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
CASE WHEN "time" COLLATE "C" ~ '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGTH("time" C…614 65213968…(:?[0-5][0-9])?)$' THEN '' ELSE 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of text
CAST(CAST(CASE WHEN "time" COLLATE "C" ~ '^(((000[1-9]|00[1-9][…639 82bfe5e9…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGT…654 eda14e59…E 'Z' END END AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END AS DATE) AS TEXT) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS TEXT)
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
"text" COLLATE "C" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" COLLATE "C" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" COLLATE "C" IS NULL OR "text" COLLATE "C" IN ('', '␉'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" COLLATE "C" IS NULL OR m1 = '')
-- computed before, of another value
CASE WHEN "other" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$' THEN LOWER("other" COLLATE "C") ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "other" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC) END IN ('1', '1.0', 'true')
-- values repeat, blank
CASE WHEN "text" COLLATE "C" IS NULL THEN TRUE WHEN "text" COLLATE "C" BETWEEN '!' AND '~' THEN FALSE ELSE "text" COLLATE "C" ~ '^[{white space}]*$' END
-- a capital first
CASE WHEN "text" COLLATE "C" BETWEEN 'a' AND '{' THEN FALSE ELSE NULLIF(TRIM('{white space}' FROM "text" COLLATE "C"), '') ~ '^([A-Z][a-z]+)$' END
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
